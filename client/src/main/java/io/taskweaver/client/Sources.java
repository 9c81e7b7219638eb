package io.taskweaver.client;

import io.taskweaver.formats.ExchangeFormat;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to read, by the paths of files.
 *
 * @param documents requirements documents, lists of tasks, or folders that hold one; {@link #STANDARD_INPUT} is what is
 *     piped in
 * @param structure STRUCTURE.md
 * @param code folder of the existing code base
 * @param format what lists of tasks among the documents are; empty to find out
 * @param tag which of several lists of one file; empty for the main one
 * @param standardInput what is piped in
 * @param without files of the code base that are not read
 */
public record Sources(
        List<Path> documents,
        Optional<Path> structure,
        Optional<Path> code,
        Optional<ExchangeFormat> format,
        String tag,
        InputStream standardInput,
        Set<Path> without) {
    /** Stands for what is piped in. */
    public static final Path STANDARD_INPUT = Path.of("-");

    public Sources {
        documents = List.copyOf(documents);
        without = Set.copyOf(without);
    }

    /** These documents, and nothing else. */
    public static Sources of(List<Path> documents) {
        return new Sources(documents, Optional.empty(), Optional.empty(), Optional.empty(), "", System.in, Set.of());
    }

    /** These documents, and nothing else. */
    public static Sources of(Path... documents) {
        return of(List.of(documents));
    }

    /** With a STRUCTURE.md. */
    public Sources structure(Path file) {
        return new Sources(documents, Optional.of(file), code, format, tag, standardInput, without);
    }

    /** With an existing code base; what its {@code .gitignore} excludes is left out. */
    public Sources code(Path folder) {
        return new Sources(documents, structure, Optional.of(folder), format, tag, standardInput, without);
    }

    /** With files of the code base that are left out too. */
    public Sources without(Set<Path> files) {
        return new Sources(documents, structure, code, format, tag, standardInput, files);
    }

    /** With lists of tasks in this format, not in the one that their content and path suggest. */
    public Sources format(ExchangeFormat known) {
        return new Sources(documents, structure, code, Optional.of(known), tag, standardInput, without);
    }

    /** With one of several lists of a file, by its name. */
    public Sources tag(String name) {
        return new Sources(documents, structure, code, format, name, standardInput, without);
    }

    /** With another stream for what is piped in. */
    public Sources standardInput(InputStream in) {
        return new Sources(documents, structure, code, format, tag, in, without);
    }
}
