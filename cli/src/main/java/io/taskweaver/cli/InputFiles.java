package io.taskweaver.cli;

import io.taskweaver.client.CodeInventory;
import io.taskweaver.client.DocumentReader;
import io.taskweaver.client.exchange.ExchangeFormat;
import io.taskweaver.client.exchange.TaskFolder;
import io.taskweaver.client.exchange.TaskSources;
import io.taskweaver.domain.document.CodeFile;
import io.taskweaver.domain.document.Document;
import io.taskweaver.topics.Topics;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person named, read.
 *
 * @param documents in the order in which they were named
 * @param code inventory of the code base; empty if none was named
 * @param notes what to tell about what was left out
 */
public record InputFiles(
        List<Document> documents, Optional<Document> structure, List<CodeFile> code, List<String> notes) {
    /** Stands for what is piped in. */
    public static final Path STANDARD_INPUT = Path.of("-");

    private static final int MIB = 1024 * 1024;

    public InputFiles {
        documents = List.copyOf(documents);
        code = List.copyOf(code);
        notes = List.copyOf(notes);
    }

    /**
     * Reads everything.
     *
     * @throws CommandFailure naming all that can not be read
     */
    public static InputFiles read(
            List<Path> documents, @Nullable Path structure, @Nullable Path code, Surroundings surroundings) {
        return read(documents, structure, code, ListChoice.ANY, surroundings);
    }

    /**
     * How lists of tasks among the documents are read.
     *
     * @param format what they are; empty to find out
     * @param tag which of several lists of one file; empty for the main one
     */
    public record ListChoice(Optional<ExchangeFormat> format, String tag) {
        public static final ListChoice ANY = new ListChoice(Optional.empty(), "");
    }

    /**
     * Reads everything; lists of tasks, and folders that hold one, become tables that can be planned.
     *
     * @throws CommandFailure naming all that can not be read
     */
    public static InputFiles read(
            List<Path> documents,
            @Nullable Path structure,
            @Nullable Path code,
            ListChoice choice,
            Surroundings surroundings) {
        var problems = new ArrayList<String>();
        var notes = new ArrayList<String>();
        var read = new ArrayList<Document>();
        for (var document : documents) read.addAll(source(document, choice, surroundings, problems, notes));
        var structureDocument = Optional.ofNullable(structure).flatMap(file -> document(file, surroundings, problems));
        if (code != null && !Files.isDirectory(code))
            problems.add("--code " + code + (Files.exists(code) ? " is a file, not a directory." : " does not exist."));
        long size = read.stream().mapToLong(InputFiles::bytes).sum()
                + structureDocument.map(InputFiles::bytes).orElse(0L);
        if (size > Topics.MAX_SUBMISSION_BYTES)
            problems.add(String.format(
                    "The documents are %.1f MiB together; a submission may have %d MiB. Split them into several plans.",
                    (double) size / MIB, Topics.MAX_SUBMISSION_BYTES / MIB));
        if (!problems.isEmpty())
            throw new CommandFailure(ExitCode.BAD_INPUT, "The input can not be used.", problems, "");
        var files = code == null ? List.<CodeFile>of() : inventory(code, Topics.MAX_SUBMISSION_BYTES - size, notes);
        return new InputFiles(read, structureDocument, files, notes);
    }

    /** The documents that a path stands for. */
    private static List<Document> source(
            Path path, ListChoice choice, Surroundings surroundings, List<String> problems, List<String> notes) {
        int before = problems.size();
        var read = new ArrayList<Document>();
        for (var file : files(path, problems, notes))
            document(file, surroundings, problems).ifPresent(read::add);
        if (problems.size() > before || read.isEmpty()) return List.of();
        return switch (TaskSources.of(read, choice.format(), choice.tag())) {
            case TaskSources.Ready ready -> {
                notes.addAll(ready.notes());
                yield ready.documents();
            }
            case TaskSources.Unreadable unreadable -> {
                problems.add(unreadable.problem());
                yield List.of();
            }
        };
    }

    /** A file itself; the files of a folder that hold its list of tasks. */
    private static List<Path> files(Path path, List<String> problems, List<String> notes) {
        if (path.equals(STANDARD_INPUT) || !Files.isDirectory(path)) return List.of(path);
        return switch (TaskFolder.find(path)) {
            case TaskFolder.Found found -> {
                for (var other : found.others())
                    notes.add(other + " was not read; name it to read it instead of "
                            + found.files().getFirst() + ".");
                yield found.files();
            }
            case TaskFolder.Nothing nothing -> {
                problems.add(nothing.problem());
                yield List.of();
            }
        };
    }

    private static Optional<Document> document(Path file, Surroundings surroundings, List<String> problems) {
        var reading = file.equals(STANDARD_INPUT)
                ? DocumentReader.read(surroundings.in(), "standard input")
                : DocumentReader.read(file);
        return switch (reading) {
            case DocumentReader.Read read -> Optional.of(read.document());
            case DocumentReader.Refused refused -> {
                problems.add(refused.problem() + " " + refused.hint());
                yield Optional.empty();
            }
        };
    }

    private static List<CodeFile> inventory(Path code, long budget, List<String> notes) {
        try {
            var inventory = CodeInventory.read(code, budget);
            if (inventory.withoutContent() > 0)
                notes.add(inventory.withoutContent() + " files of " + code
                        + " are too large to hand in, and are listed without their content.");
            if (inventory.leftOut() > 0)
                notes.add(inventory.leftOut() + " files of " + code
                        + " are left out: the listing alone exceeds what a submission may have.");
            return inventory.files();
        } catch (UncheckedIOException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "The code base " + code + " can not be read: " + e.getMessage() + ".",
                    "Check its permissions.");
        }
    }

    private static long bytes(Document document) {
        return document.content().getBytes(StandardCharsets.UTF_8).length;
    }
}
