package io.taskweaver.wire.context;

import io.taskweaver.model.BaseCommit;
import io.taskweaver.model.Contract;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.Need;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The context of a plan, or of one of its tasks, at a version of the plan's code. Each fact says who contributed it.
 *
 * @param files paths that tasks or contracts changed; of a task, what it is shown
 * @param interfaces contracts of components; of a task, those that it implements or uses
 * @param dependencies what tasks need; of a task, its needs and what needs it
 * @param totals empty if the lists are whole
 */
public record ContextView(
        Metadata metadata,
        List<FileFact> files,
        Codebase codebase,
        Requirements requirements,
        List<InterfaceFact> interfaces,
        List<DependencyFact> dependencies,
        Optional<ListTotals> totals) {
    public ContextView {
        files = List.copyOf(files);
        interfaces = List.copyOf(interfaces);
        dependencies = List.copyOf(dependencies);
    }

    /** How many entries its lists have, or would have if they were whole. */
    public ListTotals counts() {
        return totals.orElseGet(() -> new ListTotals(
                files.size(),
                codebase.files().size(),
                requirements.tasks().size(),
                interfaces.size(),
                dependencies.size()));
    }

    /** The same with at most so many entries in each list, those of results included. */
    public ContextView limited(int limit) {
        var tasks = ListTotals.first(requirements.tasks(), limit).stream()
                .map(task -> task.limited(limit))
                .toList();
        boolean isWhole = !counts().exceed(limit) && tasks.equals(requirements.tasks());
        return isWhole
                ? this
                : new ContextView(
                        metadata,
                        ListTotals.first(files, limit),
                        new Codebase(
                                codebase.base(),
                                ListTotals.first(codebase.files(), limit),
                                codebase.conventions(),
                                codebase.by()),
                        new Requirements(
                                requirements.constraints(), requirements.boundaries(), tasks, requirements.by()),
                        ListTotals.first(interfaces, limit),
                        ListTotals.first(dependencies, limit),
                        Optional.of(counts()));
    }

    /**
     * What the context is of.
     *
     * @param task empty for that of the plan
     * @param title of the plan
     * @param version version of the plan's code
     * @param newest the newest version
     * @param commit head of the line at that version, full object name
     * @param tree its tree
     * @param at when that version was made
     * @param state of the plan, in one word: {@code active}, {@code completed}, {@code failed}, {@code cancelled} or {@code imported}
     * @param awaited on a task, what its context lacks; empty if it can start
     */
    public record Metadata(
            PlanId plan,
            Optional<TaskId> task,
            String title,
            long version,
            long newest,
            String commit,
            String tree,
            Instant at,
            String state,
            Optional<String> awaited) {
        private static final String ACTIVE = "active";
        private static final String IMPORTED = "imported";

        /** Whether the context was imported. */
        public boolean isImported() {
            return state.equals(IMPORTED);
        }

        /** Whether the plan runs. */
        public boolean isRunning() {
            return state.equals(ACTIVE);
        }
    }

    /**
     * A path.
     *
     * @param path relative to the root of the repository; as Git quotes it where it is not text in UTF-8
     * @param entry what it holds, with its hash; empty if it was deleted
     */
    public record FileFact(String path, Optional<FileEntry> entry, Contribution by) {}

    /**
     * The code that the plan started from.
     *
     * @param files its text files, those that the submission lists
     * @param conventions what it shows of how it is written
     */
    public record Codebase(BaseCommit base, List<CodeText> files, List<String> conventions, Contribution by) {
        public Codebase {
            files = List.copyOf(files);
            conventions = List.copyOf(conventions);
        }
    }

    /** A text file of the code base. */
    public record CodeText(String path, int characters) {}

    /**
     * What is asked for.
     *
     * @param constraints statements that bind every task
     * @param boundaries what must not be done
     */
    public record Requirements(
            List<String> constraints, List<String> boundaries, List<TaskFact> tasks, Contribution by) {
        public Requirements {
            constraints = List.copyOf(constraints);
            boundaries = List.copyOf(boundaries);
            tasks = List.copyOf(tasks);
        }
    }

    /**
     * A node of the plan.
     *
     * @param position in the plan's order
     * @param dependents titles of the tasks that wait for it, by id
     * @param state {@code planned}, {@code waiting} (its result waits to be merged), {@code merged}, {@code conflicted},
     *     {@code published} (a contract) or {@code done} (before the plan)
     * @param result what became of its result
     */
    public record TaskFact(
            Task task,
            int position,
            Map<String, String> dependents,
            String state,
            Optional<ResultFact> result,
            Contribution by) {
        public TaskFact {
            dependents = Collections.unmodifiableMap(new LinkedHashMap<>(dependents));
        }

        private TaskFact limited(int limit) {
            return new TaskFact(task, position, dependents, state, result.map(outcome -> outcome.limited(limit)), by);
        }
    }

    /**
     * What became of a result.
     *
     * @param version version of the plan's code that it made; 0 if it is not merged
     * @param commit of that version; empty if it is not merged
     * @param touched paths that it changed
     * @param united paths in which blocks of both sides were united
     * @param conflicts paths that conflict
     * @param reason how the plan's command fails with it
     */
    public record ResultFact(
            int attempt,
            long version,
            String commit,
            List<String> touched,
            List<String> united,
            List<String> conflicts,
            Optional<String> reason) {
        public ResultFact {
            touched = List.copyOf(touched);
            united = List.copyOf(united);
            conflicts = List.copyOf(conflicts);
        }

        private ResultFact limited(int limit) {
            return new ResultFact(
                    attempt,
                    version,
                    commit,
                    ListTotals.first(touched, limit),
                    ListTotals.first(united, limit),
                    ListTotals.first(conflicts, limit),
                    reason);
        }
    }

    /** The contract of a component. */
    public record InterfaceFact(TaskId node, Contract contract, Contribution by) {}

    /**
     * That a task needs another node.
     *
     * @param met whether what it needs is there
     */
    public record DependencyFact(TaskId task, Need need, boolean met, Contribution by) {}
}
