package io.taskweaver.scheduling.inference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Where in a project a task stands by what it says: from about -0.5, the first, to 0.5, the last. Setting up comes
 * first, releasing last, whatever the order of the list.
 *
 * @param weights by cue; cues are those of {@link #cues}
 */
public record OrderPosition(double intercept, Map<String, Double> weights) {
    public OrderPosition {
        weights = Map.copyOf(weights);
    }

    /** One number for each subject, in their order. */
    double[] of(List<SubjectTerms> subjects) {
        return cues(subjects).stream().mapToDouble(this::of).toArray();
    }

    private double of(Map<String, Double> cues) {
        double place = intercept;
        for (var cue : cues.entrySet()) place += weights.getOrDefault(cue.getKey(), 0.0) * cue.getValue();
        return place;
    }

    /** What each subject says that may tell its place: urgency, length, layers, the whole, and the terms of its title. */
    public static List<Map<String, Double>> cuesOf(List<Subject> subjects) {
        return cues(SubjectTerms.of(subjects));
    }

    private static List<Map<String, Double>> cues(List<SubjectTerms> subjects) {
        var all = new ArrayList<Map<String, Double>>();
        double urgency = 0;
        double length = 0;
        for (var words : subjects) {
            var subject = words.subject();
            var title = words.title();
            var cues = new LinkedHashMap<String, Double>();
            cues.put("urgency", (double) subject.urgency());
            cues.put("length", Math.log(title.size() + subject.text().length() / 8.0 + 5));
            double whole = Vocabulary.whole(title);
            if (whole > 0) cues.put("whole", whole);
            var shares = Layer.shares(title);
            for (var layer : Layer.values()) {
                double share = shares[layer.ordinal()];
                if (share > 0) cues.put("layer " + layer.title(), share);
            }
            new LinkedHashSet<>(title).forEach(term -> cues.put("word " + term, 1.0));
            urgency += cues.getOrDefault("urgency", 0.0) / subjects.size();
            length += cues.getOrDefault("length", 0.0) / subjects.size();
            all.add(cues);
        }
        for (var cues : all) {
            double meanUrgency = urgency;
            double meanLength = length;
            cues.computeIfPresent("urgency", (cue, value) -> value - meanUrgency);
            cues.computeIfPresent("length", (cue, value) -> value - meanLength);
        }
        return all;
    }
}
