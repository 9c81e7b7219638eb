/** What matters in a plan, and in which order it runs. Start at {@link io.taskweaver.domain.priority.Priorities}. */
@NullMarked
package io.taskweaver.domain.priority;

import org.jspecify.annotations.NullMarked;
