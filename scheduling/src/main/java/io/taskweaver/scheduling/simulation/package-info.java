/** How a plan would run on so many agents, without running it. Start at {@link io.taskweaver.scheduling.simulation.Simulator}. */
@NullMarked
package io.taskweaver.scheduling.simulation;

import org.jspecify.annotations.NullMarked;
