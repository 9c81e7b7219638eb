package io.taskweaver.scheduling.dispatch;

import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The nodes of a plan, who waits for whom, and how far each is from the end. */
final class PlanGraph {
    private final Map<TaskId, NodeState> entries;

    /**
     * @param nodes in the plan's order
     * @throws IllegalArgumentException if an id repeats, a need names no node, or needs form a cycle
     */
    PlanGraph(List<Node> nodes) {
        entries = HashMap.newHashMap(nodes.size());
        var inOrder = new ArrayList<NodeState>(nodes.size());
        for (var node : nodes) inOrder.add(insert(node));
        var dependents = new HashMap<NodeState, List<NodeState>>();
        for (var entry : inOrder)
            for (var need : entry.node.needs())
                dependents
                        .computeIfAbsent(require(need), any -> new ArrayList<>(2))
                        .add(entry);
        dependents.forEach((entry, those) -> entry.dependents = List.copyOf(those));
        measure(inOrder);
        for (var entry : inOrder) entry.needsLeft = openNeeds(entry);
    }

    /** Adds a reconcile node; it is as urgent as the task it stands for. */
    NodeState add(Node node) {
        var entry = insert(node);
        entry.urgency = node.standsFor().map(task -> require(task).urgency).orElse((long) node.estimateMinutes());
        entry.rank = node.standsFor().map(task -> require(task).rank).orElse(0);
        return entry;
    }

    Optional<NodeState> find(TaskId id) {
        return Optional.ofNullable(entries.get(id));
    }

    NodeState require(TaskId id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("no node " + id + " in the plan"));
    }

    Collection<NodeState> all() {
        return entries.values();
    }

    private NodeState insert(Node node) {
        var entry = new NodeState(node, entries.size());
        if (entries.putIfAbsent(node.id(), entry) != null)
            throw new IllegalArgumentException("two nodes have the id " + node.id());
        return entry;
    }

    private int openNeeds(NodeState entry) {
        int open = 0;
        for (var need : entry.node.needs()) if (!require(need).state.satisfies()) open++;
        return open;
    }

    /** Walks from the ends of the plan to its starts, so that each node is measured after all that wait for it. */
    private void measure(List<NodeState> inOrder) {
        var unmeasured = new int[inOrder.size()];
        var measurable = new ArrayDeque<NodeState>();
        for (var entry : inOrder) {
            unmeasured[entry.position] = entry.dependents.size();
            if (entry.dependents.isEmpty()) measurable.add(entry);
        }
        int measured = 0;
        for (var entry = measurable.poll(); entry != null; entry = measurable.poll()) {
            measured++;
            long rest = 0;
            for (var dependent : entry.dependents) rest = Math.max(rest, dependent.urgency);
            entry.urgency = rest + (entry.node.done() ? 0 : entry.node.estimateMinutes());
            for (var need : entry.node.needs()) {
                var needed = require(need);
                if (--unmeasured[needed.position] == 0) measurable.add(needed);
            }
        }
        if (measured < inOrder.size()) throw new IllegalArgumentException("the needs of the plan form a cycle");
        for (var entry : inOrder)
            if (entry.node.kind() == Task.Kind.RECONCILE)
                entry.node.standsFor().ifPresent(task -> entry.urgency = require(task).urgency);
    }
}
