package io.taskweaver.contexts;

import io.taskweaver.model.Task;
import io.taskweaver.requirements.text.Words;
import java.util.HashSet;
import java.util.Set;

/** Words that say what a task makes, and whether another text speaks of it. */
record TaskTerms(Set<String> words) {
    private static final int SHORTEST = 4;
    private static final int ENOUGH = 2;
    private static final Set<String> COMMON = Words.set("""
        able about after again against allow also always application are be been before being below between both cannot
        component could does done each either every exist first from give given have implement implementation into item
        least list make many more most must need never none only operation other over request require response result
        same service shall should some such support system task than that their them then there these they this those
        through under until upon used user using value want well what when where which while with within without work
        would your
        """);

    static TaskTerms of(Task task) {
        var words = of(task.title());
        task.operation().ifPresent(operation -> words.addAll(of(operation)));
        return new TaskTerms(words);
    }

    /** Whether a text has at least two of the words, or all where there is but one. */
    boolean isOf(String text) {
        if (words.isEmpty()) return false;
        var other = of(text);
        other.retainAll(words);
        return other.size() >= Math.min(ENOUGH, words.size());
    }

    private static Set<String> of(String text) {
        var stems = new HashSet<String>();
        for (var part : Words.parts(text)) {
            var word = Words.lower(part);
            boolean tooShort = word.length() < SHORTEST && !Words.isUnspaced(word.charAt(0));
            if (tooShort || COMMON.contains(word)) continue;
            var stem = Words.stem(word);
            if (!COMMON.contains(stem)) stems.add(stem);
        }
        return stems;
    }
}
