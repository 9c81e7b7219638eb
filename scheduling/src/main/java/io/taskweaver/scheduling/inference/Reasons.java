package io.taskweaver.scheduling.inference;

import io.taskweaver.requirements.text.Words;
import io.taskweaver.scheduling.inference.Inferred.Basis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts into words what speaks for a need. */
final class Reasons {
    private static final int MOST_WORDS = 4;
    private static final int LONGEST_TITLE = 60;

    /** @param basis of the strongest, which comes first in the words */
    record Reason(Basis basis, String because) {}

    private final List<Subject> subjects;

    private final TermReader reader = new TermReader();
    private final Map<Integer, Reading> readings = new HashMap<>();

    /** What a subject says, read once however many need it. */
    private record Reading(NameReader.Names names, Map<String, String> wording, Set<String> title, int layer) {
        static Reading of(Subject subject, TermReader reader) {
            var words = WorkWords.shipped();
            var title = reader.words(words.withoutEmpty(subject.title()));
            var wording = new LinkedHashMap<>(title);
            reader.words(words.withoutEmpty(subject.text())).forEach(wording::putIfAbsent);
            return new Reading(
                    NameReader.names(subject.title(), subject.text()),
                    wording,
                    title.keySet(),
                    strongest(Layer.shares(reader.terms(subject.title()))));
        }
    }

    Reasons(List<Subject> subjects) {
        this.subjects = subjects;
    }

    private Reading reading(int subject) {
        return readings.computeIfAbsent(subject, key -> Reading.of(subjects.get(subject), reader));
    }

    Reason of(int of, int on, boolean next) {
        var task = reading(of);
        var other = reading(on);
        var title = quoted(on);
        var names = task.names();
        var others = other.names();
        var found = new ArrayList<Reason>();
        var used = new LinkedHashSet<>(names.all());
        used.removeAll(names.made());
        used.retainAll(others.made());
        if (!used.isEmpty())
            found.add(new Reason(Basis.DEFINITION, "uses " + plain(used) + ", which " + title + " makes"));
        var files = new LinkedHashSet<>(names.all());
        files.retainAll(others.all());
        files.removeIf(name -> name.indexOf('.') < 0);
        files.removeAll(used);
        if (!files.isEmpty()) found.add(new Reason(Basis.FILE, "works on " + plain(files) + ", as " + title + " does"));
        var words = words(task, other);
        if (!words.isEmpty())
            found.add(new Reason(Basis.WORDS, "speaks of '" + words + "', which " + title + " is about"));
        layers(task, other).ifPresent(found::add);
        if (found.isEmpty() || next)
            found.add(new Reason(
                    Basis.ORDER, "stands " + (next ? "right " : "") + "after " + title + " in the document"));
        var text = new StringBuilder();
        for (var reason : found) text.append(text.isEmpty() ? "" : "; ").append(reason.because());
        return new Reason(found.getFirst().basis(), text.toString());
    }

    /** A subject's title in quotes, shortened. */
    String quoted(int subject) {
        return "'" + shortened(subjects.get(subject).title()) + "'";
    }

    private static Optional<Reason> layers(Reading task, Reading other) {
        int own = task.layer();
        int below = other.layer();
        if (own < 0 || below < 0 || below >= own) return Optional.empty();
        return Optional.of(new Reason(
                Basis.LAYER,
                "work on '" + Layer.values()[own].title() + "' usually comes after work on '"
                        + Layer.values()[below].title() + "'"));
    }

    private static int strongest(double[] shares) {
        int best = -1;
        for (int layer = 0; layer < shares.length; layer++)
            if (shares[layer] > 0 && (best < 0 || shares[layer] > shares[best])) best = layer;
        return best;
    }

    private static String words(Reading task, Reading other) {
        var shared = new LinkedHashSet<String>();
        for (var term : other.title()) {
            var word = task.wording().get(term);
            boolean says = word != null && !isEmpty(word.toLowerCase(Locale.ROOT));
            if (word != null && says && shared.size() < MOST_WORDS) shared.add(word);
        }
        return String.join(" ", shared);
    }

    private static boolean isEmpty(String word) {
        return Words.isFiller(word) || WorkWords.shipped().isEmpty(word);
    }

    private static String plain(Set<String> names) {
        return String.join(
                ", ", names.stream().limit(MOST_WORDS).map(name -> name + "`").toList());
    }

    private static String shortened(String title) {
        return title.length() <= LONGEST_TITLE ? title : title.substring(0, LONGEST_TITLE - 1) + "…";
    }
}
