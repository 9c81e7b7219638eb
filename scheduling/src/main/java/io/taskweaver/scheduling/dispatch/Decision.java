package io.taskweaver.scheduling.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What follows from a report: changes to keep and apply, then commands to send.
 *
 * @param changes in the order in which they have to be kept
 */
public record Decision(List<Change> changes, List<Action> commands) {
    /** Nothing follows. */
    public static final Decision NOTHING = new Decision(List.of(), List.of());

    public Decision {
        changes = List.copyOf(changes);
        commands = List.copyOf(commands);
    }

    static Decision of(Change... changes) {
        return new Decision(List.of(changes), List.of());
    }

    /** Changes after which users are told how the plan stands. */
    static Decision announced(List<Change> changes) {
        return new Decision(changes, List.of(new Action.AnnounceStanding(Optional.empty())));
    }

    static Decision send(List<? extends Action> commands) {
        return commands.isEmpty() ? NOTHING : new Decision(List.of(), List.copyOf(commands));
    }

    Decision and(List<? extends Action> more) {
        if (more.isEmpty()) return this;
        var all = new ArrayList<Action>(commands);
        all.addAll(more);
        return new Decision(changes, all);
    }

    /** Whether nothing follows. */
    public boolean isNothing() {
        return changes.isEmpty() && commands.isEmpty();
    }
}
