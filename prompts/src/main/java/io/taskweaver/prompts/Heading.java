package io.taskweaver.prompts;

import io.taskweaver.model.Contract;
import java.util.Locale;
import java.util.Optional;

/**
 * A heading that means something in an answer.
 *
 * @param text what follows it, for a file its path
 */
record Heading(Kind kind, String text) {
    /** What a section of an answer is. */
    enum Kind {
        FILE("file:"),
        DELETE("delete:"),
        SUMMARY("summary");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    private static final int DEEPEST = 6;

    /** The heading that a line is, at whatever level. */
    static Optional<Heading> of(String line) {
        int level = 0;
        while (level < line.length() && line.charAt(level) == '#') level++;
        if (level == 0 || level > DEEPEST) return Optional.empty();
        String text = line.substring(level).strip();
        for (Kind kind : Kind.values())
            if (text.toLowerCase(Locale.ROOT).startsWith(kind.word)) {
                String rest = text.substring(kind.word.length());
                if (kind == Kind.SUMMARY && !rest.isEmpty() && !rest.equals(":")) return Optional.empty();
                return Optional.of(new Heading(kind, rest.strip()));
            }
        return Optional.empty();
    }

    static String file(String path) {
        return "### File: " + WorkPath.written(Quoting.withoutControls(path)) + "\n";
    }

    /** What a part of a contract that is text is called. */
    static String textOf(Contract.Kind kind, String component) {
        var of = " of " + Quoting.oneLine(component);
        return switch (kind) {
            case INTERFACE -> "Contract" + of;
            case MOCK -> "Stand-in" + of;
            case VALIDATION -> "Checks" + of;
            case DATA_FORMAT -> "Data format" + of + " (JSON Schema)";
            case API -> "API" + of + " (OpenAPI)";
        };
    }

    static String delete(String path) {
        return "### Delete: " + WorkPath.written(path) + "\n";
    }

    static String summary() {
        return "### Summary\n";
    }
}
