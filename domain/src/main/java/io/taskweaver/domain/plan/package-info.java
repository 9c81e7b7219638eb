/** Plans: tasks, what each needs, phases, the critical path. */
@NullMarked
package io.taskweaver.domain.plan;

import org.jspecify.annotations.NullMarked;
