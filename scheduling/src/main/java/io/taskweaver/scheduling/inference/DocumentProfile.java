package io.taskweaver.scheduling.inference;

import io.taskweaver.requirements.text.Words;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a requirement of a document says, by itself.
 *
 * @param title terms of the title that say what it is about, each once, ascending
 * @param all the same of title and text
 * @param heading terms of the heading above it
 * @param names names of parts of the product that it gives
 * @param made those among them that it makes
 * @param makes whether its title says that something is made
 * @param makesIdentity whether it finds out who somebody is
 * @param needsIdentity whether it speaks of those who are known
 * @param section number of the headings above it; the same for those that have the same
 * @param place among those of its section, from 0
 */
record DocumentProfile(
        WorkType type,
        int[] title,
        int[] all,
        int[] heading,
        int[] names,
        int[] made,
        boolean makes,
        boolean makesIdentity,
        boolean needsIdentity,
        OptionalInt phase,
        int section,
        int place) {

    /** Numbers terms and sections as they come. */
    static final class Numbers {
        private static final int LONGEST_LABEL = 4;

        private final WorkWords words = WorkWords.shipped();
        private final TermReader reader = new TermReader();
        private final Map<String, Boolean> empty = new HashMap<>();
        private final Map<String, Integer> terms = new HashMap<>();
        private final Map<List<String>, Integer> sections = new HashMap<>();
        private final Map<Integer, Integer> filled = new HashMap<>();

        DocumentProfile profile(Subject subject, WorkType type, NameReader.Names names) {
            var title = terms(label(subject.title()));
            var all = new LinkedHashSet<>(terms(subject.title()));
            all.addAll(terms(subject.text()));
            int section = sections.computeIfAbsent(subject.section(), key -> sections.size());
            return new DocumentProfile(
                    type,
                    numbers(title),
                    numbers(all),
                    numbers(
                            subject.section().isEmpty()
                                    ? Set.of()
                                    : terms(subject.section().getLast())),
                    numbers(names.all()),
                    numbers(names.made()),
                    words.makes(subject.title()),
                    words.makesIdentity(subject.title()),
                    words.needsIdentity(subject.title()),
                    words.phaseOf(subject.section()),
                    section,
                    filled.merge(section, 1, Integer::sum) - 1);
        }

        /** Of "Ordering: staff choose dishes" what stands before the colon, which names the thing; else all. */
        private static String label(String title) {
            int colon = title.indexOf(": ");
            if (colon < 0) return title;
            var label = title.substring(0, colon);
            return label.split("\\s+").length <= LONGEST_LABEL ? label : title;
        }

        int size() {
            return terms.size();
        }

        private Set<String> terms(String text) {
            var terms = new LinkedHashSet<String>();
            reader.words(words.withoutEmpty(text)).forEach((term, word) -> {
                if (!empty.computeIfAbsent(Words.lower(word), words::isEmpty)) terms.add(term);
            });
            return terms;
        }

        private int[] numbers(Set<String> of) {
            var numbers = of.stream()
                    .mapToInt(term -> terms.computeIfAbsent(term, key -> terms.size()))
                    .toArray();
            Arrays.sort(numbers);
            return numbers;
        }
    }

    static boolean has(int[] ascending, int number) {
        return Arrays.binarySearch(ascending, number) >= 0;
    }
}
