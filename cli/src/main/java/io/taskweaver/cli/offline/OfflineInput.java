package io.taskweaver.cli.offline;

import io.taskweaver.cli.CommandContext;
import io.taskweaver.cli.CommandFailure;
import io.taskweaver.cli.HelpHeading;
import io.taskweaver.client.InputFiles;
import io.taskweaver.client.InvalidInput;
import io.taskweaver.client.Sources;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.formats.ExchangeFormat;
import io.taskweaver.formats.TaskSources;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Submission;
import io.taskweaver.requirements.code.CodeMap;
import io.taskweaver.requirements.tasks.TaskList;
import io.taskweaver.scheduling.planning.TaskLists;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a command that runs nothing reads: files that are named, or what is piped in. */
@HelpHeading("Input and output")
final class OfflineInput {
    /** How create-structure begins a document. */
    private static final Pattern STRUCTURE = Pattern.compile("\\s*# Structure\\b(?: of .*)?\\s");

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description =
                    "Requirements documents (Markdown or plain text, UTF-8), a task list, the JSON output of another"
                            + " command, or a folder with a task list; - for standard input (default: standard input).")
    private List<Path> files = List.of();

    @Option(names = "--input-file", paramLabel = "FILE", description = "The same as FILE; can be repeated.")
    private List<Path> inputFiles = List.of();

    @Option(
            names = "--structure",
            paramLabel = "FILE",
            description = "STRUCTURE.md: components, interfaces, dependencies.")
    private @Nullable Path structure;

    @Option(
            names = "--code",
            paramLabel = "DIR",
            description = "Existing code base. Files that .gitignore excludes are left out.")
    private @Nullable Path code;

    private final CommandContext context;

    OfflineInput(CommandContext context) {
        this.context = context;
    }

    /**
     * Reads everything; notes about what was left out go to the error stream.
     *
     * @throws InvalidInput naming all that cannot be read
     */
    InputFiles read() {
        return read(sources());
    }

    private InputFiles read(Sources sources) {
        var read = InputFiles.read(sources);
        read.notes().forEach(this::note);
        return read;
    }

    /** Prints a note beside the result. */
    void note(String text) {
        context.err().println(text);
    }

    CommandContext context() {
        return context;
    }

    private Sources sources() {
        var named = new ArrayList<>(files);
        named.addAll(inputFiles);
        if (named.isEmpty()) {
            if (context.isInputTerminal())
                throw CommandFailure.badInput(
                        "No file is named, and nothing is piped in.", "Name a file, e.g. REQUIREMENTS.md.");
            named.add(Sources.STANDARD_INPUT);
        }
        return context.sources(named, structure, code);
    }

    /** Whether a code base was named. */
    boolean namesCode() {
        return code != null;
    }

    /** Whether a document was named; what is piped in is none. */
    boolean namesDocuments() {
        return !files.isEmpty() || !inputFiles.isEmpty();
    }

    /**
     * The map of the code base that was named; empty if there is none.
     *
     * @throws InvalidInput if it cannot be read
     */
    CodeMap codeMap() {
        return read(context.sources(List.of(), null, code)).map();
    }

    /** What was read, as it would be handed in; its plan's id derives from it. */
    Submission submission() {
        return submission(PlanOptions.DEFAULT);
    }

    /** The same with options. */
    Submission submission(PlanOptions options) {
        return submission(read(), options);
    }

    /** What has been read, as it would be handed in. */
    Submission submission(InputFiles read, PlanOptions options) {
        if (structure == null)
            for (var document : read.documents())
                if (STRUCTURE.matcher(document.content()).lookingAt())
                    note(document.path() + " reads as a STRUCTURE.md: its components become tasks. To plan requirements"
                            + " with it, name it with --structure, or pipe the output of create-structure --json.");
        return read.submission(options);
    }

    /**
     * The plan of what was read.
     *
     * @throws InvalidInput with all reasons, if there can be no plan
     */
    Plan plan() {
        return plan(PlanOptions.DEFAULT);
    }

    /** The same with options. */
    Plan plan(PlanOptions options) {
        return TaskWeaver.plan(submission(options));
    }

    /** What was read: a list of tasks as it is, else the plan of the documents. */
    sealed interface Tasks {
        /** Its tasks. */
        TaskList list();
    }

    /** A list. */
    record Listed(TaskList list) implements Tasks {}

    /** A plan, for lack of a list. */
    record Planned(Plan plan) implements Tasks {
        @Override
        public TaskList list() {
            return TaskLists.of(plan);
        }
    }

    /**
     * The tasks of what was read.
     *
     * @param format what lists are; empty to find out
     * @param tag which of several lists of one file; empty for the main one
     * @throws InvalidInput if nothing can be read, or there can be no plan
     */
    Tasks tasks(Optional<ExchangeFormat> format, String tag) {
        var sources = sources().tag(tag);
        var read = read(format.map(sources::format).orElse(sources));
        var listing = read.taskListing();
        if (listing.isEmpty()) return new Planned(TaskWeaver.plan(read.submission(PlanOptions.DEFAULT)));
        TaskSources.notes(listing.get().remarks()).forEach(this::note);
        return new Listed(listing.get().list());
    }
}
