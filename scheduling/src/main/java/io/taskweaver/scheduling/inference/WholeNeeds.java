package io.taskweaver.scheduling.inference;

import io.taskweaver.scheduling.inference.Inferred.Basis;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets what checks or releases the whole come after the ends of what is made: those that nothing else that is made waits for.
 * What checks waits for all of them; a release for the ends of the longest chains only, since little of it is lost where the
 * others come later. What describes is written beside the work.
 */
public final class WholeNeeds {
    private static final int MOST_ENDS = 40;
    private static final int LONGEST_CHAINS = 3;
    private static final double CONFIDENCE = 0.9;
    /** How far it is looked whether needs imply another. */
    private static final int MOST_LOOKS = 400;

    /** What is asked of subjects, by their index. */
    public interface Tasks {
        /** Whether it makes a part of the product. */
        boolean isMade(int subject);

        /** Whether it is about all that is made. */
        boolean isAboutTheWhole(int subject);

        /** Number of the document that it is of. */
        int document(int subject);

        /** Whether one may be made to wait for another. */
        boolean allows(int of, int on);
    }

    private final List<Subject> subjects;
    private final Tasks tasks;
    private final List<Set<Integer>> needs = new ArrayList<>();
    private final Map<Integer, Integer> depths = new HashMap<>();

    private WholeNeeds(List<Subject> subjects, List<? extends Collection<Integer>> needs, Tasks tasks) {
        this.subjects = subjects;
        this.tasks = tasks;
        for (var own : needs) this.needs.add(new HashSet<>(own));
    }

    /**
     * What they wait for besides.
     *
     * @param needs for each subject those whose result it waits for; without circles
     */
    public static List<Inferred> of(List<Subject> subjects, List<? extends Collection<Integer>> needs, Tasks tasks) {
        return new WholeNeeds(subjects, needs, tasks).find();
    }

    private List<Inferred> find() {
        var found = new ArrayList<Inferred>();
        var wholes = new ArrayList<Integer>();
        for (int of = 0; of < subjects.size(); of++) if (tasks.isAboutTheWhole(of)) wholes.add(of);
        if (wholes.isEmpty()) return found;
        var acyclic = AcyclicGraph.of(needs);
        var ends = ends();
        var reasons = new Reasons(subjects);
        for (int of : wholes) {
            var type = WorkType.of(subjects.get(of));
            int left = type == WorkType.DEPLOYMENT ? LONGEST_CHAINS : MOST_ENDS;
            for (int on : ends.getOrDefault(tasks.document(of), List.of())) {
                if (left == 0) break;
                if (!tasks.allows(of, on) || isImplied(of, on, needs) || !acyclic.add(of, on)) continue;
                needs.get(of).add(on);
                left--;
                found.add(new Inferred(of, on, Basis.WHOLE, because(type, reasons.quoted(on)), CONFIDENCE));
            }
        }
        return found;
    }

    private static String because(WorkType type, String end) {
        var what = type == WorkType.DEPLOYMENT ? "releases" : "checks";
        return what + " the whole, and nothing else that is built comes after " + end;
    }

    /** Whether others that a subject needs, or needs directly, need one; looks a bounded number of times. */
    static boolean isImplied(int of, int on, List<Set<Integer>> needs) {
        var queue = new ArrayDeque<>(needs.get(of));
        var seen = new HashSet<>(queue);
        if (seen.contains(on)) return true;
        int looks = 0;
        while (!queue.isEmpty() && looks < MOST_LOOKS)
            for (int next : needs.get(queue.remove())) {
                looks++;
                if (next == on) return true;
                if (seen.add(next)) queue.add(next);
            }
        return false;
    }

    /** For each document, what is made and needed by nothing else that is made; the longest chains first. */
    private Map<Integer, List<Integer>> ends() {
        var needed = new HashSet<Integer>();
        for (int of = 0; of < subjects.size(); of++) if (tasks.isMade(of)) needed.addAll(needs.get(of));
        var ends = new HashMap<Integer, List<Integer>>();
        for (int of = 0; of < subjects.size(); of++)
            if (tasks.isMade(of) && !needed.contains(of))
                ends.computeIfAbsent(tasks.document(of), key -> new ArrayList<>())
                        .add(of);
        ends.values()
                .forEach(own -> own.sort(Comparator.comparingInt((Integer end) -> -depth(end))
                        .thenComparing(end -> subjects.get(end).title())));
        return ends;
    }

    /** Length of the longest chain of needs below a subject. */
    private int depth(int subject) {
        var open = new ArrayDeque<Integer>(List.of(subject));
        while (!open.isEmpty()) {
            int node = open.getLast();
            int deepest = 0;
            boolean ready = true;
            for (int on : needs.get(node)) {
                var depth = depths.get(on);
                if (depth == null) {
                    open.add(on);
                    ready = false;
                } else deepest = Math.max(deepest, depth);
            }
            if (!ready) continue;
            open.removeLast();
            depths.put(node, deepest + 1);
        }
        return depths.getOrDefault(subject, 0);
    }
}
