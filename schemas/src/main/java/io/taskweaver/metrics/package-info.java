/** The metrics of all services. */
@NullMarked
package io.taskweaver.metrics;

import org.jspecify.annotations.NullMarked;
