/** Serdes for tests that run without a registry. Name them in the settings of {@link io.taskweaver.topics.EventSerdes}. */
@NullMarked
package io.taskweaver.topics.testing;

import org.jspecify.annotations.NullMarked;
