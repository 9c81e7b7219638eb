package io.taskweaver.cli;

import io.taskweaver.client.CodeInventory;
import io.taskweaver.client.DocumentReader;
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
        var problems = new ArrayList<String>();
        var read = new ArrayList<Document>();
        for (var document : documents)
            document(document, surroundings, problems).ifPresent(read::add);
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
        var notes = new ArrayList<String>();
        var files = code == null ? List.<CodeFile>of() : inventory(code, Topics.MAX_SUBMISSION_BYTES - size, notes);
        return new InputFiles(read, structureDocument, files, notes);
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
