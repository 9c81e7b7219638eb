/** Serdes for tests that run without a registry. Name them in the settings of {@link io.taskweaver.wire.EventSerdes}. */
@NullMarked
package io.taskweaver.wire.testing;

import org.jspecify.annotations.NullMarked;
