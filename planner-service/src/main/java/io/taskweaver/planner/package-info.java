/**
 * The planner: creates plans from submissions and decides what runs next. Start at {@link
 * io.taskweaver.planner.PlannerTopology}.
 */
@NullMarked
package io.taskweaver.planner;

import org.jspecify.annotations.NullMarked;
