package io.taskweaver.contexts;

import io.taskweaver.model.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which files of an existing code base a task should see: those that it names, then those of its component. A prompt has
 * no room for a whole code base, so the rest stays out, and what does not fit the limits too.
 *
 * @param maxFiles most files to pick
 * @param maxChars most text of all picked files together, in characters
 */
public record RelevantCode(int maxFiles, int maxChars) {
    /** What a task is shown where no setting says otherwise. */
    public static final RelevantCode DEFAULT = new RelevantCode(60, 120_000);

    /** Shorter words are too common to name a file. */
    private static final int SHORTEST_NAME = 4;

    /**
     * A file that may be picked.
     *
     * @param chars length of its text
     */
    public record Candidate(String path, int chars) {}

    /** How a file is related to a task; the closest relation comes first. */
    private enum Relation {
        EXPECTED,
        PATH_NAMED,
        FILE_NAMED,
        TYPE_NAMED,
        OF_COMPONENT
    }

    private record Related(Candidate file, Relation relation) {}

    public RelevantCode {
        if (maxFiles < 0 || maxChars < 0) throw new IllegalArgumentException("a limit is negative");
    }

    /** Paths to show, the closest relation first, then in the order of paths; expected files are shown whatever their size. */
    public List<String> pick(Task task, List<Candidate> code) {
        if (code.isEmpty()) return List.of();
        var words = words(task);
        var expected = Set.copyOf(task.expectedFiles());
        var component = task.component().map(RelevantCode::letters).orElse("");
        var related = new ArrayList<Related>();
        for (var file : code) {
            var relation = relation(file.path(), expected, words, component);
            if (relation.isPresent()) related.add(new Related(file, relation.get()));
        }
        related.sort(Comparator.comparing(Related::relation)
                .thenComparing(r -> r.file().path()));
        return withinLimits(related);
    }

    private List<String> withinLimits(List<Related> related) {
        var picked = new ArrayList<String>();
        long room = maxChars;
        for (var next : related) {
            boolean expected = next.relation() == Relation.EXPECTED;
            if (!expected && (picked.size() >= maxFiles || next.file().chars() > room)) continue;
            picked.add(next.file().path());
            room -= next.file().chars();
        }
        return List.copyOf(picked);
    }

    private static Optional<Relation> relation(String path, Set<String> expected, Set<String> words, String component) {
        if (expected.contains(path)) return Optional.of(Relation.EXPECTED);
        var lower = path.toLowerCase(Locale.ROOT);
        if (words.contains(lower)) return Optional.of(Relation.PATH_NAMED);
        var name = lower.substring(lower.lastIndexOf('/') + 1);
        if (words.contains(name)) return Optional.of(Relation.FILE_NAMED);
        int dot = name.indexOf('.', 1);
        var stem = dot < 0 ? name : name.substring(0, dot);
        if (stem.length() >= SHORTEST_NAME && words.contains(stem)) return Optional.of(Relation.TYPE_NAMED);
        return component.length() >= SHORTEST_NAME && letters(lower).contains(component)
                ? Optional.of(Relation.OF_COMPONENT)
                : Optional.empty();
    }

    /** Words of the task's text in lower case, whole ("src/a.java,") and in parts ("a", "java"). */
    private static Set<String> words(Task task) {
        var words = new HashSet<String>();
        collect(task.title(), words);
        collect(task.description(), words);
        task.acceptanceCriteria().forEach(criterion -> collect(criterion, words));
        task.operation().ifPresent(operation -> collect(operation, words));
        return words;
    }

    private static void collect(String text, Set<String> words) {
        var lower = text.toLowerCase(Locale.ROOT);
        int start = -1;
        for (int at = 0; at <= lower.length(); at++) {
            boolean inWord = at < lower.length() && isPathCharacter(lower.charAt(at));
            if (inWord && start < 0) start = at;
            if (!inWord && start >= 0) {
                add(lower.substring(start, at), words);
                start = -1;
            }
        }
    }

    private static void add(String word, Set<String> words) {
        int end = word.length();
        while (end > 0 && (word.charAt(end - 1) == '.' || word.charAt(end - 1) == '/')) end--;
        var whole = word.substring(word.startsWith("./") && end >= 2 ? 2 : 0, end);
        words.add(whole);
        words.add(whole.substring(whole.lastIndexOf('/') + 1));
        for (int from = 0, at; from < whole.length(); from = at + 1) {
            at = from;
            while (at < whole.length() && whole.charAt(at) != '.' && whole.charAt(at) != '/') at++;
            words.add(whole.substring(from, at));
        }
    }

    private static boolean isPathCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '/' || c == '_' || c == '-' || c == '$';
    }

    private static String letters(String text) {
        // Runs for every path of a code base.
        var letters = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (Character.isLetterOrDigit(c)) letters.append(Character.toLowerCase(c));
        }
        return letters.toString();
    }
}
