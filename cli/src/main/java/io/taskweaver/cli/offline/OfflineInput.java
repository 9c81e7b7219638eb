package io.taskweaver.cli.offline;

import io.taskweaver.cli.CommandFailure;
import io.taskweaver.cli.ExitCode;
import io.taskweaver.cli.InputFiles;
import io.taskweaver.cli.OfflinePlan;
import io.taskweaver.cli.Surroundings;
import io.taskweaver.client.exchange.TaskSources;
import io.taskweaver.domain.code.CodeMap;
import io.taskweaver.domain.plan.Plan;
import io.taskweaver.domain.plan.PlanIds;
import io.taskweaver.domain.plan.PlanOptions;
import io.taskweaver.domain.plan.Submission;
import io.taskweaver.domain.plan.TaskLists;
import io.taskweaver.domain.tasks.TaskCsv;
import io.taskweaver.domain.tasks.TaskList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
     * @throws CommandFailure naming all that can not be read
     */
    public InputFiles read(Surroundings surroundings) {
        return read(InputFiles.ListChoice.ANY, surroundings);
    }

    private InputFiles read(InputFiles.ListChoice choice, Surroundings surroundings) {
        var named = new ArrayList<>(files);
        named.addAll(inputFiles);
        if (named.isEmpty()) {
            if (surroundings.interactive())
                throw new CommandFailure(
                        ExitCode.BAD_INPUT,
                        "Nothing was named to read, and nothing is piped in.",
                        "Name a file, e.g. REQUIREMENTS.md.");
            named.add(InputFiles.STANDARD_INPUT);
        }
        var read = InputFiles.read(named, structure, code, choice, surroundings);
        read.notes().forEach(surroundings.err()::println);
        return read;
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
     * The map of the code base that was named.
     *
     * @throws CommandFailure if there is none or it can not be read
     */
    CodeMap codeMap(Surroundings surroundings) {
        var read = InputFiles.read(List.of(), null, code, surroundings);
        read.notes().forEach(surroundings.err()::println);
        return read.map();
    }

    /** What was read, as it would be handed in; its plan's id derives from it. */
    public Submission submission(Surroundings surroundings) {
        return submission(read(surroundings));
    }

    private static Submission submission(InputFiles read) {
        var options = PlanOptions.DEFAULT;
        return new Submission(
                PlanIds.derive(read.documents(), read.structure(), read.code(), options),
                read.documents(),
                read.structure(),
                read.code(),
                read.findings(),
                options);
    }

    /**
     * The plan of what was read.
     *
     * @throws CommandFailure with all reasons, if there can be no plan
     */
    public Plan plan(Surroundings surroundings) {
        return OfflinePlan.of(submission(surroundings));
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
     * @param choice how a list is read
     * @throws CommandFailure if nothing can be read, or there can be no plan
     */
    public Tasks tasks(InputFiles.ListChoice choice, Surroundings surroundings) {
        var read = read(choice, surroundings);
        boolean isList = read.documents().size() == 1
                && TaskCsv.isTaskList(read.documents().getFirst().content());
        if (!isList) return new Planned(OfflinePlan.of(submission(read)));
        var listing = TaskCsv.read(read.documents().getFirst());
        TaskSources.notes(listing.remarks()).forEach(surroundings.err()::println);
        return new Listed(listing.list());
    }
}
