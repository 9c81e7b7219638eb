package io.taskweaver.prompts;

import java.util.List;
import java.util.Optional;

/**
 * The line that opens a fenced block, as CommonMark has it: at most three spaces, then three or more backticks or
 * tildes.
 *
 * @param mark the character that it is made of
 * @param length how many of them
 * @param indent spaces before them
 * @param info what follows them
 */
record Fence(char mark, int length, int indent, String info) {
    /** The line after a block whose text does not end with a line break; diffs write it like this. */
    static final String NO_NEWLINE = "\\ No newline at end of file";

    private static final int SHORTEST = 3;
    private static final int DEEPEST = 3;

    /**
     * A block that was read.
     *
     * @param next index of the first line after it
     */
    record Block(String text, int next) {}

    /** The fence that a line opens, if it opens one. */
    static Optional<Fence> opening(String line) {
        int indent = 0;
        while (indent < line.length() && line.charAt(indent) == ' ') indent++;
        if (indent > DEEPEST || indent == line.length()) return Optional.empty();
        char mark = line.charAt(indent);
        if (mark != '`' && mark != '~') return Optional.empty();
        int end = indent;
        while (end < line.length() && line.charAt(end) == mark) end++;
        String info = line.substring(end).strip();
        if (end - indent < SHORTEST || (mark == '`' && info.indexOf('`') >= 0)) return Optional.empty();
        return Optional.of(new Fence(mark, end - indent, indent, info));
    }

    /** Whether a line ends the block that this one begins. */
    boolean isClosedBy(String line) {
        return opening(line)
                .filter(other -> other.mark == mark && other.length >= length && other.info.isEmpty())
                .isPresent();
    }

    /**
     * Reads the block that the line at {@code at} opens.
     *
     * @param nested whether blocks of the same fence inside it count as a part of it; CommonMark says that they do not,
     *     but language models write so
     * @return empty if nothing closes it
     */
    static Optional<Block> read(List<String> lines, int at, boolean nested) {
        Fence fence = opening(lines.get(at)).orElseThrow();
        boolean carriageReturns = lines.get(at).endsWith("\r");
        var text = new StringBuilder();
        int depth = 1;
        for (int i = at + 1; i < lines.size(); i++) {
            String line = lines.get(i);
            if (fence.isClosedBy(line)) {
                if (--depth == 0) return Optional.of(fence.ended(text, lines, i + 1));
            } else if (nested
                    && opening(line).filter(other -> other.mark == fence.mark).isPresent()) {
                depth++;
            }
            // Carriage returns belong to the text, unless the answer as a whole was sent with them.
            String kept = carriageReturns && line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            text.append(fence.unindented(kept)).append('\n');
        }
        return Optional.empty();
    }

    private Block ended(StringBuilder text, List<String> lines, int next) {
        boolean cut = next < lines.size() && lines.get(next).strip().equals(NO_NEWLINE);
        if (cut && !text.isEmpty()) text.setLength(text.length() - 1);
        return new Block(text.toString(), cut ? next + 1 : next);
    }

    private String unindented(String line) {
        int spaces = 0;
        while (spaces < indent && spaces < line.length() && line.charAt(spaces) == ' ') spaces++;
        return line.substring(spaces);
    }

    /** A text as a block of its own, with a fence that is longer than any run of backticks in it. */
    static String enclose(String path, String text) {
        String marks = "`".repeat(Math.max(SHORTEST, longestRun(text) + 1));
        boolean ends = text.isEmpty() || text.endsWith("\n");
        return marks + language(path) + "\n" + text + (ends ? "" : "\n") + marks + "\n"
                + (ends ? "" : NO_NEWLINE + "\n");
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    private static String language(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return switch (extension) {
            case "md" -> "markdown";
            case "py" -> "python";
            case "js" -> "javascript";
            case "ts" -> "typescript";
            case "yml" -> "yaml";
            case "sh" -> "bash";
            case "java", "json", "yaml", "xml", "sql", "html", "css", "go", "rs", "kt", "c", "properties" -> extension;
            default -> "";
        };
    }
}
