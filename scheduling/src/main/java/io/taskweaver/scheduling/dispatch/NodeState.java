package io.taskweaver.scheduling.dispatch;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node with its place in the graph and where it stands. Only {@link PlanProgress} changes one. */
final class NodeState {
    /** The plain rule: longest path to the end first, then what unblocks most, then the plan's order. */
    static final Comparator<NodeState> LONGEST_PATH_FIRST = Comparator.<NodeState>comparingLong(entry -> -entry.urgency)
            .thenComparingInt(entry -> -entry.dependents.size())
            .thenComparingInt(entry -> entry.position);

    /** The searched order where there is one, else the plain rule. */
    static final Comparator<NodeState> MOST_URGENT_FIRST =
            Comparator.<NodeState>comparingInt(entry -> entry.rank).thenComparing(LONGEST_PATH_FIRST);

    final Node node;
    final int position;
    List<NodeState> dependents = List.of();

    /** Longest path from the start of this node to the end of the plan, minutes. */
    long urgency;

    /** Place in the searched order; 0 if there is none. */
    int rank;

    int needsLeft;
    TaskState state;

    /** Since when it waits for nothing but a slot; null while it does not. */
    @Nullable
    Instant readySince;

    /** Whether an attempt may have been issued that is not on record. */
    boolean doubtful;

    NodeState(Node node, int position) {
        this.node = node;
        this.position = position;
        this.state = TaskState.initial(node.done());
    }

    boolean isReady() {
        return needsLeft == 0 && state instanceof TaskState.Pending;
    }
}
