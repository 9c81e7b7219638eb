package io.taskweaver.client;

import io.taskweaver.client.codemap.CodeMapper;
import io.taskweaver.formats.TaskFolder;
import io.taskweaver.formats.TaskSources;
import io.taskweaver.model.CodeFile;
import io.taskweaver.model.Document;
import io.taskweaver.model.Finding;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Submission;
import io.taskweaver.model.Verdict;
import io.taskweaver.model.storage.StorageFailure;
import io.taskweaver.reports.Counts;
import io.taskweaver.requirements.code.CodeMap;
import io.taskweaver.requirements.gap.GapReport;
import io.taskweaver.requirements.tasks.TaskCsv;
import io.taskweaver.requirements.tasks.TaskListing;
import io.taskweaver.scheduling.planning.PlanIds;
import io.taskweaver.scheduling.planning.SubmissionLimits;
import io.taskweaver.wire.Topics;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a person named, read.
 *
 * @param documents in the order in which they were named
 * @param sources the documents as they were read: a list of tasks before it became a table
 * @param code inventory of the code base; empty if none was named
 * @param map what the code base declares
 * @param gaps what the code says about the documents
 * @param notes what to tell about what was left out
 */
public record InputFiles(
        List<Document> documents,
        Optional<Document> structure,
        List<Document> sources,
        List<CodeFile> code,
        CodeMap map,
        GapReport gaps,
        List<String> notes) {
    private static final int FINDING_BYTES = 200;

    public InputFiles {
        documents = List.copyOf(documents);
        sources = List.copyOf(sources);
        code = List.copyOf(code);
        notes = List.copyOf(notes);
    }

    /**
     * Reads everything; lists of tasks, and folders that hold one, become tables that can be planned.
     *
     * @throws InvalidInput naming all that cannot be read
     */
    public static InputFiles read(Sources sources) {
        var problems = new ArrayList<String>();
        var notes = new ArrayList<String>();
        var read = new ArrayList<Document>();
        var asTheyAre = new ArrayList<Document>();
        for (var document : sources.documents()) read.addAll(source(document, sources, asTheyAre, problems, notes));
        var structure = sources.structure().flatMap(file -> document(file, sources, problems, notes));
        sources.code()
                .filter(folder -> !Files.isDirectory(folder))
                .ifPresent(folder -> problems.add("The code base " + folder
                        + (Files.exists(folder) ? " is a file, not a directory." : " does not exist.")));
        long size = read.stream().mapToLong(InputFiles::bytes).sum()
                + structure.map(InputFiles::bytes).orElse(0L);
        for (var refusal : SubmissionLimits.DEFAULT.refused(read, structure))
            problems.add(refusal.message() + " " + refusal.hint());
        if (!problems.isEmpty()) throw new InvalidInput("The input cannot be used.", problems);
        if (sources.code().isEmpty())
            return new InputFiles(read, structure, asTheyAre, List.of(), CodeMap.EMPTY, GapReport.NONE, notes);
        var code = sources.code().get();
        var folder = folder(code).without(sources.without());
        var map = CodeMapper.map(folder);
        if (!map.skipped().isEmpty()) notes.add(skipped(map.skipped(), code));
        var gaps = TaskWeaver.analyze(read, structure, map);
        var files = inventory(code, folder, Topics.MAX_SUBMISSION_BYTES - size - bytes(gaps), notes);
        return new InputFiles(read, structure, asTheyAre, files, map, gaps, notes);
    }

    /** The documents that a path stands for. */
    private static List<Document> source(
            Path path, Sources sources, List<Document> asTheyAre, List<String> problems, List<String> notes) {
        int before = problems.size();
        var read = new ArrayList<Document>();
        for (var file : files(path, problems, notes))
            document(file, sources, problems, notes).ifPresent(read::add);
        if (problems.size() > before || read.isEmpty()) return List.of();
        asTheyAre.addAll(read);
        return switch (TaskSources.of(read, sources.format(), sources.tag())) {
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
        if (path.equals(Sources.STANDARD_INPUT) || !Files.isDirectory(path)) return List.of(path);
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

    private static Optional<Document> document(Path file, Sources sources, List<String> problems, List<String> notes) {
        var reading = file.equals(Sources.STANDARD_INPUT)
                ? DocumentReader.read(sources.standardInput(), "standard input")
                : DocumentReader.read(file);
        return switch (reading) {
            case DocumentReader.Read read -> {
                read.note().ifPresent(notes::add);
                yield Optional.of(read.document());
            }
            case DocumentReader.Refused refused -> {
                problems.add(refused.problem() + " " + refused.hint());
                yield Optional.empty();
            }
        };
    }

    /** What was read, as it would be handed in; the plan's id derives from it. */
    public Submission submission(PlanOptions options) {
        return submission(PlanIds.derive(documents, structure, code, options), options);
    }

    /** What was read, as it would be handed in for a plan of this id. */
    public Submission submission(PlanId plan, PlanOptions options) {
        return new Submission(plan, documents, structure, code, findings(), options);
    }

    /** The list of tasks that was read; empty if what was read are documents. */
    public Optional<TaskListing> taskListing() {
        return documents.size() == 1 && TaskCsv.isTaskList(documents.getFirst().content())
                ? Optional.of(TaskCsv.read(documents.getFirst()))
                : Optional.empty();
    }

    /** What of the gaps goes with a submission: findings that change a plan. */
    private List<Finding> findings() {
        return carried(gaps).toList();
    }

    private static Stream<Finding> carried(GapReport gaps) {
        return gaps.requirements().stream().filter(finding -> finding.verdict() != Verdict.MISSING);
    }

    /** What the findings take up in a submission, rounded up. */
    private static long bytes(GapReport gaps) {
        return carried(gaps)
                .mapToLong(finding -> FINDING_BYTES
                        + 3L * (finding.title().length() + finding.because().length())
                        + 3L * finding.places().length())
                .sum();
    }

    private static String skipped(List<CodeMap.Skipped> skipped, Path code) {
        var reasons = new TreeMap<CodeMap.Reason, Integer>();
        skipped.forEach(file -> reasons.merge(file.reason(), 1, Integer::sum));
        var counts = reasons.entrySet().stream()
                .map(reason -> reason.getValue() + " (" + reason.getKey().words() + ")")
                .collect(Collectors.joining(", "));
        return "Source files of " + code + " that were not read: " + counts + ".";
    }

    private static CodeFolder folder(Path code) {
        try {
            return CodeFolder.read(code);
        } catch (UncheckedIOException e) {
            throw unreadable(code, e);
        }
    }

    private static InvalidInput unreadable(Path code, UncheckedIOException e) {
        var cause = Objects.requireNonNull(e.getCause());
        return new InvalidInput(
                "The code base " + code + " cannot be read.",
                List.of(StorageFailure.cause(cause) + ". " + StorageFailure.remedy(cause, "Check its permissions.")));
    }

    private static List<CodeFile> inventory(Path code, CodeFolder folder, long budget, List<String> notes) {
        try {
            var inventory = CodeInventory.of(folder, budget);
            if (inventory.withoutContent() > 0)
                notes.add(Counts.of(inventory.withoutContent(), "file") + " of " + code
                        + " too large to submit: listed without content.");
            if (inventory.leftOut() > 0)
                notes.add(Counts.of(inventory.leftOut(), "file") + " of " + code
                        + " left out: the list alone exceeds the limit of a submission.");
            return inventory.files();
        } catch (UncheckedIOException e) {
            throw unreadable(code, e);
        }
    }

    private static long bytes(Document document) {
        return document.content().getBytes(StandardCharsets.UTF_8).length;
    }
}
