package io.taskweaver.reports.picture;

import java.util.ArrayList;
import java.util.List;

/**
 * Where everything of a picture lies. Nodes stand on a grid: bands from left to right, a tall band in several columns.
 * The lanes between rows stay free, so that a long edge runs in one of them and never under a node. Lengths are pixels.
 *
 * @param places one for each node
 * @param frames one for each band
 * @param paths one for each edge, as the data of an SVG path
 */
record Layout(double width, double height, List<Place> places, List<Frame> frames, List<String> paths) {
    static final int NODE_WIDTH = 224;
    static final int NODE_HEIGHT = 60;
    static final int LANE = 16;

    /** Room above the nodes for the names of the bands. */
    static final int HEADER = 38;

    private static final int MARGIN = 24;
    private static final int PADDING = 16;
    private static final int BETWEEN_COLUMNS = 36;
    private static final int BETWEEN_BANDS = 64;
    private static final double WIDE = 1.45;
    private static final int FEWEST_ROWS = 10;

    Layout {
        places = List.copyOf(places);
        frames = List.copyOf(frames);
        paths = List.copyOf(paths);
    }

    /** The upper left corner of a node, and its place on the grid. */
    record Place(double x, double y, int column, int row) {}

    /** A band's rectangle. */
    record Frame(double x, double y, double width, double height) {}

    static Layout of(Picture picture) {
        int rows = rows(picture);
        var ordering = Ordering.of(picture, rows);
        var places = new Place[picture.nodes().size()];
        var frames = new ArrayList<Frame>();
        double x = MARGIN;
        int column = 0;
        int tallest = 0;
        for (int band = 0; band < picture.bands().size(); band++) {
            var members = ordering.bands().get(band);
            int columns = columns(members.size(), rows);
            for (int i = 0; i < members.size(); i++) {
                int row = ordering.row(members.get(i));
                int across = i % columns;
                places[members.get(i)] = new Place(
                        x + PADDING + across * (NODE_WIDTH + BETWEEN_COLUMNS),
                        MARGIN + HEADER + row * (NODE_HEIGHT + LANE),
                        column + across,
                        row);
                tallest = Math.max(tallest, row + 1);
            }
            double width = columns * NODE_WIDTH + (columns - 1) * BETWEEN_COLUMNS + 2 * PADDING;
            frames.add(new Frame(x, MARGIN, width, 0));
            x += width + BETWEEN_BANDS - 2 * PADDING;
            column += columns;
        }
        double height = HEADER + tallest * (NODE_HEIGHT + LANE);
        var placed = List.of(places);
        return new Layout(
                x - BETWEEN_BANDS + 2 * PADDING + MARGIN,
                height + 2 * MARGIN,
                placed,
                frames.stream()
                        .map(frame -> new Frame(frame.x, frame.y, frame.width, height))
                        .toList(),
                picture.edges().stream().map(edge -> path(edge, placed)).toList());
    }

    /** How many rows make the picture as wide as a screen. */
    private static int rows(Picture picture) {
        int most = FEWEST_ROWS;
        for (var band : picture.bands()) most = Math.max(most, band.nodes().size());
        int best = most;
        double least = Double.MAX_VALUE;
        for (int rows = Math.min(FEWEST_ROWS, most); rows <= most; rows++) {
            int columns = 0;
            for (var band : picture.bands()) columns += columns(band.nodes().size(), rows);
            double wide = columns * (double) (NODE_WIDTH + BETWEEN_COLUMNS) / (rows * (NODE_HEIGHT + LANE));
            double off = Math.abs(Math.log(wide / WIDE));
            if (off < least) {
                least = off;
                best = rows;
            }
        }
        return best;
    }

    static int columns(int nodes, int rows) {
        return Math.max(1, (nodes + rows - 1) / rows);
    }

    private static String path(Picture.Edge edge, List<Place> places) {
        var from = places.get(edge.from());
        var to = places.get(edge.to());
        double x1 = from.x + NODE_WIDTH;
        double y1 = from.y + NODE_HEIGHT / 2.0;
        double x2 = to.x;
        double y2 = to.y + NODE_HEIGHT / 2.0;
        if (to.column == from.column + 1) return "M" + point(x1, y1) + bend(x1, y1, x2, y2);
        double out = x1 + BETWEEN_COLUMNS - 4;
        double in = x2 - BETWEEN_COLUMNS + 4;
        double lane = lane(edge, from, to);
        return "M" + point(x1, y1) + bend(x1, y1, out, lane) + "L" + point(in, lane) + bend(in, lane, x2, y2);
    }

    /** The lane next to the target on the side of the source; edges of one source keep together, others beside them. */
    private static double lane(Picture.Edge edge, Place from, Place to) {
        double middle = from.row > to.row ? to.y + NODE_HEIGHT + LANE / 2.0 : to.y - LANE / 2.0;
        return middle + (edge.from() % 5 - 2) * 2.5;
    }

    private static String bend(double x1, double y1, double x2, double y2) {
        double half = (x1 + x2) / 2;
        return "C" + point(half, y1) + " " + point(half, y2) + " " + point(x2, y2);
    }

    private static String point(double x, double y) {
        return number(x) + "," + number(y);
    }

    /** At most one decimal, and none where it says nothing. */
    static String number(double value) {
        long tenths = Math.round(value * 10);
        var sign = tenths < 0 ? "-" : "";
        long size = Math.abs(tenths);
        return sign + size / 10 + (size % 10 == 0 ? "" : "." + size % 10);
    }
}
