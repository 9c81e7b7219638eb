package io.taskweaver.reports.picture;

import io.taskweaver.model.Plan;
import java.util.Map;

/** Draws a plan in DOT, the language of Graphviz. */
public final class DotPicture {
    private static final double LABEL_EMS = 22;

    private DotPicture() {}

    /** A digraph from left to right, phases as clusters. */
    public static String write(Plan plan) {
        var picture = Picture.of(plan, Map.of());
        var text = new StringBuilder("digraph plan {\n");
        text.append("  graph [rankdir=LR, ranksep=1, nodesep=0.15, fontname=\"sans-serif\", labelloc=t, label=\"")
                .append(Escape.dot(plan.title() + note(picture)))
                .append("\"];\n");
        text.append("  node [shape=box, style=\"rounded,filled\", fillcolor=\"#ffffff\", color=\"#8895a7\","
                + " fontname=\"sans-serif\", fontsize=10];\n");
        text.append("  edge [color=\"#8895a7\", arrowsize=0.6];\n");
        for (int band = 0; band < picture.bands().size(); band++) band(picture, band, text);
        for (var edge : picture.edges())
            text.append("  n%s -> n%s%s;\n".formatted(edge.from(), edge.to(), style(edge)));
        return text.append("}\n").toString();
    }

    private static String note(Picture picture) {
        return picture.implied() == 0 ? "" : "\n" + picture.implied() + " needs that others imply are not drawn";
    }

    private static void band(Picture picture, int band, StringBuilder text) {
        text.append("  subgraph cluster_").append(band).append(" {\n");
        text.append("    label=\"").append(picture.bands().get(band).name());
        text.append("\"; style=\"rounded,filled\"; color=\"#e3e8ef\"; fillcolor=\"#f5f7fa\";\n");
        for (int node : picture.bands().get(band).nodes()) node(picture.nodes().get(node), node, text);
        text.append("  }\n");
    }

    private static void node(Picture.Node node, int index, StringBuilder text) {
        var task = node.task();
        var lines = String.join("\n", Wrapping.lines(task.title(), LABEL_EMS, 3));
        text.append("    n").append(index).append(" [label=\"");
        text.append(Escape.dot(task.id() + "\n" + lines)).append("\", tooltip=\"");
        text.append(Escape.dot(task.title())).append('"');
        if (Picture.isContract(task)) text.append(", shape=component, fillcolor=\"#eef4ff\"");
        if (task.critical()) text.append(", color=\"#c0392b\", penwidth=2");
        if (task.done()) text.append(", fontcolor=\"#8895a7\", fillcolor=\"#eef1f5\"");
        text.append("];\n");
    }

    private static String style(Picture.Edge edge) {
        if (edge.critical()) return " [color=\"#c0392b\", penwidth=2]";
        return switch (edge.sort()) {
            case RESULT -> "";
            case CONTRACT -> " [style=dashed]";
            case OWN -> " [style=dotted]";
        };
    }
}
