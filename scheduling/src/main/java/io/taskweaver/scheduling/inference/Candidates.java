package io.taskweaver.scheduling.inference;

import io.taskweaver.model.effort.Effort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The pairs worth weighing: for each subject those that it may need, found by an index of what titles and texts say.
 * All pairs of a small plan; of a large one a bounded number for each subject, so that time grows with the plan's size
 * and not with its square.
 *
 * @param first where each subject's candidates begin in {@code on}; one more at the end
 * @param on the candidates, ascending for each subject
 */
record Candidates(int[] first, int[] on) {
    private static final int FEW = 40;
    private static final int MOST = 24;

    /** From so many subjects on each gets fewer candidates, so that the evidence fits into memory. */
    private static final int LARGE = 20_000;

    private static final int MOST_IF_LARGE = 8;
    private static final int COMMON_TITLE = 48;
    private static final int COMMON_TEXT = 12;
    private static final int JUST_BEFORE = 3;
    private static final int EARLIEST = 4;

    static Candidates in(Vocabulary vocabulary, double[] places, boolean ordered) {
        int size = vocabulary.size();
        return size <= FEW ? all(size, ordered) : new Search(vocabulary, places, ordered).run();
    }

    private static Candidates all(int size, boolean ordered) {
        var first = new int[size + 1];
        var on = new int[size * Math.max(0, size - 1)];
        int count = 0;
        for (int of = 0; of < size; of++) {
            for (int other = 0; other < (ordered ? of : size); other++) if (other != of) on[count++] = other;
            first[of + 1] = count;
        }
        return new Candidates(first, Arrays.copyOf(on, count));
    }

    /** Adds up the weight of what a subject shares with each other, by way of terms that few share. */
    private static final class Search {
        private final Vocabulary vocabulary;
        private final boolean ordered;
        private final int[] earliest;
        private final List<int[]> titles;
        private final List<int[]> texts;
        private final int most;
        private final double[] score;
        private final int[] touched;
        private int count;

        Search(Vocabulary vocabulary, double[] places, boolean ordered) {
            this.vocabulary = vocabulary;
            this.ordered = ordered;
            most = vocabulary.size() < LARGE ? MOST : MOST_IF_LARGE;
            titles = index(vocabulary, true, COMMON_TITLE);
            texts = index(vocabulary, false, COMMON_TEXT);
            score = new double[vocabulary.size()];
            touched = new int[vocabulary.size()];
            earliest = earliest(places);
        }

        private static int[] earliest(double[] places) {
            var found = new ArrayList<Integer>();
            for (int subject = 0; subject < places.length; subject++) {
                int at = found.size();
                while (at > 0 && places[found.get(at - 1)] > places[subject]) at--;
                if (at < EARLIEST) found.add(at, subject);
                if (found.size() > EARLIEST) found.removeLast();
            }
            return found.stream().mapToInt(subject -> subject).toArray();
        }

        /** For each term those who say it; nobody for terms that more than the bound say. */
        private static List<int[]> index(Vocabulary vocabulary, boolean titles, int bound) {
            var counts = new int[vocabulary.terms()];
            for (int subject = 0; subject < vocabulary.size(); subject++)
                for (int term : terms(vocabulary.profile(subject), titles)) counts[term]++;
            var index = new ArrayList<int[]>();
            for (int used : counts) index.add(new int[used > bound ? 0 : used]);
            for (int subject = vocabulary.size() - 1; subject >= 0; subject--)
                for (int term : terms(vocabulary.profile(subject), titles))
                    if (index.get(term).length > 0) index.get(term)[--counts[term]] = subject;
            return index;
        }

        private static int[] terms(Profile profile, boolean title) {
            if (title) return profile.title();
            var both = Arrays.copyOf(profile.terms(), profile.terms().length + profile.names().length);
            System.arraycopy(profile.names(), 0, both, profile.terms().length, profile.names().length);
            return both;
        }

        Candidates run() {
            int size = vocabulary.size();
            var first = new int[size + 1];
            var on = new int[size * (most + JUST_BEFORE + EARLIEST)];
            int filled = 0;
            for (int of = 0; of < size; of++) {
                Effort.step();
                for (int candidate : of(of)) on[filled++] = candidate;
                first[of + 1] = filled;
            }
            return new Candidates(first, Arrays.copyOf(on, filled));
        }

        private int[] of(int of) {
            count = 0;
            var profile = vocabulary.profile(of);
            for (int term : profile.terms()) {
                add(of, titles.get(term), vocabulary.weight(term));
                add(of, texts.get(term), vocabulary.weight(term) / 2);
            }
            for (int name : profile.names()) add(of, texts.get(name), vocabulary.weight(name));
            var best = best();
            for (int back = 1; ordered && back <= Math.min(JUST_BEFORE, of); back++) best = with(best, of - back);
            for (int early : earliest) if (early != of && !(ordered && early > of)) best = with(best, early);
            for (int i = 0; i < count; i++) score[touched[i]] = 0;
            Arrays.sort(best);
            return best;
        }

        private void add(int of, int[] others, double weight) {
            for (int other : others) {
                if (other == of || (ordered && other > of)) continue;
                if (score[other] == 0) touched[count++] = other;
                score[other] += weight;
            }
        }

        private int[] best() {
            if (count <= most) return Arrays.copyOf(touched, count);
            var scores = new double[count];
            for (int i = 0; i < count; i++) scores[i] = score[touched[i]];
            Arrays.sort(scores);
            double least = scores[count - most];
            var best = new int[most];
            int taken = 0;
            for (int i = 0; i < count && taken < most; i++) if (score[touched[i]] > least) best[taken++] = touched[i];
            for (int i = 0; i < count && taken < most; i++) if (score[touched[i]] == least) best[taken++] = touched[i];
            return best;
        }

        private static int[] with(int[] candidates, int other) {
            for (int candidate : candidates) if (candidate == other) return candidates;
            var more = Arrays.copyOf(candidates, candidates.length + 1);
            more[candidates.length] = other;
            return more;
        }
    }
}
