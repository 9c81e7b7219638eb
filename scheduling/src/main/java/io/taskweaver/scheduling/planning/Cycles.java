package io.taskweaver.scheduling.planning;

import io.taskweaver.model.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Refuses plans in which tasks wait for each other. */
final class Cycles {
    /** Members of a cycle that are named, with the words that say why each waits for the next. */
    static final int MOST_NAMED = 20;

    private Cycles() {}

    /** One rejection for each strongly connected component, with its shortest cycle and the words that caused it. */
    static List<Rejection> in(List<RequirementCollection.Item> items, Dependencies dependencies) {
        var needs = new ArrayList<int[]>();
        for (var edges : dependencies.results)
            needs.add(edges.keySet().stream().mapToInt(on -> on).toArray());
        var rejections = new ArrayList<Rejection>();
        for (var cycle : new NeedGraph(needs).cycles())
            if (rejections.size() < Planner.MOST_REJECTIONS) rejections.add(rejection(cycle, items, dependencies));
        return rejections;
    }

    private static Rejection rejection(
            List<Integer> cycle, List<RequirementCollection.Item> items, Dependencies dependencies) {
        var path = new StringBuilder();
        var causes = new StringBuilder();
        for (int i = 0; i < Math.min(cycle.size(), MOST_NAMED); i++) {
            int item = cycle.get(i);
            int next = cycle.get((i + 1) % cycle.size());
            var requirement = items.get(item).requirement();
            path.append(nameOf(items.get(item))).append(" -> ");
            var edge = dependencies.results.get(item).get(next);
            if (edge == null) continue;
            if (!causes.isEmpty()) causes.append("; ");
            causes.append(requirement.at())
                    .append(": \"")
                    .append(edge.because())
                    .append('"');
        }
        path.append(left(cycle.size())).append(nameOf(items.get(cycle.getFirst())));
        return new Rejection(
                "dependency-cycle",
                "Dependency cycle: " + path + " (" + causes + ").",
                "Remove one of these dependencies.",
                Optional.of(items.get(cycle.getFirst()).requirement().at()));
    }

    /** What stands for the members of a cycle that are not named. */
    static String left(int members) {
        return members <= MOST_NAMED ? "" : "(" + (members - MOST_NAMED) + " more) -> ";
    }

    private static String nameOf(RequirementCollection.Item item) {
        return item.requirement().id().orElse("'" + item.requirement().title() + "'");
    }
}
