package io.taskweaver.scheduling.inference;

import io.taskweaver.model.effort.Effort;
import java.util.Arrays;
import java.util.List;

/**
 * The evidence for and against each candidate pair of a plan. Takes time linear in the number of pairs.
 *
 * <p>The text's part does not depend on what was learned; {@link #measure} adds the part that follows from places.
 */
public final class PairEvidence {
    private static final double SOME = 0.05;
    private static final int LARGE = 40;
    private static final int FEATURES = Feature.values().length;

    private final List<List<String>> sections;
    private final DocumentEvidence types;
    private final Vocabulary vocabulary;
    private final boolean ordered;
    private final Candidates candidates;
    private final double[] places;
    private final double[] ranks;
    private final float[][] values;

    private PairEvidence(List<Subject> subjects, Vocabulary vocabulary, boolean ordered, double[] places) {
        this.types = new DocumentEvidence(subjects);
        this.sections = subjects.stream().map(Subject::section).toList();
        this.vocabulary = vocabulary;
        this.ordered = ordered;
        this.places = places;
        this.ranks = ranks(places);
        this.candidates = Candidates.in(vocabulary, places, ordered);
        this.values = new float[FEATURES][candidates.on().length];
    }

    /**
     * Measures all candidate pairs.
     *
     * @param ordered whether the order of the subjects says something; then nobody needs a later one
     */
    public static PairEvidence measure(List<Subject> subjects, boolean ordered, OrderPosition place) {
        var words = SubjectTerms.of(subjects);
        var evidence = new PairEvidence(subjects, Vocabulary.of(words), ordered, place.of(words));
        evidence.pairs();
        return evidence;
    }

    /** Number of pairs. */
    public int size() {
        return candidates.on().length;
    }

    /** Whether the order of the subjects says something. */
    boolean isOrdered() {
        return ordered;
    }

    /** Number of subjects. */
    public int subjects() {
        return vocabulary.size();
    }

    /** Index of a subject's first pair; its last is before the first of the next subject. */
    public int first(int subject) {
        return candidates.first()[subject];
    }

    /** The subject that may be needed. */
    public int on(int pair) {
        return candidates.on()[pair];
    }

    public double value(Feature feature, int pair) {
        return values[feature.ordinal()][pair];
    }

    /** Whether one subject makes what another uses by its name. */
    boolean defines(int of, int on) {
        return Vocabulary.uses(vocabulary.profile(on), vocabulary.profile(of));
    }

    private void set(Feature feature, int pair, double value) {
        values[feature.ordinal()][pair] = (float) value;
    }

    private static double[] ranks(double[] places) {
        var sorted = places.clone();
        Arrays.sort(sorted);
        var ranks = new double[places.length];
        for (int i = 0; i < ranks.length; i++) {
            int at = Arrays.binarySearch(sorted, places[i]);
            while (at > 0 && sorted[at - 1] == places[i]) at--;
            ranks[i] = places.length < 2 ? 0 : (double) at / (places.length - 1);
        }
        return ranks;
    }

    private void pairs() {
        int pairs = size();
        var head = new double[pairs];
        var reverse = new double[pairs];
        var definition = new double[pairs];
        var phrase = new double[pairs];
        var norms = norms();
        for (int of = 0; of < subjects(); of++)
            for (int pair = first(of); pair < first(of + 1); pair++) {
                Effort.step();
                words(of, pair, norms);
                var task = vocabulary.profile(of);
                var other = vocabulary.profile(on(pair));
                head[pair] = share(other.title(), task.head());
                reverse[pair] = share(task.title(), other.terms());
                definition[pair] = Math.log1p(vocabulary.used(other, task));
                phrase[pair] = Vocabulary.count(other.titlePairs(), task.pairs());
                rest(of, pair);
            }
        best(head, Feature.TITLE_IN_HEAD_BEST);
        best(reverse, Feature.TEXT_HAS_TITLE_BEST);
        row(reverse, Feature.TEXT_HAS_TITLE_ROW);
        row(definition, Feature.DEFINITION_ROW);
        row(phrase, Feature.PHRASE_ROW);
        column(Feature.TITLES_ALIKE, Feature.TITLES_ALIKE_COLUMN);
        column(Feature.TEXTS_ALIKE, Feature.TEXTS_ALIKE_COLUMN);
        rank(values[Feature.TEXTS_ALIKE.ordinal()]);
    }

    /** Lengths of titles and of texts as vectors. */
    private double[][] norms() {
        var norms = new double[2][subjects()];
        for (int subject = 0; subject < subjects(); subject++) {
            var profile = vocabulary.profile(subject);
            norms[0][subject] = Math.sqrt(vocabulary.product(profile.title(), profile.title()));
            norms[1][subject] = Math.sqrt(vocabulary.product(profile.terms(), profile.terms()));
        }
        return norms;
    }

