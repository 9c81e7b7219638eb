package io.taskweaver.domain.context;

import io.taskweaver.domain.plan.Task;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Words that say what a task makes, and whether another text speaks of it. */
final class Terms {
    private static final int SHORTEST = 4;
    private static final int SHORTEST_STEM = 3;
    private static final int ENOUGH = 2;
    private static final List<String> ENDINGS = List.of("ing", "ed", "es", "s", "e");
    private static final Set<String> COMMON =
            Set.of(("able about after again against allow also always application are be been before being below"
                            + " between both cannot component could does done each either every exist first from give given have"
                            + " implement implementation into item least list make many more most must need never none only"
                            + " operation other over request require response result same service shall should some such support"
                            + " system task than that their them then there these they this those through under until upon used"
                            + " user using value want well what when where which while with within without work would your")
                    .split(" "));

    private final Set<String> words;

    private Terms(Set<String> words) {
        this.words = words;
    }

    static Terms of(Task task) {
        var words = new HashSet<String>();
        collect(task.title(), words);
        task.operation().ifPresent(operation -> collect(operation, words));
        return new Terms(words);
    }

    /** Whether a text has at least two of the words, or all where there is but one. */
    boolean isOf(String text) {
        if (words.isEmpty()) return false;
        var other = new HashSet<String>();
        collect(text, other);
        other.retainAll(words);
        return other.size() >= Math.min(ENOUGH, words.size());
    }

    /** Words in lower case and without their endings; a name in camel case is several. */
    private static void collect(String text, Set<String> words) {
        int start = 0;
        for (int at = 0; at <= text.length(); at++) {
            boolean letter = at < text.length() && Character.isLetterOrDigit(text.charAt(at));
            boolean hump = letter
                    && at > start
                    && Character.isUpperCase(text.charAt(at))
                    && Character.isLowerCase(text.charAt(at - 1));
            if (letter && !hump) continue;
            if (at - start >= SHORTEST) add(text.substring(start, at).toLowerCase(Locale.ROOT), words);
            start = hump ? at : at + 1;
        }
    }

    private static void add(String word, Set<String> words) {
        if (!COMMON.contains(word) && !COMMON.contains(stem(word))) words.add(stem(word));
    }

    /** What "save", "saves", "saved" and "saving" have in common. */
    private static String stem(String word) {
        for (var ending : ENDINGS)
            if (word.endsWith(ending) && word.length() - ending.length() >= SHORTEST_STEM)
                return word.substring(0, word.length() - ending.length());
        return word;
    }
}
