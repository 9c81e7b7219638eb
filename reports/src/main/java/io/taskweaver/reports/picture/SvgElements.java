package io.taskweaver.reports.picture;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Bands, edges and nodes as SVG elements: the same in a picture of its own and in a page. */
final class SvgElements {
    /** Classes c0 to c9 of the style sheet; more components share them. */
    static final int COLOURS = 10;

    private static final double TITLE_EMS = (Layout.NODE_WIDTH - 26) / 13.0;
    private static final double ID_EMS = (Layout.NODE_WIDTH - 86) / 10.0;
    private static final double BIG_EMS = (Layout.NODE_WIDTH - 24) / 23.5;

    private final Picture picture;
    private final Layout layout;
    private final Map<String, Integer> colours;
    private final StringBuilder out = new StringBuilder();

    private SvgElements(Picture picture, Layout layout) {
        this.picture = picture;
        this.layout = layout;
        this.colours = colours(picture);
    }

    static String of(Picture picture, Layout layout) {
        var scene = new SvgElements(picture, layout);
        scene.bands();
        // Critical edges come last, so that they lie above the others.
        scene.out.append("<g class=\"edges\">\n");
        for (int i = 0; i < picture.edges().size(); i++)
            if (!picture.edges().get(i).critical()) scene.edge(i);
        for (int i = 0; i < picture.edges().size(); i++)
            if (picture.edges().get(i).critical()) scene.edge(i);
        scene.out.append("</g>\n<g class=\"nodes\">\n");
        for (int i = 0; i < picture.nodes().size(); i++) scene.node(i);
        return scene.out.append("</g>\n").toString();
    }

    /** A number for each component, in the order of the plan. */
    static Map<String, Integer> colours(Picture picture) {
        var colours = new HashMap<String, Integer>();
        for (var node : picture.nodes())
            node.task().component().ifPresent(name -> colours.putIfAbsent(name, colours.size()));
        return colours;
    }

    private void bands() {
        out.append("<g class=\"bands\">\n");
        for (int i = 0; i < picture.bands().size(); i++) {
            var band = picture.bands().get(i);
            var frame = layout.frames().get(i);
            out.append("<rect class=\"band\" rx=\"12\"");
            attribute("x", frame.x());
            attribute("y", frame.y());
            attribute("width", frame.width());
            attribute("height", frame.height());
            out.append("/><text class=\"band-name\"");
            attribute("x", frame.x() + 16);
            attribute("y", frame.y() + 24);
            out.append('>').append(band.name()).append("<tspan class=\"count\" dx=\"8\">");
            out.append(band.nodes().size()).append("</tspan></text>\n");
        }
        out.append("</g>\n");
    }

    private void edge(int index) {
        var edge = picture.edges().get(index);
        out.append("<path class=\"edge ").append(edge.sort().name().toLowerCase(Locale.ROOT));
        if (edge.critical()) out.append(" critical");
        out.append("\" data-from=\"")
                .append(edge.from())
                .append("\" data-to=\"")
                .append(edge.to());
        out.append("\" d=\"").append(layout.paths().get(index)).append("\"/>\n");
    }

    private void node(int index) {
        var node = picture.nodes().get(index);
        var task = node.task();
        var place = layout.places().get(index);
        out.append("<g class=\"node ").append(node.stage().word());
        task.component().ifPresent(name -> out.append(" c").append(colours.getOrDefault(name, 0) % COLOURS));
        if (Picture.isContract(task)) out.append(" contract");
        if (task.critical()) out.append(" critical");
        out.append("\" id=\"n").append(index).append("\" transform=\"translate(");
        out.append(Layout.number(place.x()))
                .append(',')
                .append(Layout.number(place.y()))
                .append(")\">");
        out.append("<title>")
                .append(Escape.xml(task.id() + ": " + task.title()))
                .append("</title>");
        rectangle("card", 0, Layout.NODE_WIDTH, Picture.isContract(task) ? 22 : 8);
        if (!Picture.isContract(task))
            out.append("<path class=\"stripe\" d=\"M8,0H6V60H8A8,8 0 0 1 0,52V8A8,8 0 0 1 8,0Z\"/>");
        head(node);
        lines("t", Wrapping.lines(task.title(), TITLE_EMS, 2), 34, 15);
        var big = Wrapping.lines(task.title(), BIG_EMS, 2);
        lines("big", big, big.size() == 1 ? 37 : 26, 23);
        out.append("</g>\n");
    }

    private void head(Picture.Node node) {
        var task = node.task();
        out.append("<text class=\"id\" x=\"14\" y=\"17\">");
        out.append(Escape.xml(Wrapping.cut(task.id().value(), ID_EMS))).append("</text>");
        out.append("<text class=\"minutes\" x=\"")
                .append(Layout.NODE_WIDTH - 22)
                .append("\" y=\"17\">");
        out.append(node.stage().isFinished() ? node.stage().word() : task.estimateMinutes() + " min");
        out.append("</text><circle class=\"state\" r=\"4\" cy=\"13.5\" cx=\"");
        out.append(Layout.NODE_WIDTH - 12).append("\"/>");
    }

    private void lines(String style, java.util.List<String> lines, int first, int step) {
        for (int i = 0; i < lines.size(); i++) {
            out.append("<text class=\"")
                    .append(style)
                    .append("\" x=\"14\" y=\"")
                    .append(first + i * step);
            out.append("\">").append(Escape.xml(lines.get(i))).append("</text>");
        }
    }

    private void rectangle(String style, int x, int width, int radius) {
        out.append("<rect class=\"")
                .append(style)
                .append("\" x=\"")
                .append(x)
                .append("\" width=\"")
                .append(width);
        out.append("\" height=\"")
                .append(Layout.NODE_HEIGHT)
                .append("\" rx=\"")
                .append(radius)
                .append("\"/>");
    }

    private void attribute(String name, double value) {
        out.append(' ').append(name).append("=\"").append(Layout.number(value)).append('"');
    }
}
