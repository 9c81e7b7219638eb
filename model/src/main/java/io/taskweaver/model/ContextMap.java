package io.taskweaver.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the components of a plan meet (a context map, as Evans calls it in "Domain-Driven Design", 2003): which uses which,
 * and whether its contract is enough.
 */
public final class ContextMap {
    private static final int MOST_WORDS = 3;

    /**
     * One component uses another.
     *
     * @param of the component that uses
     * @param on the component that is used
     * @param contract contract nodes of the used component that its users need; empty if they wait for results only
     * @param users tasks of the first that need the second's contract
     * @param waiting tasks of the first that wait for results of the second
     * @param because the words that cause it, at most three
     */
    public record Boundary(
            String of,
            String on,
            List<TaskId> contract,
            List<TaskId> users,
            List<TaskId> waiting,
            List<String> because) {
        public Boundary {
            contract = List.copyOf(contract);
            users = List.copyOf(users);
            waiting = List.copyOf(waiting);
            because = List.copyOf(because);
        }
    }

    private record Pair(String of, String on) {}

    private static final class Meeting {
        final Set<TaskId> contracts = new LinkedHashSet<>();
        final Set<TaskId> users = new LinkedHashSet<>();
        final Set<TaskId> waiting = new LinkedHashSet<>();
        final Set<String> because = new LinkedHashSet<>();

        void add(Task task, Need need) {
            if (need.kind() == Need.Kind.CONTRACT) {
                contracts.add(need.on());
                users.add(task.id());
            } else waiting.add(task.id());
            if (because.size() < MOST_WORDS) because.add(need.because());
        }
    }

    private ContextMap() {}

    /** All boundaries that a task's need crosses, in the order of the tasks. */
    public static List<Boundary> of(Plan plan) {
        Map<TaskId, String> components = new HashMap<>();
        for (var task : plan.tasks()) task.component().ifPresent(name -> components.put(task.id(), name));
        Map<Pair, Meeting> meetings = new LinkedHashMap<>();
        for (var task : plan.tasks()) {
            if (task.component().isEmpty()) continue;
            var own = task.component().get();
            for (var need : task.needs()) {
                var other = components.get(need.on());
                if (other != null && !other.equals(own))
                    meetings.computeIfAbsent(new Pair(own, other), first -> new Meeting())
                            .add(task, need);
            }
        }
        var boundaries = new ArrayList<Boundary>();
        meetings.forEach((pair, meeting) -> boundaries.add(new Boundary(
                pair.of(),
                pair.on(),
                List.copyOf(meeting.contracts),
                List.copyOf(meeting.users),
                List.copyOf(meeting.waiting),
                List.copyOf(meeting.because))));
        return boundaries;
    }
}
