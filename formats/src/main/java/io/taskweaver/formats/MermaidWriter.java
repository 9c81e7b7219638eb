package io.taskweaver.formats;

import io.taskweaver.requirements.tasks.TaskEntry;
import io.taskweaver.requirements.tasks.TaskList;
import io.taskweaver.requirements.tasks.TaskStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes a list as a Mermaid flowchart: wholes as boxes around their parts, what is done faded. */
final class MermaidWriter {
    /** Above it the usual settings of Mermaid refuse a flowchart (maxEdges). */
    private static final int MOST_EDGES = 500;

    private final Map<String, List<TaskEntry>> parts;
    private final Map<String, String> names = new HashMap<>();
    private final StringBuilder out = new StringBuilder("flowchart LR\n");

    private MermaidWriter(TaskList list) {
        parts = list.parts();
        list.entries().forEach(entry -> names.put(entry.id(), "n" + names.size()));
    }

    static ExportedList write(TaskList list) {
        var writer = new MermaidWriter(list);
        list.entries().stream().filter(entry -> entry.parent().isEmpty()).forEach(entry -> writer.node(entry, "  "));
        int edges = 0;
        for (var entry : list.entries()) {
            for (var on : entry.dependencies()) writer.edge(on, entry.id());
            edges += entry.dependencies().size();
        }
        writer.out.append("  classDef done opacity:0.5\n  classDef over stroke-dasharray:4\n");
        for (var entry : list.entries()) {
            if (entry.status() == TaskStatus.DONE) writer.classOf(entry, "done");
            if (entry.status() == TaskStatus.CANCELLED || entry.status() == TaskStatus.DEFERRED)
                writer.classOf(entry, "over");
        }
        var losses = edges > MOST_EDGES
                ? List.of(
                        "A picture holds ids, titles, dependencies and what is done.",
                        "It has " + edges + " edges; Mermaid draws more than " + MOST_EDGES
                                + " only if its setting maxEdges is raised.")
                : List.of("A picture holds ids, titles, dependencies and what is done.");
        return new ExportedList(writer.out.toString(), losses);
    }

    private void node(TaskEntry entry, String indent) {
        var name = names.get(entry.id());
        var label = "[\"" + escaped(entry.id()) + "<br/>" + escaped(entry.title()) + "\"]";
        var inside = parts.getOrDefault(entry.id(), List.of());
        if (inside.isEmpty()) {
            out.append(indent).append(name).append(label).append('\n');
            return;
        }
        out.append(indent).append("subgraph ").append(name).append(label).append('\n');
        inside.forEach(part -> node(part, indent + "  "));
        out.append(indent).append("end\n");
    }

    private void edge(String from, String to) {
        out.append("  ")
                .append(names.get(from))
                .append(" --> ")
                .append(names.get(to))
                .append('\n');
    }

    private void classOf(TaskEntry entry, String name) {
        out.append("  class %s %s\n".formatted(names.get(entry.id()), name));
    }

    private static String escaped(String text) {
        return text.replace("#", "#35;")
                .replace("\"", "#quot;")
                .replace("<", "#lt;")
                .replace(">", "#gt;")
                .replace("`", "'");
    }
}
