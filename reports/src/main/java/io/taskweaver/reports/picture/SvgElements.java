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
            out.append("""
                <rect class="band" rx="12" x="%s" y="%s" width="%s" height="%s"/>\
                <text class="band-name" x="%s" y="%s">%s<tspan class="count" dx="8">%s</tspan></text>
                """.formatted(
                            Layout.number(frame.x()),
                            Layout.number(frame.y()),
                            Layout.number(frame.width()),
                            Layout.number(frame.height()),
                            Layout.number(frame.x() + 16),
                            Layout.number(frame.y() + 24),
                            band.name(),
                            band.nodes().size()));
        }
        out.append("</g>\n");
    }

    private void edge(int index) {
        var edge = picture.edges().get(index);
        var style = edge.sort().name().toLowerCase(Locale.ROOT) + (edge.critical() ? " critical" : "");
        out.append("<path class=\"edge %s\" data-from=\"%s\" data-to=\"%s\" d=\"%s\"/>\n"
                .formatted(style, edge.from(), edge.to(), layout.paths().get(index)));
    }

    private void node(int index) {
        var node = picture.nodes().get(index);
        var task = node.task();
        var place = layout.places().get(index);
        boolean contract = Picture.isContract(task);
        var style = node.stage().word()
                + task.component()
                        .map(name -> " c" + colours.getOrDefault(name, 0) % COLOURS)
                        .orElse("")
                + (contract ? " contract" : "")
                + (task.critical() ? " critical" : "");
        out.append("<g class=\"node %s\" id=\"n%s\" transform=\"translate(%s,%s)\"><title>%s</title>"
                .formatted(
                        style,
                        index,
                        Layout.number(place.x()),
                        Layout.number(place.y()),
                        Escape.xml(task.id() + ": " + task.title())));
        out.append("<rect class=\"card\" x=\"0\" width=\"%s\" height=\"%s\" rx=\"%s\"/>"
                .formatted(Layout.NODE_WIDTH, Layout.NODE_HEIGHT, contract ? 22 : 8));
        if (!contract) out.append("<path class=\"stripe\" d=\"M8,0H6V60H8A8,8 0 0 1 0,52V8A8,8 0 0 1 8,0Z\"/>");
        head(node);
        lines("t", Wrapping.lines(task.title(), TITLE_EMS, 2), 34, 15);
        var big = Wrapping.lines(task.title(), BIG_EMS, 2);
        lines("big", big, big.size() == 1 ? 37 : 26, 23);
        out.append("</g>\n");
    }

    private void head(Picture.Node node) {
        var task = node.task();
        out.append("""
                <text class="id" x="14" y="17">%s</text><text class="minutes" x="%s" y="17">%s</text>\
                <circle class="state" r="4" cy="13.5" cx="%s"/>""".formatted(
                        Escape.xml(Wrapping.cut(task.id().value(), ID_EMS)),
                        Layout.NODE_WIDTH - 22,
                        node.stage().isFinished() ? node.stage().word() : task.estimateMinutes() + " min",
                        Layout.NODE_WIDTH - 12));
    }

    private void lines(String style, java.util.List<String> lines, int first, int step) {
        for (int i = 0; i < lines.size(); i++)
            out.append("<text class=\"%s\" x=\"14\" y=\"%s\">%s</text>"
                    .formatted(style, first + i * step, Escape.xml(lines.get(i))));
    }
}
