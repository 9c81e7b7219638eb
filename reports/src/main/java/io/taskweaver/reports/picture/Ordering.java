package io.taskweaver.reports.picture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/**
 * In which order the nodes of each band stand, from above: by the mean place of their neighbours, back and forth between
 * the bands, and the best of all passes wins (Sugiyama, Tagawa and Toda, 1981). Phases are the layers. Ties keep the
 * plan's order, so the same plan always looks the same.
 */
final class Ordering {
    private static final int PASSES = 16;
    private static final double OWN_WEIGHT = 0.3;

    private final Picture picture;
    private final int rows;
    private final List<List<Picture.Edge>> in = new ArrayList<>();
    private final List<List<Picture.Edge>> out = new ArrayList<>();
    private final List<List<Integer>> bands = new ArrayList<>();
    private int[] row;

    private Ordering(Picture picture, int rows) {
        this.picture = picture;
        this.rows = rows;
        this.row = new int[picture.nodes().size()];
        for (int i = 0; i < picture.nodes().size(); i++) {
            in.add(new ArrayList<>());
            out.add(new ArrayList<>());
        }
        for (var edge : picture.edges()) {
            in.get(edge.to()).add(edge);
            out.get(edge.from()).add(edge);
        }
        var component = new HashMap<String, Integer>();
        for (var node : picture.nodes()) component.putIfAbsent(component(node), component.size());
        for (var band : picture.bands()) {
            // What belongs together begins together.
            var nodes = new ArrayList<>(band.nodes());
            nodes.sort(Comparator.comparingInt(
                    node -> component.getOrDefault(component(picture.nodes().get(node)), 0)));
            bands.add(nodes);
        }
    }

    private static String component(Picture.Node node) {
        return node.task().component().orElse("");
    }

    static Ordering of(Picture picture, int rows) {
        var ordering = new Ordering(picture, rows);
        ordering.settle();
        return ordering;
    }

    /** For each band its nodes in the order in which they fill its rows. */
    List<List<Integer>> bands() {
        return bands;
    }

    int row(int node) {
        return row[node];
    }

    private void settle() {
        for (int band = 0; band < bands.size(); band++) place(band, new double[row.length], false);
        var best = copy();
        var bestRows = row.clone();
        double least = length();
        for (int pass = 0; pass < PASSES; pass++) {
            boolean forward = pass % 2 == 0;
            for (int i = 0; i < bands.size(); i++) {
                int band = forward ? i : bands.size() - 1 - i;
                sort(band, forward);
            }
            double length = length();
            if (length < least) {
                least = length;
                best = copy();
                bestRows = row.clone();
            }
        }
        bands.clear();
        bands.addAll(best);
        row = bestRows;
    }

    private void sort(int band, boolean forward) {
        var wish = new double[row.length];
        for (int node : bands.get(band)) wish[node] = wish(node, forward);
        bands.get(band).sort(Comparator.comparingDouble(node -> wish[node]));
        place(band, wish, true);
    }

    /** The weighted mean row of the neighbours on one side; of those on the other side where there are none. */
    private double wish(int node, boolean forward) {
        double near = mean(forward ? in.get(node) : out.get(node), forward);
        if (near >= 0) return near;
        double far = mean(forward ? out.get(node) : in.get(node), !forward);
        return far >= 0 ? far : row[node];
    }

    private double mean(List<Picture.Edge> edges, boolean sources) {
        double sum = 0;
        double weight = 0;
        for (var edge : edges) {
            double counts = weight(edge);
            sum += counts * row[sources ? edge.from() : edge.to()];
            weight += counts;
        }
        return weight == 0 ? -1 : sum / weight;
    }

    private static double weight(Picture.Edge edge) {
        return edge.critical() ? 2 : edge.sort() == Picture.Sort.OWN ? OWN_WEIGHT : 1;
    }

    /** Gives rows: a band of one column as near to the wishes as its order allows, others without gaps. */
    private void place(int band, double[] wish, boolean wished) {
        var nodes = bands.get(band);
        int columns = Layout.columns(nodes.size(), rows);
        int next = 0;
        for (int i = 0; i < nodes.size(); i++) {
            int node = nodes.get(i);
            if (columns > 1 || !wished) {
                row[node] = i / columns;
                continue;
            }
            int last = rows - (nodes.size() - i);
            row[node] = Math.min(last, Math.max(next, (int) Math.round(wish[node])));
            next = row[node] + 1;
        }
    }

    /** How far edges go up and down altogether; short edges cross seldom. */
    private double length() {
        double sum = 0;
        for (var edge : picture.edges()) sum += weight(edge) * Math.abs(row[edge.from()] - row[edge.to()]);
        return sum;
    }

    private List<List<Integer>> copy() {
        var copy = new ArrayList<List<Integer>>();
        for (var band : bands) copy.add(new ArrayList<>(band));
        return copy;
    }
}
