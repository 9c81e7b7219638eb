package io.taskweaver.agents;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Texts to find, indexed by the hash of their first characters (Rabin and Karp): the time does not depend on their number. */
final class SecretForms {
    private static final int FIRST = Secrets.SHORTEST;
    private static final int FACTOR = 31;
    private static final int LAST_FACTOR = FACTOR * FACTOR * FACTOR * FACTOR * FACTOR;
    private static final int FILTER = 0xFFFF;

    private final boolean skipsLineBreaks;
    private final Map<Integer, List<String>> byHash = new HashMap<>();
    private final BitSet filter = new BitSet(FILTER + 1);
    private final List<String> sorted;
    private final int longest;

    /** A place in a text, to before {@code end}. */
    record Range(int start, int end) {
        Range until(int other) {
            return new Range(start, Math.max(end, other));
        }
    }

    /** @param skipsLineBreaks whether they are found also where line breaks are in them */
    SecretForms(Collection<String> forms, boolean skipsLineBreaks) {
        this.skipsLineBreaks = skipsLineBreaks;
        for (var form : forms)
            byHash.computeIfAbsent(hash(form), any -> new ArrayList<>()).add(form);
        for (var same : byHash.values())
            same.sort(Comparator.comparingInt(String::length).reversed());
        byHash.keySet().forEach(hash -> filter.set(hash & FILTER));
        this.sorted = forms.stream().distinct().sorted().toList();
        this.longest = forms.stream().mapToInt(String::length).max().orElse(0);
    }

    private static int hash(String form) {
        int hash = 0;
        for (int i = 0; i < FIRST; i++) hash = hash * FACTOR + form.charAt(i);
        return hash;
    }

    /** Adds all places where they are. */
    void find(CharSequence text, List<Range> found) {
        if (byHash.isEmpty()) return;
        var places = new int[FIRST];
        int seen = 0;
        int hash = 0;
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (isSkipped(character)) continue;
            if (seen >= FIRST) hash -= text.charAt(places[seen % FIRST]) * LAST_FACTOR;
            hash = hash * FACTOR + character;
            places[seen++ % FIRST] = at;
            if (seen < FIRST || !filter.get(hash & FILTER)) continue;
            int start = places[seen % FIRST];
            for (var form : byHash.getOrDefault(hash, List.of())) {
                int end = endOf(form, text, start);
                if (end < 0) continue;
                found.add(new Range(start, end));
                break;
            }
        }
    }

    private boolean isSkipped(char character) {
        return skipsLineBreaks && (character == '\n' || character == '\r');
    }

    /** Where a form ends that begins at a place; -1 if it does not begin there. */
    private int endOf(String form, CharSequence text, int start) {
        int matched = 0;
        int at = start;
        for (; at < text.length() && matched < form.length(); at++) {
            char character = text.charAt(at);
            if (isSkipped(character)) continue;
            if (character != form.charAt(matched)) return -1;
            matched++;
        }
        return matched == form.length() ? at : -1;
    }

    /** The first place from which on the text may be the beginning of one that is not complete; its length if there is none. */
    int undecided(CharSequence text) {
        var rest = new StringBuilder();
        var places = new ArrayList<Integer>();
        for (int at = text.length() - 1; at >= 0 && rest.length() < longest - 1; at--) {
            if (isSkipped(text.charAt(at))) continue;
            rest.append(text.charAt(at));
            places.add(at);
        }
        rest.reverse();
        for (int i = 0; i < rest.length(); i++)
            if (isBeginning(rest.substring(i))) return places.get(rest.length() - 1 - i);
        return text.length();
    }

    /** Whether one of them begins with a text, and is longer. */
    private boolean isBeginning(String text) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted.get(middle).compareTo(text) <= 0) low = middle + 1;
            else high = middle;
        }
        return low < sorted.size() && sorted.get(low).startsWith(text);
    }
}
