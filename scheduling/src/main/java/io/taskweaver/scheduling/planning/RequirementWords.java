package io.taskweaver.scheduling.planning;

import io.taskweaver.requirements.analysis.Requirement;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a requirement says, as words in the singular, clause by clause: words of different clauses belong to no phrase.
 *
 * @param statement the same for all parts of one statement
 * @param title clauses of its title
 * @param stated clauses of its title and text
 * @param clauses clauses of its title, text and criteria
 * @param counted words that title and text speak of as of one of several: in the plural, or behind "a" or "each"
 */
record RequirementWords(
        String statement,
        List<List<String>> title,
        List<List<String>> stated,
        List<List<String>> clauses,
        Set<String> counted) {
    private static final Set<String> COUNTING = Words.set("a an another each every new any several many multiple");
    private static final int LONGEST_NAME = 3;

    static RequirementWords by(int item, Requirement requirement) {
        var clauses = new ArrayList<List<String>>();
        cut(requirement.title(), clauses);
        var title = List.copyOf(clauses);
        cut(requirement.text(), clauses);
        var stated = List.copyOf(clauses);
        for (var criterion : requirement.criteria()) cut(criterion, clauses);
        var statement = requirement.part().map(Requirement.Part::whole).orElse("#" + item);
        var counted = new HashSet<String>();
        count(Words.plain(requirement.title()), counted);
        count(Words.plain(requirement.text()), counted);
        return new RequirementWords(statement, title, stated, clauses, counted);
    }

    private static void count(List<String> words, Set<String> counted) {
        int left = 0;
        for (var word : words) {
            var singular = Words.singular(word);
            if (COUNTING.contains(word)) left = LONGEST_NAME;
            else if (left-- > 0 || !singular.equals(word)) counted.add(singular);
        }
    }

    private static void cut(String text, List<List<String>> clauses) {
        int from = 0;
        for (int at = 0; at <= text.length(); at++) {
            if (at < text.length() && ".,;:()\n".indexOf(text.charAt(at)) < 0) continue;
            var words = Words.singulars(text.substring(from, at));
            if (!words.isEmpty()) clauses.add(words);
            from = at + 1;
        }
    }
}
