package io.taskweaver.domain.query;

import java.util.Locale;
import java.util.Optional;

/** Paths of files in the work, as headings name them. */
final class WorkPath {
    private static final int LONGEST = 1000;
    private static final String[] REMARKS = {" (new)", " (new file)", " (created)", " (modified)", " (updated)"};

    private WorkPath() {}

    /** What is wrong with a path, if anything: it has to name one file inside the work. */
    static Optional<String> problem(String path) {
        if (path.isBlank()) return Optional.of("it is empty");
        if (path.length() > LONGEST) return Optional.of("it is longer than " + LONGEST + " characters");
        if (path.chars().anyMatch(Character::isISOControl)) return Optional.of("it holds a control character");
        if (path.startsWith("/")) return Optional.of("it is absolute; name it from the root of the work");
        if (path.indexOf('\\') >= 0) return Optional.of("it holds a backslash; separate its parts with '/'");
        if (path.length() > 1 && path.charAt(1) == ':') return Optional.of("it names a drive");
        for (String part : path.split("/", -1)) {
            switch (part.toLowerCase(Locale.ROOT)) {
                case "" -> {
                    return Optional.of("one of its parts is empty");
                }
                case ".", ".." -> {
                    return Optional.of("it holds '" + part + "', and must stay inside the work");
                }
                case ".git" -> {
                    return Optional.of("it leads into .git, which is not part of the work");
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    /** A path as it stands in a heading: plain where that reads back equal, else in quotes. */
    static String written(String path) {
        if (cleaned(path).equals(path)) return path;
        return '"' + path.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** A path as a heading names it, without the quotes, backticks and remarks that agents put around it. */
    static String cleaned(String heading) {
        String path = heading.strip();
        if (path.length() > 1 && path.startsWith("\"") && path.endsWith("\""))
            return path.substring(1, path.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\");
        for (String remark : REMARKS)
            if (path.endsWith(remark)) path = path.substring(0, path.length() - remark.length());
        for (String around : new String[] {"**", "`"}) {
            if (path.length() > 2 * around.length() && path.startsWith(around) && path.endsWith(around))
                path = path.substring(around.length(), path.length() - around.length());
        }
        return path.startsWith("./") ? path.substring(2) : path;
    }
}
