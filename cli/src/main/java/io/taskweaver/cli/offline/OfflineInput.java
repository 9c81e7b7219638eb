package io.taskweaver.cli.offline;

import io.taskweaver.cli.CommandFailure;
import io.taskweaver.cli.ExitCode;
import io.taskweaver.cli.Surroundings;
import io.taskweaver.client.InputFiles;
import io.taskweaver.client.Sources;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.client.UnusableInput;
import io.taskweaver.client.exchange.ExchangeFormat;
import io.taskweaver.client.exchange.TaskSources;
import io.taskweaver.domain.code.CodeMap;
import io.taskweaver.domain.plan.Plan;
import io.taskweaver.domain.plan.PlanOptions;
import io.taskweaver.domain.plan.Submission;
import io.taskweaver.domain.plan.TaskLists;
import io.taskweaver.domain.tasks.TaskList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a command that runs nothing reads: files that are named, or what is piped in. */
public final class OfflineInput {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Requirements documents (Markdown or plain text in UTF-8), a list of tasks of this or another"
                    + " tool, or a folder that holds one (default: what is piped in).")
    private List<Path> files = List.of();

    @Option(names = "--input-file", paramLabel = "FILE", description = "The same, named as an option; may be repeated.")
    private List<Path> inputFiles = List.of();

    @Option(
            names = "--structure",
            paramLabel = "FILE",
            description = "STRUCTURE.md: components, interfaces, dependencies.")
    private @Nullable Path structure;

    @Option(
            names = "--code",
            paramLabel = "DIR",
            description = "Existing code base; what .gitignore excludes is left out.")
    private @Nullable Path code;

    /**
     * Reads everything; notes about what was left out go to the error stream.
     *
     * @throws UnusableInput naming all that can not be read
     */
    public InputFiles read(Surroundings surroundings) {
        return read(sources(surroundings), surroundings);
    }

    private static InputFiles read(Sources sources, Surroundings surroundings) {
        var read = InputFiles.read(sources);
        read.notes().forEach(surroundings.err()::println);
        return read;
    }

    private Sources sources(Surroundings surroundings) {
        var named = new ArrayList<>(files);
        named.addAll(inputFiles);
        if (named.isEmpty()) {
            if (surroundings.interactive())
                throw new CommandFailure(
                        ExitCode.BAD_INPUT,
                        "Nothing was named to read, and nothing is piped in.",
                        "Name a file, e.g. REQUIREMENTS.md.");
            named.add(Sources.STANDARD_INPUT);
        }
        return surroundings.sources(named, structure, code);
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
     * @throws UnusableInput if it can not be read
     */
    CodeMap codeMap(Surroundings surroundings) {
        return read(surroundings.sources(List.of(), null, code), surroundings).map();
    }

    /** What was read, as it would be handed in; its plan's id derives from it. */
    public Submission submission(Surroundings surroundings) {
        return read(surroundings).submission(PlanOptions.DEFAULT);
    }

    /**
     * The plan of what was read.
     *
     * @throws UnusableInput with all reasons, if there can be no plan
     */
    public Plan plan(Surroundings surroundings) {
        return TaskWeaver.plan(submission(surroundings));
    }

    /** What was read: a list of tasks as it is, else the plan of the documents. */
    public sealed interface Tasks {
        /** Its tasks. */
        TaskList list();
    }

    /** A list. */
    public record Listed(TaskList list) implements Tasks {}

    /** A plan, for lack of a list. */
    public record Planned(Plan plan) implements Tasks {
        @Override
        public TaskList list() {
            return TaskLists.of(plan);
        }
    }

    /**
     * The tasks of what was read.
     *
     * @throws UnusableInput if nothing can be read, or there can be no plan
     */
    public Tasks tasks(Surroundings surroundings) {
        return tasks(sources(surroundings), surroundings);
    }

    /**
     * The tasks of a list that is known to be of a format.
     *
     * @param format empty to find out
     * @param tag which of several lists of one file; empty for the main one
     * @throws UnusableInput if nothing can be read, or there can be no plan
     */
    Tasks tasks(Optional<ExchangeFormat> format, String tag, Surroundings surroundings) {
        var sources = sources(surroundings).tag(tag);
        return tasks(format.map(sources::format).orElse(sources), surroundings);
    }

    private static Tasks tasks(Sources sources, Surroundings surroundings) {
        var read = read(sources, surroundings);
        var listing = read.taskListing();
        if (listing.isEmpty()) return new Planned(TaskWeaver.plan(read.submission(PlanOptions.DEFAULT)));
        TaskSources.notes(listing.get().remarks()).forEach(surroundings.err()::println);
        return new Listed(listing.get().list());
    }
}
