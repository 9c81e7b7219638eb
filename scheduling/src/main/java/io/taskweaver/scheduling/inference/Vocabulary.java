package io.taskweaver.scheduling.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The subjects of a plan in numbers: each term, pair of terms and name has one, and the rarer it is the more it says. */
final class Vocabulary {
    private static final int HEAD = 14;
    private static final Set<String> WHOLE = Set.copyOf(
            new TermReader()
                    .terms(
                            "test testing end-to-end e2e integration final polish deploy deployment documentation performance"
                                    + " optimization launch release accessibility audit security hardening comprehensive all overall system-wide"));

    private final List<Profile> profiles = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private int[] frequency = new int[1024];
    private double[] weights = {};

    private Vocabulary() {}

    static Vocabulary of(List<SubjectTerms> words) {
        var vocabulary = new Vocabulary();
        words.forEach(vocabulary::add);
        vocabulary.weigh();
        return vocabulary;
    }

    int size() {
        return profiles.size();
    }

    Profile profile(int subject) {
        return profiles.get(subject);
    }

    private void add(SubjectTerms words) {
        var title = words.title();
        var text = words.text();
        var names = words.names();
        var terms = new HashSet<>(title);
        terms.addAll(text);
        var head = new HashSet<>(title);
        head.addAll(text.subList(0, Math.min(text.size(), HEAD)));
        var all = numbers(terms);
        var named = numbers(names.all());
        for (int term : all) frequency[term]++;
        for (int name : named) frequency[name]++;
        var titlePairs = pairs(title);
        profiles.add(new Profile(
                numbers(title),
                numbers(head),
                all,
                numbers(Stream.concat(titlePairs.stream(), pairs(text).stream()).toList()),
                numbers(titlePairs),
                named,
                numbers(names.made()),
                Layer.shares(title),
                whole(title),
                title.size() + text.size(),
                words.subject().urgency()));
    }

    /** Share of a title that speaks of the product as a whole. */
    static double whole(List<String> title) {
        return title.isEmpty()
                ? 0
                : (double) title.stream().filter(WHOLE::contains).count() / title.size();
    }

    private static List<String> pairs(List<String> terms) {
        var pairs = new ArrayList<String>();
        for (int i = 1; i < terms.size(); i++) pairs.add(terms.get(i - 1) + " " + terms.get(i));
        return pairs;
    }

    private int[] numbers(Collection<String> terms) {
        var sorted = new int[terms.size()];
        int count = 0;
        for (var term : terms) sorted[count++] = number(term);
        Arrays.sort(sorted);
        int distinct = 0;
        for (int i = 0; i < count; i++) if (i == 0 || sorted[i] != sorted[i - 1]) sorted[distinct++] = sorted[i];
        return Arrays.copyOf(sorted, distinct);
    }

    private int number(String term) {
        var known = numbers.get(term);
        if (known != null) return known;
        int number = numbers.size();
        numbers.put(term, number);
        if (number == frequency.length) frequency = Arrays.copyOf(frequency, 2 * number);
        return number;
    }

    /** Inverse document frequency, smoothed: ln((n + 1) / (df + 0.5)). */
    private void weigh() {
        weights = new double[numbers.size()];
        for (int i = 0; i < weights.length; i++)
            weights[i] = Math.log((profiles.size() + 1.0) / (Math.max(1, frequency[i]) + 0.5));
    }

    int terms() {
        return weights.length;
    }

    double weight(int term) {
        return weights[term];
    }

    double weight(int[] terms) {
        double sum = 0;
        for (int term : terms) sum += weights[term];
        return sum;
    }

    /** Weight of the terms that two ascending arrays share. */
    double shared(int[] one, int[] other) {
        double sum = 0;
        for (int a = 0, b = 0; a < one.length && b < other.length; ) {
            if (one[a] == other[b]) {
                sum += weights[one[a++]];
                b++;
            } else if (one[a] < other[b]) a++;
            else b++;
        }
        return sum;
    }

    /** Inner product of two texts as vectors of weights. */
    double product(int[] one, int[] other) {
        double sum = 0;
        for (int a = 0, b = 0; a < one.length && b < other.length; ) {
            if (one[a] == other[b]) {
                sum += weights[one[a]] * weights[one[a++]];
                b++;
            } else if (one[a] < other[b]) a++;
            else b++;
        }
        return sum;
    }

    /** Whether one makes something that another, which does not make it, names. */
    static boolean uses(Profile made, Profile by) {
        for (int name : made.made()) if (isUsed(name, by)) return true;
        return false;
    }

    private static boolean isUsed(int name, Profile by) {
        return Arrays.binarySearch(by.names(), name) >= 0 && Arrays.binarySearch(by.made(), name) < 0;
    }

    /** Weight of what one makes and another, which does not make it, names. */
    double used(Profile made, Profile by) {
        double sum = 0;
        for (int name : made.made()) if (isUsed(name, by)) sum += weights[name];
        return sum;
    }

    static int count(int[] one, int[] other) {
        int count = 0;
        for (int item : one) if (Arrays.binarySearch(other, item) >= 0) count++;
        return count;
    }
}
