package io.taskweaver.scheduling.planning;

import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.Need;
import io.taskweaver.model.Notice;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.TaskKinds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Orders nodes whose needs are known: phases, what each unlocks, the critical path. Where the nodes come from,
 * requirements or a list of tasks, does not matter here.
 */
public final class PlanAssembly {
    private static final int ENOUGH_STARTS = 10;
    /** Nobody reads more, and all of them travel in one message. */
    private static final int MOST_NOTICES = 1_000;

    private final List<Task> nodes;
    private final Map<TaskId, Integer> numbers = new HashMap<>();
    private final NeedGraph graph;
    private final int[] order;
    private final int[] phases;
    private final int[] weights;

    /**
     * @param nodes contract nodes and work nodes, in the order that decides where nothing else does. Their phase, what
     *     they unlock and whether they are critical are found here, whatever they say.
     * @throws IllegalArgumentException if two nodes have the same id, a need is of none of them, or some wait for each other
     */
    public PlanAssembly(List<Task> nodes) {
        this.nodes = List.copyOf(nodes);
        for (int node = 0; node < nodes.size(); node++)
            if (numbers.put(nodes.get(node).id(), node) != null)
                throw new IllegalArgumentException(
                        "two nodes are " + nodes.get(node).id());
        graph = new NeedGraph(this.nodes.stream().map(this::needs).toList());
        order = graph.order();
        if (order.length < nodes.size()) throw new IllegalArgumentException("some nodes wait for each other");
        phases = phases();
        weights = this.nodes.stream()
                .mapToInt(task -> task.done() ? 0 : task.estimateMinutes())
                .toArray();
    }

    /** The plan of the nodes, with its other attributes. */
    public Plan plan(
            PlanId id,
            String title,
            List<ComponentSpec> components,
            List<String> constraints,
            List<String> boundaries,
            List<Notice> notices,
            PlanOptions options) {
        var path = graph.longestPath(order, weights);
        var critical = new HashSet<>(path);
        var tasks = new ArrayList<Task>();
        for (int node : order) tasks.add(placed(node, critical.contains(node)));
        var all = new ArrayList<>(notices);
        narrowStart().ifPresent(all::add);
        for (var unknown : unknownKinds(options)) if (!all.contains(unknown)) all.add(unknown);
        if (all.size() > MOST_NOTICES) {
            int left = all.size() - MOST_NOTICES;
            all.subList(MOST_NOTICES, all.size()).clear();
            all.add(new Notice("more-notices", left + " more notices were left out.", Optional.empty()));
        }
        return new Plan(
                id,
                title,
                tasks,
                components,
                phaseLists(),
                path.stream().map(node -> nodes.get(node).id()).toList(),
                path.stream().mapToInt(node -> weights[node]).sum(),
                Arrays.stream(weights).sum(),
                constraints,
                boundaries,
                all,
                options);
    }

    /** A kind that no task is of was perhaps misspelt, and then what it guards would run without being asked for. */
    private List<Notice> unknownKinds(PlanOptions options) {
        var unknown = new LinkedHashSet<>(options.kindsNamed());
        unknown.remove(TaskKinds.of(Task.Kind.RECONCILE));
        if (options.reviews().contains(PlanOptions.ALL_KINDS)) unknown.remove(PlanOptions.ALL_KINDS);
        var known = new TreeSet<String>();
        for (var task : nodes) if (task.kind() != Task.Kind.CONTRACT) known.addAll(TaskKinds.of(task));
        unknown.removeAll(known);
        return unknown.stream()
                .map(kind -> new Notice(
                        "unknown-kind",
                        "No task is of the kind '" + kind + "'; there are " + String.join(", ", known) + ".",
                        Optional.empty()))
                .toList();
    }

    private int[] needs(Task task) {
        var on = new LinkedHashSet<Integer>();
        for (var need : task.needs()) {
            var number = numbers.get(need.on());
            if (number == null) throw new IllegalArgumentException(task.id() + " needs " + need.on() + ": no node");
            on.add(number);
        }
        return on.stream().mapToInt(number -> number).toArray();
    }

    /** A node is one phase after the last result that it needs; contracts do not count, since nobody works on them. */
    private int[] phases() {
        var found = new int[nodes.size()];
        for (int node : order) {
            var task = nodes.get(node);
            if (task.kind() == Task.Kind.CONTRACT) continue;
            int longest = 0;
            for (var need : task.needs()) {
                int on = number(need.on());
                boolean waits =
                        need.kind() == Need.Kind.RESULT && !nodes.get(on).done();
                if (waits) longest = Math.max(longest, found[on]);
            }
            found[node] = task.done() ? 1 : longest + 1;
        }
        return found;
    }

    private int number(TaskId id) {
        return numbers.getOrDefault(id, -1);
    }

    private Task placed(int node, boolean critical) {
        return nodes.get(node).toBuilder()
                .unlocks(Arrays.stream(graph.dependents(node))
                        .mapToObj(dependent -> nodes.get(dependent).id())
                        .toList())
                .phase(phases[node])
                .critical(critical)
                .build();
    }

    private List<List<TaskId>> phaseLists() {
        var lists = new ArrayList<List<TaskId>>();
        for (int node : order) {
            if (!isOpenWork(node)) continue;
            while (lists.size() < phases[node]) lists.add(new ArrayList<>());
            lists.get(phases[node] - 1).add(nodes.get(node).id());
        }
        return lists;
    }

    private boolean isOpenWork(int node) {
        return nodes.get(node).kind() != Task.Kind.CONTRACT && !nodes.get(node).done();
    }

    /** Says so if fewer than ten tasks can start at once although there are more, and which one holds back the most. */
    private Optional<Notice> narrowStart() {
        var open = new ArrayList<Integer>();
        for (int node = 0; node < nodes.size(); node++) if (isOpenWork(node)) open.add(node);
        var starts = open.stream().filter(node -> phases[node] == 1).toList();
        if (starts.size() >= Math.min(ENOUGH_STARTS, open.size())) return Optional.empty();
        int bottleneck = -1;
        int most = -1;
        for (int node : starts) {
            int waiting = graph.waiting(node);
            if (waiting > most) {
                most = waiting;
                bottleneck = node;
            }
        }
        if (bottleneck < 0) return Optional.empty();
        var task = nodes.get(bottleneck);
        return Optional.of(new Notice(
                "narrow-start",
                "Only " + starts.size() + " of " + open.size() + " tasks can start at once. " + task.id() + " ('"
                        + task.title() + "') blocks the most tasks: " + most + " need it.",
                task.source()));
    }
}
