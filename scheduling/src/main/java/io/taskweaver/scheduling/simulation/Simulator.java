package io.taskweaver.scheduling.simulation;

import io.taskweaver.model.OverlapMode;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.Usage;
import io.taskweaver.scheduling.dispatch.Action;
import io.taskweaver.scheduling.dispatch.AnswerTimeouts;
import io.taskweaver.scheduling.dispatch.Backoff;
import io.taskweaver.scheduling.dispatch.Decision;
import io.taskweaver.scheduling.dispatch.Node;
import io.taskweaver.scheduling.dispatch.PlanProgress;
import io.taskweaver.scheduling.dispatch.Scheduler;
import io.taskweaver.scheduling.dispatch.SchedulerInput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;

/**
 * Plays agents against the {@link Scheduler} that also runs real plans, with a clock of its own: every attempt succeeds
 * after its duration and is merged at once. What is dispatched when, is the scheduler's decision alone.
 */
public final class Simulator {
    private final Scheduler scheduler = new Scheduler(Backoff.DEFAULT, AnswerTimeouts.DEFAULT);
    private final PlanProgress progress;
    private final ToLongFunction<TaskId> durations;
    private final int agents;
    private final PriorityQueue<Integer> idle = new PriorityQueue<>();
    private final PriorityQueue<Ending> endings =
            new PriorityQueue<>(Comparator.comparingLong(Ending::at).thenComparingInt(Ending::number));
    private final List<Simulation.Run> runs = new ArrayList<>();
    private final List<Simulation.Contract> contracts = new ArrayList<>();
    private long now;
    private int started;

    /** @param agent 0 for a contract */
    private record Ending(long at, int number, int agent, SchedulerInput report) {}

    private Simulator(PlanId id, PlanOptions options, List<Node> nodes, int agents, ToLongFunction<TaskId> durations) {
        if (agents < 1) throw new IllegalArgumentException("agents: " + agents);
        this.progress = new PlanProgress(id, options, nodes, Instant.EPOCH);
        this.durations = durations;
        this.agents = agents;
        for (int agent = 1; agent <= Math.min(agents, nodes.size()); agent++) idle.add(agent);
    }

    /** A plan on so many agents, with every estimate right, dispatched as usual; what is done is not run again. */
    public static Simulation simulate(Plan plan, int agents) {
        return simulate(plan, agents, PlanOptions.DEFAULT.overlap());
    }

    /** A plan on so many agents, with every estimate right; what is done is not run again. */
    public static Simulation simulate(Plan plan, int agents, OverlapMode overlap) {
        var options = PlanOptions.DEFAULT.toBuilder().overlap(overlap).build();
        var nodes = plan.tasks().stream().map(task -> Node.of(task, options)).toList();
        var estimates = HashMap.<TaskId, Long>newHashMap(nodes.size());
        for (var node : nodes) estimates.put(node.id(), (long) node.estimateMinutes());
        var files = HashMap.<TaskId, List<String>>newHashMap(nodes.size());
        for (var task : plan.tasks()) files.put(task.id(), task.expectedFiles());
        return simulate(plan.id(), options, nodes, files, agents, id -> estimates.getOrDefault(id, 0L));
    }

    /**
     * Nodes on so many agents, with durations that may differ from the estimates; the scheduler learns one when it is over.
     *
     * @param durations minutes, or any unit that the estimates have too; never negative
     * @throws IllegalArgumentException if an id repeats, a need names no node, or needs form a cycle
     */
    public static Simulation simulate(PlanId id, List<Node> nodes, int agents, ToLongFunction<TaskId> durations) {
        return simulate(id, PlanOptions.DEFAULT, nodes, Map.of(), agents, durations);
    }

    private static Simulation simulate(
            PlanId id,
            PlanOptions options,
            List<Node> nodes,
            Map<TaskId, List<String>> files,
            int agents,
            ToLongFunction<TaskId> durations) {
        var simulator = new Simulator(id, options, nodes, agents, durations);
        simulator.play();
        long work = 0;
        for (var run : simulator.runs) work += run.end() - run.start();
        return new Simulation(
                agents,
                simulator.runs,
                simulator.contracts,
                simulator.now,
                work,
                longestPath(nodes, durations),
                overlaps(simulator.runs, files));
    }

