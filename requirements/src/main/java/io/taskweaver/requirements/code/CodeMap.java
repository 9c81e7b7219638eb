package io.taskweaver.requirements.code;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A code base: what its files declare and use.
 *
 * @param files those of a language that is read, sorted by path
 * @param others paths of all other files, sorted
 * @param skipped files of a language that is read which were not, sorted by path
 */
public record CodeMap(List<SourceFile> files, List<String> others, List<Skipped> skipped) {
    public static final CodeMap EMPTY = new CodeMap(List.of(), List.of(), List.of());

    /** A file that was not read, and why. */
    public record Skipped(String path, Reason reason) {}

    /** Why a file was not read. */
    public enum Reason {
        TOO_LARGE("exceeds the size limit"),
        NOT_TEXT("not text in UTF-8"),
        UNREADABLE("cannot be opened"),
        NO_PARSER("there is no parser for this platform");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /** For a person. */
        public String words() {
            return words;
        }
    }

    public CodeMap {
        files = files.stream().sorted(Comparator.comparing(SourceFile::path)).toList();
        others = others.stream().sorted().toList();
        skipped = skipped.stream().sorted(Comparator.comparing(Skipped::path)).toList();
    }

    /** Whether nothing is known: there is no code, or none that is read. */
    public boolean isEmpty() {
        return files.isEmpty();
    }

    /** Paths of all files, read or not. */
    public List<String> paths() {
        var paths = new ArrayList<>(others);
        files.forEach(file -> paths.add(file.path()));
        skipped.forEach(file -> paths.add(file.path()));
        return paths;
    }
}
