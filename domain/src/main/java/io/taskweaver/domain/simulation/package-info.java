/** How a plan would run on so many agents, without running it. Start at {@link io.taskweaver.domain.simulation.Simulator}. */
@NullMarked
package io.taskweaver.domain.simulation;

import org.jspecify.annotations.NullMarked;
