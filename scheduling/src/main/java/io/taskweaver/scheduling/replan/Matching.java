package io.taskweaver.scheduling.replan;

import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.requirements.text.Words;
import io.taskweaver.scheduling.planning.ExistingRequirements;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Which task of the new plan is which of the old one: first what has the same id and words, then what has the same words
 * under another id (renumbered), then the same id, at last what is worded much alike within the same component.
 */
final class Matching {
    /** Share of common words from which two titles and texts count as two wordings of one thing. */
    private static final double ALIKE = 0.6;

    /** More pairs than this are not compared; they count as removed and added. */
    private static final long MOST_PAIRS = 4_000_000;

    private final Map<TaskId, Task> oldOf = new LinkedHashMap<>();
    private final Set<TaskId> matched = new HashSet<>();
    private final List<Task> before;
    private final List<Task> after;

    private Matching(List<Task> before, List<Task> after) {
        this.before = before;
        this.after = after;
    }

    /** The old task of each new one that has one. */
    static Map<TaskId, Task> of(List<Task> before, List<Task> after) {
        var matching = new Matching(before, after);
        matching.same(task -> task.id() + "\n" + content(task));
        matching.same(Matching::content);
        matching.same(task -> task.kind() + " " + task.id());
        matching.alike();
        return matching.oldOf;
    }

    private static String content(Task task) {
        return task.kind() + "\n" + task.component().orElse("") + "\n" + task.title() + "\n" + withoutId(task) + "\n"
                + task.acceptanceCriteria();
    }

    /** The text without the task's own id, which a renumbered task has changed too, and without what the code has of it. */
    static String withoutId(Task task) {
        return ExistingRequirements.asked(task.description())
                .replace(task.id().value(), "")
                .strip();
    }

    /** Pairs what has the same key, in the order of the plans. */
    private void same(Function<Task, String> key) {
        var waiting = new HashMap<String, ArrayList<Task>>();
        for (var task : before)
            if (!matched.contains(task.id()))
                waiting.computeIfAbsent(key.apply(task), ignored -> new ArrayList<>())
                        .add(task);
        for (var task : after) {
            if (oldOf.containsKey(task.id())) continue;
            var same = waiting.get(key.apply(task));
            if (same != null && !same.isEmpty()) pair(same.removeFirst(), task);
        }
    }

    private record Pair(int before, int after, double alike) {}

    private void alike() {
        var olds = before.stream().filter(task -> !matched.contains(task.id())).toList();
        var news = after.stream().filter(task -> !oldOf.containsKey(task.id())).toList();
        if ((long) olds.size() * news.size() > MOST_PAIRS) return;
        var oldWords = olds.stream().map(Matching::words).toList();
        var newWords = news.stream().map(Matching::words).toList();
        var pairs = new ArrayList<Pair>();
        for (int i = 0; i < olds.size(); i++)
            for (int j = 0; j < news.size(); j++) {
                if (olds.get(i).kind() != news.get(j).kind()
                        || !olds.get(i).component().equals(news.get(j).component())) continue;
                double alike = alike(oldWords.get(i), newWords.get(j));
                if (alike >= ALIKE) pairs.add(new Pair(i, j, alike));
            }
        pairs.sort(Comparator.comparingDouble(Pair::alike)
                .reversed()
                .thenComparingInt(Pair::before)
                .thenComparingInt(Pair::after));
        for (var pair : pairs) {
            var old = olds.get(pair.before);
            var now = news.get(pair.after);
            if (!matched.contains(old.id()) && !oldOf.containsKey(now.id())) pair(old, now);
        }
    }

    private static Set<String> words(Task task) {
        return Set.copyOf(Words.plain(task.title() + " " + withoutId(task)));
    }

    /** Shared words over all words (Jaccard). */
    private static double alike(Set<String> one, Set<String> other) {
        if (one.isEmpty() || other.isEmpty()) return 0;
        long shared = one.stream().filter(other::contains).count();
        return (double) shared / (one.size() + other.size() - shared);
    }

    private void pair(Task old, Task now) {
        matched.add(old.id());
        oldOf.put(now.id(), old);
    }
}