    /** Pairs of runs that touch the same files at the same time. Runs are in the order in which they start. */
    private static long overlaps(List<Simulation.Run> runs, Map<TaskId, List<String>> files) {
        var running = new ArrayList<Simulation.Run>();
        long pairs = 0;
        for (var run : runs) {
            running.removeIf(other -> other.end() <= run.start());
            var own = files.getOrDefault(run.task(), List.of());
            for (var other : running)
                if (files.getOrDefault(other.task(), List.of()).stream().anyMatch(own::contains)) pairs++;
            if (run.end() > run.start()) running.add(run);
        }
        return pairs;
    }

    private void play() {
        progress.arrangeFor(agents);
        advance();
        while (!endings.isEmpty()) {
            now = endings.element().at();
            while (!endings.isEmpty() && endings.element().at() == now) end(endings.remove());
            advance();
        }
    }

    private void end(Ending ending) {
        if (ending.agent() > 0) idle.add(ending.agent());
        perform(scheduler.decide(progress, ending.report(), clock()));
        if (ending.report() instanceof SchedulerInput.Completed completed)
            perform(scheduler.decide(
                    progress, new SchedulerInput.Merged(completed.task(), completed.attempt()), clock()));
    }

    private void advance() {
        for (var next = next(); !next.isNothing(); next = next()) perform(next);
    }

    private Decision next() {
        return scheduler.next(progress, idle.size(), clock());
    }

    private void perform(Decision decision) {
        decision.changes().forEach(progress::apply);
        for (var command : decision.commands())
            switch (command) {
                case Action.IssueAttempt issue -> run(issue);
                case Action.SpecifyComponent specify -> write(specify.task());
                case Action.AnnounceTask _, Action.AnnouncePlan _, Action.AnnounceEnd _ -> {}
                case Action.AnnounceStanding _, Action.ApproveResult _, Action.Withdraw _ -> {}
                case Action.AnnounceResolution _, Action.StopAttempts _ -> {}
            }
    }

    private void run(Action.IssueAttempt issue) {
        int agent = idle.remove();
        long end = now + durations.applyAsLong(issue.task());
        runs.add(new Simulation.Run(issue.task(), agent, now, end));
        endings.add(new Ending(
                end,
                started++,
                agent,
                new SchedulerInput.Completed(issue.task(), issue.attempts().number(), Usage.NONE)));
    }

    private void write(TaskId contract) {
        long end = now + durations.applyAsLong(contract);
        contracts.add(new Simulation.Contract(contract, now, end));
        endings.add(new Ending(end, started++, 0, new SchedulerInput.ContractPublished(contract)));
    }

    private Instant clock() {
        return Instant.EPOCH.plusSeconds(60 * now);
    }

    private static long longestPath(List<Node> nodes, ToLongFunction<TaskId> durations) {
        var chains = new Chains(nodes, durations);
        long longest = 0;
        for (var node : nodes) longest = Math.max(longest, chains.to(node.id()));
        return longest;
    }

    /** Longest chains to nodes, each looked at once; without recursion, since chains may be as long as a plan. */
    private static final class Chains {
        private final Map<TaskId, Node> nodes;
        private final ToLongFunction<TaskId> durations;
        private final Map<TaskId, Long> known = new HashMap<>();

        Chains(List<Node> all, ToLongFunction<TaskId> durations) {
            nodes = HashMap.newHashMap(all.size());
            for (var node : all) nodes.put(node.id(), node);
            this.durations = durations;
        }

        long to(TaskId id) {
            var path = new java.util.ArrayDeque<TaskId>();
            path.push(id);
            while (!path.isEmpty()) {
                var node = Optional.ofNullable(nodes.get(path.element())).orElseThrow();
                var unknown = node.needs().stream()
                        .filter(need -> !known.containsKey(need))
                        .findFirst();
                if (unknown.isPresent()) path.push(unknown.get());
                else {
                    long before = node.needs().stream()
                            .mapToLong(need -> known.getOrDefault(need, 0L))
                            .max()
                            .orElse(0);
                    known.put(path.pop(), before + (node.done() ? 0 : durations.applyAsLong(node.id())));
                }
            }
            return known.getOrDefault(id, 0L);
        }
    }
}
