/** Plans: tasks, what each needs, phases, the critical path. */
@NullMarked
package io.taskweaver.scheduling.planning;

import org.jspecify.annotations.NullMarked;
