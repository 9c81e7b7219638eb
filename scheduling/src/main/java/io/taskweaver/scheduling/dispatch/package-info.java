/**
 * What runs next: progress of a plan as a fold over changes, and the order of dispatch. Start at {@link
 * io.taskweaver.scheduling.dispatch.Scheduler}.
 */
@NullMarked
package io.taskweaver.scheduling.dispatch;

import org.jspecify.annotations.NullMarked;
