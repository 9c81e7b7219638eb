package io.taskweaver.scheduling.inference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is said around a subject: in its section, and in those below that. How rare a word is, is asked there, so that it does
 * not change with what other parts of a document say.
 */
final class Neighbourhoods {
    /** For each subject the number of its section. */
    private final int[] own;

    /** For each subject the numbers of the sections that it is in. */
    private final List<int[]> around = new ArrayList<>();

    Neighbourhoods(List<Subject> subjects) {
        var numbers = new HashMap<List<String>, Integer>();
        own = subjects.stream()
                .mapToInt(subject -> numbers.computeIfAbsent(subject.section(), key -> numbers.size()))
                .toArray();
        for (var subject : subjects) around.add(around(subject.section(), numbers));
    }

    private static int[] around(List<String> section, Map<List<String>, Integer> numbers) {
        var found = new ArrayList<Integer>();
        for (int depth = 0; depth <= section.size(); depth++) {
            var number = numbers.get(section.subList(0, depth));
            if (number != null) found.add(number);
        }
        return found.stream().mapToInt(number -> number).toArray();
    }

    int of(int subject) {
        return own[subject];
    }

    /** Notes that a subject says a term. */
    void count(TermCounts counts, int subject, int term) {
        for (int group : around.get(subject)) counts.add(group, term);
    }
}
