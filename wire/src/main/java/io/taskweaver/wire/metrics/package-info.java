/** The metrics of all services. */
@NullMarked
package io.taskweaver.wire.metrics;

import org.jspecify.annotations.NullMarked;
