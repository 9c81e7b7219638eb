package io.taskweaver.reports.picture;

import io.taskweaver.model.Plan;
import io.taskweaver.model.TaskId;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Draws a plan in Mermaid's flowchart language. */
public final class MermaidPicture {
    /** More nodes cannot be read in a page of text, and Mermaid refuses more than 500 edges by default. */
    private static final int MOST_NODES = 120;

    private static final int MOST_EDGES = 450;
    private static final String FLOWCHART = "flowchart LR\n";

    /** What Mermaid takes without further settings: {@code maxEdges} and {@code maxTextSize}. */
    private static final int EDGES_BY_DEFAULT = 500;

    private static final int CHARACTERS_BY_DEFAULT = 50_000;
    private static final double LABEL_EMS = 24;

    private MermaidPicture() {}

    /**
     * @param text a flowchart
     * @param note what is not in it; empty if everything is
     */
    record Excerpt(String text, String note) {}

    /** The whole plan, phases as subgraphs; a comment contains the settings that Mermaid needs. */
    public static String write(Plan plan) {
        var picture = Picture.of(plan, Map.of());
        var text = write(picture, Set.of());
        var head = new StringBuilder();
        if (picture.implied() > 0)
            head.append("%% Not drawn: ").append(picture.implied()).append(" needs that others imply.\n");
        if (picture.edges().size() > EDGES_BY_DEFAULT || text.length() > CHARACTERS_BY_DEFAULT)
            head.append("%% Larger than Mermaid draws by default: set maxEdges to ")
                    .append(picture.edges().size())
                    .append(" and maxTextSize to ")
                    .append(text.length() + 1000)
                    .append(".\n");
        return FLOWCHART + head + text.substring(FLOWCHART.length());
    }

    /** All nodes of a small plan; of a large one the critical path and what comes first. */
    static Excerpt excerpt(Plan plan) {
        var picture = Picture.of(plan, Map.of());
        var implied = picture.implied() == 0
                ? ""
                : picture.implied()
                        + (picture.implied() == 1 ? " need that others imply is" : " needs that others imply are")
                        + " not drawn.";
        if (plan.tasks().size() <= MOST_NODES && picture.edges().size() <= MOST_EDGES)
            return new Excerpt(write(picture, Set.of()), implied);
        var shown = selected(plan);
        var note = "The graph shows " + shown.size() + " of " + plan.tasks().size()
                + " nodes: the critical path, contracts, and the tasks of the first phases. `taskweaver graph` draws all.";
        return new Excerpt(write(picture, shown), implied.isEmpty() ? note : note + " " + implied);
    }

    private static Set<TaskId> selected(Plan plan) {
        var ids = new LinkedHashSet<TaskId>();
        plan.criticalPath().stream().limit(MOST_NODES).forEach(ids::add);
        for (var task : plan.tasks()) if (ids.size() < MOST_NODES) ids.add(task.id());
        return ids;
    }

    /** @param shown nodes to draw; empty means all */
    private static String write(Picture picture, Set<TaskId> shown) {
        var drawn = new HashSet<Integer>();
        for (int i = 0; i < picture.nodes().size(); i++)
            if (shown.isEmpty() || shown.contains(picture.nodes().get(i).task().id())) drawn.add(i);
        var text = new StringBuilder(FLOWCHART);
        for (int band = 0; band < picture.bands().size(); band++) {
            var members = picture.bands().get(band).nodes().stream()
                    .filter(drawn::contains)
                    .toList();
            if (members.isEmpty()) continue;
            text.append("  subgraph b").append(band).append("[\"");
            text.append(picture.bands().get(band).name()).append("\"]\n");
            for (int node : members)
                text.append("    n%s%s\n".formatted(node, node(picture.nodes().get(node))));
            text.append("  end\n");
        }
        int edges = 0;
        for (var edge : picture.edges()) {
            if (!drawn.contains(edge.from()) || !drawn.contains(edge.to())) continue;
            if (!shown.isEmpty() && edges++ >= MOST_EDGES) break;
            var arrow = edge.critical() ? " ==> " : edge.sort() == Picture.Sort.RESULT ? " --> " : " -.-> ";
            text.append("  n%s%sn%s\n".formatted(edge.from(), arrow, edge.to()));
        }
        text.append("  classDef critical stroke:#c0392b,stroke-width:3px\n  classDef done opacity:0.5\n");
        for (int node = 0; node < picture.nodes().size(); node++) {
            var task = picture.nodes().get(node).task();
            if (!drawn.contains(node)) continue;
            if (task.critical()) text.append("  class n").append(node).append(" critical\n");
            if (task.done()) text.append("  class n").append(node).append(" done\n");
        }
        return text.toString();
    }

    private static String node(Picture.Node node) {
        var title = Escape.mermaid(Wrapping.cut(node.task().title(), LABEL_EMS));
        return Picture.isContract(node.task())
                ? "([\"" + title + "\"])"
                : "[\"" + Escape.mermaid(node.task().id().value()) + "<br/>" + title + "\"]";
    }
}
