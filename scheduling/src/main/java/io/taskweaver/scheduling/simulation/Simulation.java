package io.taskweaver.scheduling.simulation;

import io.taskweaver.model.TaskId;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a plan ran in a simulation. Times are in the unit of the durations, minutes for a plan's estimates, from the start.
 *
 * @param agents agents, each with one task at a time
 * @param runs work, in the order in which it was dispatched
 * @param contracts contracts, which occupy no agent, in the order in which they were asked for
 * @param makespan time until everything is done
 * @param work durations of all work together: the time that one agent needs
 * @param longestPath longest chain of nodes that wait for each other, contracts included
 * @param overlaps pairs of tasks that ran at the same time although they are expected to touch the same files
 */
public record Simulation(
        int agents,
        List<Run> runs,
        List<Contract> contracts,
        long makespan,
        long work,
        long longestPath,
        long overlaps) {
    /**
     * A task on an agent.
     *
     * @param agent from 1
     */
    public record Run(TaskId task, int agent, long start, long end) {}

    /** A contract being written. */
    public record Contract(TaskId task, long start, long end) {}

    /**
     * What an agent did.
     *
     * @param tasks how many it ran
     * @param busy time for which it was busy
     */
    public record Load(int agent, int tasks, long busy) {}

    public Simulation {
        if (agents < 1) throw new IllegalArgumentException("agents: " + agents);
        runs = List.copyOf(runs);
        contracts = List.copyOf(contracts);
    }

    /** No schedule on so many agents is shorter: the longest path, or all work shared evenly. */
    public long bound() {
        return Math.max(longestPath, (work + agents - 1) / agents);
    }

    /** Whether the longest path bounds the makespan, and not the work. */
    public boolean isBoundByPath() {
        return longestPath > (work + agents - 1) / agents;
    }

    /** Share of the agents' time in which they work, 0 to 1. */
    public double utilisation() {
        return makespan == 0 ? 0 : (double) work / ((double) makespan * agents);
    }

    /** How many times faster than one agent that does all the work. */
    public double speedUp() {
        return makespan == 0 ? 1 : (double) work / makespan;
    }

    /** What each agent did, by number. */
    public List<Load> loads() {
        var tasks = new int[agents + 1];
        var busy = new long[agents + 1];
        for (var run : runs) {
            tasks[run.agent()]++;
            busy[run.agent()] += run.end() - run.start();
        }
        return IntStream.rangeClosed(1, agents)
                .mapToObj(agent -> new Load(agent, tasks[agent], busy[agent]))
                .toList();
    }
}
