/**
 * What runs next: progress of a plan as a fold over changes, and the order of dispatch. Start at {@link
 * io.taskweaver.domain.schedule.Scheduler}.
 */
@NullMarked
package io.taskweaver.domain.schedule;

import org.jspecify.annotations.NullMarked;
