package io.taskweaver.scheduling.inference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is said around a subject: in its section, or where that holds few subjects, in the nearest one around it that holds
 * enough. How rare a word is, is asked there, so that it does not change with what other parts of a document say.
 */
final class Neighbourhoods {
    private static final int ENOUGH = 4;

    /** For each subject the number of its own. */
    private final int[] own;

    /** For each subject the numbers of those that it is in. */
    private final List<int[]> around = new ArrayList<>();

    Neighbourhoods(List<Subject> subjects) {
        var sizes = new HashMap<List<String>, Integer>();
        for (var subject : subjects)
            for (int depth = 0; depth <= subject.section().size(); depth++)
                sizes.merge(subject.section().subList(0, depth), 1, Integer::sum);
        var numbers = new HashMap<List<String>, Integer>();
        own = new int[subjects.size()];
        for (int i = 0; i < own.length; i++) {
            var section = subjects.get(i).section();
            int depth = section.size();
            while (depth > 0 && sizes.getOrDefault(section.subList(0, depth), 0) < ENOUGH) depth--;
            own[i] = numbers.computeIfAbsent(section.subList(0, depth), key -> numbers.size());
        }
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
