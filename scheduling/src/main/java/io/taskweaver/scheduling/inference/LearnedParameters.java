package io.taskweaver.scheduling.inference;

import io.taskweaver.model.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was learned from labelled plans. As text it has four parts, {@code [place]}, {@code [listed]},
 * {@code [unlisted]} and {@code [document]}, of lines {@code name = number}; {@code #} begins a comment.
 *
 * @param listed for subjects whose order says something
 * @param unlisted for subjects in any order
 * @param document for requirements of documents
 */
public record LearnedParameters(OrderPosition place, PairModel listed, PairModel unlisted, DocumentModel document) {
    private static final String RESOURCE = "learned.txt";

    /** What is shipped. */
    public static LearnedParameters shipped() {
        return Shipped.LEARNED;
    }

    private static final class Shipped {
        static final LearnedParameters LEARNED = read(Resources.text(LearnedParameters.class, RESOURCE));
    }

    /** Reads the text that {@link #text} writes. */
    public static LearnedParameters read(String text) {
        var parts = new LinkedHashMap<String, Map<String, Double>>();
        Map<String, Double> part = new LinkedHashMap<>();
        for (var line : text.lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.startsWith("#")) continue;
            if (line.startsWith("[")) {
                part = new LinkedHashMap<>();
                parts.put(line.substring(1, line.length() - 1), part);
                continue;
            }
            int equals = line.lastIndexOf('=');
            if (equals < 0) throw new IllegalArgumentException("neither a part nor a number: " + line);
            part.put(
                    line.substring(0, equals).strip(),
                    Double.parseDouble(line.substring(equals + 1).strip()));
        }
        var place = new LinkedHashMap<>(part(parts, "place"));
        double intercept = place.getOrDefault("intercept", 0.0);
        place.remove("intercept");
        return new LearnedParameters(
                new OrderPosition(intercept, place),
                weighing(part(parts, "listed")),
                weighing(part(parts, "unlisted")),
                DocumentModel.of(part(parts, "document")));
    }

    private static Map<String, Double> part(Map<String, Map<String, Double>> parts, String name) {
        var part = parts.get(name);
        if (part == null) throw new IllegalArgumentException("no part [" + name + "]");
        return part;
    }

    private static PairModel weighing(Map<String, Double> part) {
        var terms = new ArrayList<PairModel.Term>();
        part.forEach((name, weight) -> {
            if (Character.isUpperCase(name.charAt(0))) terms.add(new PairModel.Term(features(name), weight));
        });
        return new PairModel(
                part.getOrDefault("intercept", 0.0),
                terms,
                part.getOrDefault("threshold", 1.0),
                part.getOrDefault("at least", 1.0));
    }

    private static List<Feature> features(String product) {
        return List.of(product.split("\\*")).stream()
                .map(name -> Feature.valueOf(name.strip()))
                .toList();
    }

    /** As text, for people as well. */
    public String text() {
        var text = new StringBuilder("[place]\n");
        line(text, "intercept", place.intercept());
        new TreeMap<>(place.weights()).forEach((cue, weight) -> line(text, cue, weight));
        write(text.append("\n[listed]\n"), listed);
        write(text.append("\n[unlisted]\n"), unlisted);
        write(text.append("\n[document]\n"), document);
        return text.toString();
    }

    private static void write(StringBuilder text, PairModel weighing) {
        line(text, "intercept", weighing.intercept());
        line(text, "threshold", weighing.threshold());
        line(text, "at least", weighing.atLeast());
        for (var term : weighing.terms())
            line(
                    text,
                    String.join(
                            " * ", term.features().stream().map(Feature::name).toList()),
                    term.weight());
    }

    private static void write(StringBuilder text, DocumentModel model) {
        line(text, "intercept", model.intercept());
        line(text, "threshold", model.threshold());
        line(text, "another", model.another());
        line(text, "implied", model.implied());
        line(text, "slope", model.slope());
        line(text, "offset", model.offset());
        for (var measure : DocumentEvidence.Measure.values())
            line(text, measure.name(), model.weights().getOrDefault(measure, 0.0));
    }

    private static void line(StringBuilder text, String name, double value) {
        text.append(name)
                .append(" = ")
                .append(String.format(Locale.ROOT, "%.4f", value))
                .append('\n');
    }
}
