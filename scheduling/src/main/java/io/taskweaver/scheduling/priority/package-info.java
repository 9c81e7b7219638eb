/** What matters in a plan, and in which order it runs. Start at {@link io.taskweaver.scheduling.priority.Priorities}. */
@NullMarked
package io.taskweaver.scheduling.priority;

import org.jspecify.annotations.NullMarked;
