package io.taskweaver.bench.reading;

import io.taskweaver.model.Document;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Submission;
import io.taskweaver.model.Task;
import io.taskweaver.scheduling.planning.Planner;
import io.taskweaver.scheduling.planning.Planning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * {@code reading LABELS DOCUMENTS} plans each document of which a folder has labels, and prints as JSON how the plan compares with
 * them: work that has a task of its own; tasks that are no work, contracts and foundations aside; what is done and what is not
 * to be built, and whether it is kept out; needs that are stated and judged, and whether they are met; the plan's own needs
 * between labelled work, and how many of them labels have or imply; and how long the work takes {@value #AGENTS} agents in the
 * order of the plan, relative to the labelled one, if each piece takes as long.
 */
public final class ReadingScore {
    private static final int AGENTS = 8;

    private final Map<String, Integer> counts = new LinkedHashMap<>();

    private ReadingScore() {}

    public static void main(String[] args) throws IOException {
        if (args.length < 2) {
            System.err.println("usage: reading LABELS DOCUMENTS");
            System.exit(2);
        }
        var all = new ReadingScore();
        try (var files = Files.list(Path.of(args[0]))) {
            for (var labels : files.filter(file -> file.toString().endsWith(".tsv"))
                    .sorted()
                    .toList()) {
                var name = labels.getFileName().toString().replace(".tsv", "");
                var own = new ReadingScore();
                own.score(new LabelledLines(LabelRow.in(labels)), document(name, Path.of(args[1])));
                own.counts.forEach((what, count) -> all.counts.merge(what, count, Integer::sum));
                System.out.println(own.json(name));
            }
        }
        System.out.println(all.json("all"));
    }

    /** The document of a name, whatever its ending. */
    public static Path document(String name, Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(name + "."))
                    .findFirst()
                    .orElseThrow(() -> new IOException(folder + " has no document " + name));
        }
    }

    private void score(LabelledLines labels, Path file) throws IOException {
        var document = new Document(file.getFileName().toString(), Files.readString(file));
        var planning = Planner.plan(new Submission(
                new PlanId("bench"), List.of(document), Optional.empty(), List.of(), PlanOptions.DEFAULT));
        switch (planning) {
            case Planning.Planned planned -> score(labels, planned.plan());
            case Planning.Rejected _ -> refused(labels);
        }
    }

    private void add(String what, int count) {
        counts.merge(what, count, Integer::sum);
    }

    private void refused(LabelledLines labels) {
        add("refused", 1);
        add("work", labels.work().size());
        for (var row : labels.work()) {
            add("stated", row.stated().size());
            add("judged", row.judged().size());
        }
    }

    private void score(LabelledLines labels, Plan plan) {
        var tasks = plan.tasks().stream()
                .filter(task -> task.kind() == Task.Kind.WORK
                        && !task.done()
                        && task.source().isPresent())
                .filter(task -> !task.id().value().startsWith("foundation-"))
                .toList();
        var hits = labels.hits(tasks, ReadingScore::first, ReadingScore::last);
        add("work", labels.work().size());
        add("hit", hits.size());
        add("tasks", tasks.size());
        add("bogus", tasks.size() - hits.size());
        var others = new ArrayList<>(tasks);
        others.removeAll(hits.values());
        for (var row : labels.rows()) {
            if (!row.type().equals("done") && !row.type().equals("boundary")) continue;
            add(row.type(), 1);
            boolean isOut = others.stream().noneMatch(task -> first(task) <= row.end() && last(task) >= row.start());
            add(row.type() + "_kept_out", isOut ? 1 : 0);
        }
        new Needs(plan, labels.work(), hits).count();
    }

    private static int first(Task task) {
        return task.source().orElseThrow().firstLine();
    }

    private static int last(Task task) {
        return task.source().orElseThrow().lastLine();
    }

    /** Needs of the plan and of the labels, between pieces of work. */
    private final class Needs {
        private final List<LabelRow> work;
        private final Map<String, Task> hits;
        private final Map<String, Task> tasks;
        private final Map<String, Set<String>> reached;
        private final Map<String, Set<String>> labelled = new HashMap<>();
        private final Map<String, Set<String>> implied;

        Needs(Plan plan, List<LabelRow> work, Map<String, Task> hits) {
            this.work = work;
            this.hits = hits;
            tasks = plan.tasks().stream()
                    .collect(Collectors.toMap(task -> task.id().value(), Function.identity()));
            var needs = new HashMap<String, Set<String>>();
            tasks.forEach((id, task) -> needs.put(id, direct(task)));
            reached = closure(needs);
            for (var row : work) {
                var all = new HashSet<>(row.stated());
                all.addAll(row.judged());
                labelled.put(row.key(), all);
            }
            implied = closure(labelled);
        }

        private Set<String> direct(Task task) {
            return task.needs().stream().map(need -> need.on().value()).collect(Collectors.toSet());
        }

        void count() {
            for (var row : work) {
                needs(row, row.stated(), "stated");
                needs(row, row.judged(), "judged");
            }
            var keys = new HashMap<String, String>();
            hits.forEach((key, task) -> keys.put(task.id().value(), key));
            hits.forEach((key, task) -> {
                for (var on : direct(task)) {
                    var other = keys.get(on);
                    if (other == null) continue;
                    add("pairs", 1);
                    add("pairs_right", implied.getOrDefault(key, Set.of()).contains(other) ? 1 : 0);
                }
            });
            var order = new ArrayList<>(hits.keySet());
            add("makespan", makespan(order, this::waitsFor));
            add(
                    "makespan_labelled",
                    makespan(
                            order,
                            (of, on) -> implied.getOrDefault(of, Set.of()).contains(on)));
        }

        private void needs(LabelRow row, Set<String> needed, String kind) {
            for (var on : needed) {
                if (!labelled.containsKey(on)) continue;
                add(kind, 1);
                add(kind + "_met", isMet(row.key(), on) ? 1 : 0);
            }
        }

        private boolean waitsFor(String of, String on) {
            var task = hits.get(of);
            var other = hits.get(on);
            return task != null
                    && other != null
                    && reached.getOrDefault(task.id().value(), Set.of())
                            .contains(other.id().value());
        }

        /** By the result, directly or by way of others, or in another component by its contract. */
        private boolean isMet(String of, String on) {
            var task = hits.get(of);
            var other = hits.get(on);
            if (task == null || other == null) return false;
            if (waitsFor(of, on)) return true;
            if (task.component().equals(other.component())) return false;
            return direct(task).stream()
                    .map(tasks::get)
                    .anyMatch(need -> need.kind() == Task.Kind.CONTRACT
                            && need.component().equals(other.component()));
        }
    }

    /** Whether one waits for another. */
    private interface Order {
        boolean waits(String of, String on);
    }

    /** Steps in which agents do all, each a piece of work at a time, what most is behind of first. */
    private static int makespan(List<String> work, Order order) {
        var behind = new HashMap<String, Integer>();
        for (var one : work) behind.put(one, length(one, work, order, behind));
        var left = new ArrayList<>(work);
        left.sort((a, b) -> behind.getOrDefault(b, 0) - behind.getOrDefault(a, 0));
        var done = new HashSet<String>();
        int steps = 0;
        while (!left.isEmpty()) {
            var now = left.stream()
                    .filter(one -> work.stream().noneMatch(on -> order.waits(one, on) && !done.contains(on)))
                    .limit(AGENTS)
                    .toList();
            if (now.isEmpty()) throw new IllegalStateException("the labels have a circle among " + left);
            left.removeAll(now);
            done.addAll(now);
            steps++;
        }
        return steps;
    }

    /** Pieces of work on the longest chain that begins with one. */
    private static int length(String one, List<String> work, Order order, Map<String, Integer> known) {
        var before = known.get(one);
        if (before != null) return before;
        int longest = 0;
        for (var of : work)
            if (!of.equals(one) && order.waits(of, one)) longest = Math.max(longest, length(of, work, order, known));
        known.put(one, longest + 1);
        return longest + 1;
    }

    private static Map<String, Set<String>> closure(Map<String, Set<String>> needs) {
        var closed = new HashMap<String, Set<String>>();
        for (var one : needs.keySet()) {
            var reached = new HashSet<String>();
            var open = new ArrayList<>(needs.getOrDefault(one, Set.of()));
            while (!open.isEmpty()) {
                var next = open.removeLast();
                if (reached.add(next)) open.addAll(needs.getOrDefault(next, Set.of()));
            }
            closed.put(one, reached);
        }
        return closed;
    }

    private String json(String name) {
        var text = new StringBuilder("{\"document\":\"" + name + "\"");
        counts.forEach(
                (what, count) -> text.append(",\"").append(what).append("\":").append(count));
        share(text, "recall", "hit", "work");
        share(text, "bogus_share", "bogus", "tasks");
        share(text, "stated_share", "stated_met", "stated");
        share(text, "judged_share", "judged_met", "judged");
        share(text, "pairs_right_share", "pairs_right", "pairs");
        share(text, "makespan_ratio", "makespan", "makespan_labelled");
        return text.append('}').toString();
    }

    private void share(StringBuilder text, String name, String part, String whole) {
        int all = counts.getOrDefault(whole, 0);
        if (all == 0) return;
        text.append(String.format(Locale.ROOT, ",\"%s\":%.3f", name, counts.getOrDefault(part, 0) / (double) all));
    }
}