    private void words(int of, int pair, double[][] norms) {
        int on = on(pair);
        var task = vocabulary.profile(of);
        var other = vocabulary.profile(on);
        double titles = vocabulary.product(task.title(), other.title()) / positive(norms[0][of] * norms[0][on]);
        double texts = vocabulary.product(task.terms(), other.terms()) / positive(norms[1][of] * norms[1][on]);
        set(Feature.TITLE_IN_TEXT, pair, share(other.title(), task.terms()));
        set(Feature.TITLES_ALIKE, pair, titles);
        set(Feature.TEXTS_ALIKE, pair, texts);
        if (isNext(of, on)) set(Feature.LIST_NEXT_ALIKE, pair, texts);
    }

    /** Whether one stands just before the other; a new section says nothing of what stands before it. */
    private boolean isNext(int of, int on) {
        return ordered && on == of - 1 && sections.get(of).equals(sections.get(on));
    }

    private double share(int[] title, int[] terms) {
        return vocabulary.shared(title, terms) / positive(vocabulary.weight(title));
    }

    private static double positive(double value) {
        return Math.max(1e-9, value);
    }

    private void rest(int of, int pair) {
        int on = on(pair);
        var task = vocabulary.profile(of);
        var other = vocabulary.profile(on);
        set(Feature.PLACE_DISTANCE, pair, places[of] - places[on]);
        set(Feature.PLACE_RANK, pair, ranks[of]);
        set(Feature.PLACE_FIRST, pair, ranks[on] == 0 ? 1 : 0);
        set(Feature.SETUP, pair, other.layer(Layer.SETUP));
        set(Feature.DEPLOYMENT, pair, other.layer(Layer.DEPLOY));
        set(Feature.LAYER_ABOVE, pair, above(task.layers(), other.layers()));
        set(Feature.TYPE_BELOW, pair, types.below(of, on));
        set(Feature.MAKES_USED, pair, types.made(of, on));
        set(Feature.TYPE_SET_UP, pair, types.type(on) == WorkType.SET_UP ? 1 : 0);
        set(Feature.TYPE_DOCUMENTS, pair, types.type(of) == WorkType.DOCUMENTATION ? 1 : 0);
        set(Feature.TYPE_SERVICE, pair, types.type(of) == WorkType.SERVICE ? 1 : 0);
        set(Feature.LENGTHS, pair, Math.log((other.length() + 5.0) / (task.length() + 5.0)));
        set(Feature.SIZE, pair, Math.log(Math.min(LARGE, subjects())));
        if (!ordered) return;
        set(Feature.LIST_PLACE, pair, Math.log(Math.min(LARGE, of + 1)));
        set(Feature.LIST_LAST, pair, of == subjects() - 1 ? 1 : 0);
        set(Feature.LIST_NEXT, pair, isNext(of, on) ? 1 : 0);
        set(Feature.DOCUMENTS_LATE, pair, types.type(of) == WorkType.DOCUMENTATION ? (double) of / subjects() : 0);
        set(Feature.WHOLE_LATE, pair, task.whole() * of / subjects());
    }

    private static double above(double[] task, double[] other) {
        double sum = 0;
        double below = 0;
        for (int layer = 0; layer < task.length; layer++) {
            sum += below * other[layer];
            below += task[layer];
        }
        return sum;
    }

    private void best(double[] measured, Feature into) {
        for (int of = 0; of < subjects(); of++) {
            double most = 0;
            for (int pair = first(of); pair < first(of + 1); pair++) most = Math.max(most, measured[pair]);
            for (int pair = first(of); pair < first(of + 1); pair++)
                set(into, pair, most > 0 && measured[pair] >= most - 1e-9 ? 1 : 0);
        }
    }

    /** Pairs that are no candidates count as 0. */
    private void row(double[] measured, Feature into) {
        for (int of = 0; of < subjects(); of++) {
            var sums = new Sums(ordered ? of : subjects() - 1);
            for (int pair = first(of); pair < first(of + 1); pair++) sums.add(measured[pair]);
            for (int pair = first(of); pair < first(of + 1); pair++) set(into, pair, sums.standard(measured[pair]));
        }
    }

    private void column(Feature from, Feature into) {
        var columns = new Sums[subjects()];
        for (int on = 0; on < columns.length; on++)
            columns[on] = new Sums(ordered ? subjects() - 1 - on : subjects() - 1);
        for (int pair = 0; pair < size(); pair++) columns[on(pair)].add(value(from, pair));
        for (int pair = 0; pair < size(); pair++) set(into, pair, columns[on(pair)].standard(value(from, pair)));
    }

    private void rank(float[] measured) {
        for (int of = 0; of < subjects(); of++) {
            for (int pair = first(of); pair < first(of + 1); pair++) {
                int better = 0;
                for (int other = first(of); other < first(of + 1); other++)
                    if (measured[other] > measured[pair]) better++;
                set(Feature.TEXTS_ALIKE_RANK, pair, 1.0 / (1 + better));
            }
        }
    }

    /** Mean and deviation of a number of values of which those that are not added are 0. */
    private static final class Sums {
        private final int count;
        private double sum;
        private double squares;

        Sums(int count) {
            this.count = Math.max(1, count);
        }

        void add(double value) {
            sum += value;
            squares += value * value;
        }

        double standard(double value) {
            double mean = sum / count;
            return (value - mean) / (Math.sqrt(Math.max(0, squares / count - mean * mean)) + SOME);
        }
    }
}
