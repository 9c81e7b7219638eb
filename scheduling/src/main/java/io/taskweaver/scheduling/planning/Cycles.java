package io.taskweaver.scheduling.planning;

import io.taskweaver.model.Rejection;
import io.taskweaver.model.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

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
        return rejection(
                cycle,
                item -> nameOf(items.get(item)),
                (item, next) -> Optional.ofNullable(
                                dependencies.results.get(item).get(next))
                        .map(edge -> items.get(item).requirement().at() + ": \"" + edge.because() + '"'),
                Optional.of(items.get(cycle.getFirst()).requirement().at()));
    }

    /**
     * A rejection.
     *
     * @param name of a member
     * @param cause why a member waits for the next one, with its place
     */
    static Rejection rejection(
            List<Integer> cycle,
            IntFunction<String> name,
            BiFunction<Integer, Integer, Optional<String>> cause,
            Optional<SourceSpan> at) {
        var path = new StringBuilder();
        var causes = new ArrayList<String>();
        for (int i = 0; i < Math.min(cycle.size(), MOST_NAMED); i++) {
            path.append(name.apply(cycle.get(i))).append(" -> ");
            cause.apply(cycle.get(i), cycle.get((i + 1) % cycle.size())).ifPresent(causes::add);
        }
        path.append(left(cycle.size())).append(name.apply(cycle.getFirst()));
        return new Rejection(
                "dependency-cycle",
                "Dependency cycle: " + path + " (" + String.join("; ", causes) + ").",
                "Remove one of these dependencies.",
                at);
    }

    /** What stands for the members of a cycle that are not named. */
    private static String left(int members) {
        return members <= MOST_NAMED ? "" : "(" + (members - MOST_NAMED) + " more) -> ";
    }

    /** An item for people: its id, else its title. */
    static String nameOf(RequirementCollection.Item item) {
        return item.requirement().id().orElse("'" + item.requirement().title() + "'");
    }
}
