package io.taskweaver.model;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.ObjectChecker;

/**
 * The path of a file in the work, relative to its root, '/' separated. Agents, events and documents choose paths, so that
 * none is trusted: a path names one file inside the work on every system, is not part of a repository's own data in any form
 * in which Git refuses it, and looks like what it is.
 *
 * @param value without empty parts, {@code .} and {@code ..}
 */
public record FilePath(String value) {
    private static final int LONGEST = 1000;
    private static final int LONGEST_PART_BYTES = 255;
    private static final int LONGEST_SHOWN = 200;

    private static final int DOTLESS_I = 0x131;

    /** Letters that show nothing, beside those that Unicode calls format characters, and what stands for bytes that are no text. */
    private static final String FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufffd";

    private static final String INTO_REPOSITORY = "it leads into .git, which is not part of the result";

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");

    /** {@code COM} and {@code LPT} with a superscript digit are devices too. */
    private static final Pattern OTHER_DEVICE = Pattern.compile(
            "(?:(?:COM|LPT)[\u00b9\u00b2\u00b3]|CONIN\\$|CONOUT\\$)(?:[ .:].*)?", Pattern.CASE_INSENSITIVE);

    public FilePath {
        problem(value).ifPresent(problem -> {
            throw new IllegalArgumentException(refused(value, problem));
        });
    }

    /**
     * A path as agents write it: a leading {@code ./} and doubled separators are taken out.
     *
     * @throws IllegalArgumentException if it is refused; the message shows what cannot be seen in it
     */
    public static FilePath of(String path) {
        var parts = Arrays.stream(path.split("/", -1))
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .collect(Collectors.joining("/"));
        if (path.startsWith("/") || path.endsWith("/")) return new FilePath(path);
        return new FilePath(parts);
    }

    /** What is wrong with a path, in words that go on from "it"; empty if nothing is. */
    public static Optional<String> problem(String path) {
        if (path.isBlank()) return Optional.of("it is empty");
        if (path.length() > LONGEST) return Optional.of("it is longer than " + LONGEST + " characters");
        if (path.startsWith("/")) return Optional.of("it is absolute; use a path relative to the root");
        if (path.indexOf('\\') >= 0) return Optional.of("it contains a backslash; separate folders with '/'");
        if (DRIVE.matcher(path).matches()) return Optional.of("it names a drive");
        if (path.codePoints().anyMatch(FilePath::isUnseen))
            return Optional.of("it contains an invisible character, or one that changes the text direction");
        for (var part : path.split("/", -1)) {
            var problem = problemOfPart(part);
            if (problem.isPresent()) return problem;
        }
        return Optional.empty();
    }

    /** The same for a file that the code base has not got: its name is one that every system takes. */
    public static Optional<String> problemOfNew(String path) {
        return problem(path)
                .or(() -> Arrays.stream(path.split("/", -1))
                        .filter(part -> !isPortable(part))
                        .findFirst()
                        .map(part -> "not every system accepts '" + part + "' as the name of a file"));
    }

    /** That a path is refused, for a person; it shows what cannot be seen in it. */
    public static String refused(String path, String problem) {
        return "the path '" + visible(path) + "' is refused: " + problem;
    }

    /** A path with an escape in place of each character that cannot be seen, not too long to be read. */
    public static String visible(String path) {
        var shown = new StringBuilder();
        path.codePoints()
                .limit(LONGEST_SHOWN)
                .forEach(point -> shown.append(isUnseen(point) ? escape(point) : Character.toString(point)));
        return path.codePointCount(0, path.length()) > LONGEST_SHOWN ? shown + "..." : shown.toString();
    }

    /**
     * The name by which systems know it that do not tell upper from lower case, or a letter with an accent from a letter
     * and an accent: two files whose folded names are equal are one file on one of them.
     *
     * <p>APFS folds most: to the caseless form of Unicode, in which {@code \u00df} is {@code ss}. NTFS maps letters one to one, and
     * HFS+ decomposes; what is one file there is one here. The dotless {@code \u0131} has no other case on any of them.
     */
    public static String folded(String path) {
        var folded = new StringBuilder();
        // Letter by letter: the lower case of a sigma depends on what follows it.
        Normalizer.normalize(path, Normalizer.Form.NFD)
                .codePoints()
                .forEach(letter -> folded.append(foldedLetter(letter)));
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    private static String foldedLetter(int letter) {
        if (letter < 0x80) return Character.toString(Character.toLowerCase(letter));
        var text = Character.toString(letter);
        if (letter == DOTLESS_I) return text;
        // The capital sharp s becomes SS by way of the small one only.
        return text.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /** Paths of the folders that a path is in, the outermost first. */
    public static List<String> folders(String path) {
        var folders = new ArrayList<String>();
        for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1))
            folders.add(path.substring(0, end));
        return folders;
    }

    private static Optional<String> problemOfPart(String part) {
        if (part.isEmpty()) return Optional.of("one of its parts is empty");
        if (part.equals(".") || part.equals(".."))
            return Optional.of("it holds '" + part + "', and must stay inside the root");
        if (part.getBytes(StandardCharsets.UTF_8).length > LONGEST_PART_BYTES)
            return Optional.of("one of its parts is longer than " + LONGEST_PART_BYTES + " bytes");
        // Where a backslash separates folders, it does so in the names of other systems, too.
        return Arrays.stream(part.split("\\\\", -1)).anyMatch(FilePath::isRepository)
                ? Optional.of(INTO_REPOSITORY)
                : Optional.empty();
    }

    private static boolean isRepository(String name) {
        // What follows a colon names a stream of the same file.
        var file = name.indexOf(':') < 0 ? name : name.substring(0, name.indexOf(':'));
        // Windows leaves out dots and blanks at the end.
        int end = file.length();
        while (end > 0 && (file.charAt(end - 1) == '.' || file.charAt(end - 1) == ' ')) end--;
        if (end == 0) return false;
        return isRefusedByGit(file.substring(0, end))
                || isRefusedByGit(file)
                || isRefusedByGit(Normalizer.normalize(file, Normalizer.Form.NFC));
    }

    /** Whether a part of a path is {@code .git} in a form that some system takes for it. */
    public static boolean leadsIntoRepository(String path) {
        return Arrays.stream(path.split("/", -1))
                .anyMatch(part -> problemOfPart(part)
                        .filter(problem -> problem.equals(INTO_REPOSITORY))
                        .isPresent());
    }

    private static boolean isRefusedByGit(String part) {
        return !part.isEmpty() && !passes(new ObjectChecker().setSafeForMacOS(true), part);
    }

    private static boolean isPortable(String part) {
        return passes(new ObjectChecker().setSafeForWindows(true), part)
                && !OTHER_DEVICE.matcher(part).matches();
    }

    private static boolean passes(ObjectChecker checker, String part) {
        var bytes = part.getBytes(StandardCharsets.UTF_8);
        try {
            checker.checkPathSegment(bytes, 0, bytes.length);
            return true;
        } catch (CorruptObjectException e) {
            return false;
        }
    }

    private static boolean isUnseen(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> FILLERS.indexOf(point) >= 0;
        };
    }

    private static String escape(int point) {
        return "\\u{" + HexFormat.of().toHexDigits(point, point > 0xffff ? 6 : 4) + "}";
    }

    @Override
    public String toString() {
        return value;
    }
}
