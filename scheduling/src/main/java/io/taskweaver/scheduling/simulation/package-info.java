/** How long a plan takes with a number of agents, without running it. Start at {@link io.taskweaver.scheduling.simulation.Simulator}. */
@NullMarked
package io.taskweaver.scheduling.simulation;

import org.jspecify.annotations.NullMarked;
