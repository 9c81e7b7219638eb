package io.taskweaver.domain.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Draws a plan in Mermaid. */
final class PlanGraph {
    /** More nodes can not be read, and Mermaid refuses more than 500 edges by default. */
    private static final int MOST_NODES = 120;

    private static final int MOST_EDGES = 450;
    private static final int LONGEST_LABEL = 48;

    /** @param note what was left out; empty if nothing was */
    record Picture(String text, String note) {}

    private PlanGraph() {}

    /** All nodes of a small plan; of a large one the critical path and what lies next to it. */
    static Picture mermaid(Plan plan) {
        boolean small = plan.tasks().size() <= MOST_NODES
                && plan.tasks().stream().mapToInt(task -> task.needs().size()).sum() <= MOST_EDGES;
        var shown = small ? all(plan) : selected(plan);
        var names = new HashMap<TaskId, String>();
        var text = new StringBuilder("flowchart LR\n");
        for (var task : plan.tasks()) {
            if (!shown.contains(task.id())) continue;
            var name = "n" + names.size();
            names.put(task.id(), name);
            text.append("  ").append(name).append(node(task)).append('\n');
        }
        int edges = edges(plan, shown, names, text);
        text.append("  classDef critical stroke:#c0392b,stroke-width:3px\n  classDef done opacity:0.5\n");
        for (var task : plan.tasks()) {
            if (!shown.contains(task.id())) continue;
            if (task.critical())
                text.append("  class ").append(names.get(task.id())).append(" critical\n");
            if (task.done())
                text.append("  class ").append(names.get(task.id())).append(" done\n");
        }
        var note = small
                ? ""
                : "The graph shows " + shown.size() + " of " + plan.tasks().size() + " nodes and " + edges
                        + " edges: the critical path, contracts, and the tasks of the first phases.";
        return new Picture(text.toString(), note);
    }

    private static Set<TaskId> all(Plan plan) {
        var ids = new HashSet<TaskId>();
        plan.tasks().forEach(task -> ids.add(task.id()));
        return ids;
    }

    private static Set<TaskId> selected(Plan plan) {
        var ids = new HashSet<TaskId>();
        plan.criticalPath().stream().limit(MOST_NODES).forEach(ids::add);
        for (var task : plan.tasks()) if (ids.size() < MOST_NODES) ids.add(task.id());
        return ids;
    }

    private static int edges(Plan plan, Set<TaskId> shown, Map<TaskId, String> names, StringBuilder text) {
        int edges = 0;
        for (var task : plan.tasks()) {
            if (!shown.contains(task.id())) continue;
            for (var need : task.needs()) {
                if (!shown.contains(need.on()) || edges >= MOST_EDGES) continue;
                var arrow = need.kind() == Need.Kind.CONTRACT ? " -.-> " : " --> ";
                text.append("  ")
                        .append(names.get(need.on()))
                        .append(arrow)
                        .append(names.get(task.id()))
                        .append('\n');
                edges++;
            }
        }
        return edges;
    }

    private static String node(Task task) {
        var title = task.title().length() > LONGEST_LABEL
                ? task.title().substring(0, LONGEST_LABEL - 1) + "…"
                : task.title();
        var label = task.kind() == Task.Kind.CONTRACT
                ? escaped(title)
                : escaped(task.id().value()) + "<br/>" + escaped(title);
        return task.kind() == Task.Kind.CONTRACT ? "([\"" + label + "\"])" : "[\"" + label + "\"]";
    }

    private static String escaped(String text) {
        var out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("#quot;");
                case '<' -> out.append("#lt;");
                case '>' -> out.append("#gt;");
                case '#' -> out.append("#35;");
                case '`' -> out.append("'");
                case '\n', '\r' -> out.append(' ');
                default -> out.append(c);
            }
        }
        return out.toString();
    }
}
