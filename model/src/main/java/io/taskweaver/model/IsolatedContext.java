package io.taskweaver.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that one task is given to work with; what other running tasks do is not in it.
 *
 * @param planTitle title of the plan
 * @param task the task itself
 * @param constraints statements that bind every task
 * @param boundaries what must not be done
 * @param contracts contracts of the task's own component and of those it uses
 * @param files existing and merged files at hand: path to text, in the order of paths
 * @param dependents titles of the tasks that wait for this one, by id
 * @param neighbourhood what to know of the tasks around it
 * @param conventions what the code base that the plan started from shows of how it is written, one statement each
 * @param conflicts on a reconcile task, the files to bring together
 * @param version version of the plan's code that the files were taken from
 * @param code that version as a commit; empty where nothing runs
 * @param knownFailures failures of the plan's command that this version has, and that its result may have too
 */
@RecordBuilder
@RecordBuilder.Options(enableWither = false)
public record IsolatedContext(
        String planTitle,
        Task task,
        List<String> constraints,
        List<String> boundaries,
        List<Contract> contracts,
        Map<String, String> files,
        Map<String, String> dependents,
        Neighbourhood neighbourhood,
        List<String> conventions,
        List<FileConflict> conflicts,
        long version,
        Optional<CodeAt> code,
        List<String> knownFailures) {
    public IsolatedContext {
        constraints = List.copyOf(constraints);
        boundaries = List.copyOf(boundaries);
        contracts = List.copyOf(contracts);
        // Ordered, so that the same context always makes the same prompt.
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        dependents = Collections.unmodifiableMap(new LinkedHashMap<>(dependents));
        conventions = List.copyOf(conventions);
        conflicts = List.copyOf(conflicts);
        knownFailures = List.copyOf(knownFailures);
    }

    /** On code of which no failure is known. */
    public IsolatedContext(
            String planTitle,
            Task task,
            List<String> constraints,
            List<String> boundaries,
            List<Contract> contracts,
            Map<String, String> files,
            Map<String, String> dependents,
            Neighbourhood neighbourhood,
            List<String> conventions,
            List<FileConflict> conflicts,
            long version,
            Optional<CodeAt> code) {
        this(
                planTitle,
                task,
                constraints,
                boundaries,
                contracts,
                files,
                dependents,
                neighbourhood,
                conventions,
                conflicts,
                version,
                code,
                List.of());
    }

    /**
     * The same, its result checked by the plan's command where the task names none.
     *
     * @param command of the plan
     */
    public IsolatedContext checkedBy(Optional<String> command) {
        var own = task.checks();
        if (command.isEmpty() || own.command().isPresent()) return this;
        return IsolatedContextBuilder.builder(this)
                .task(task.toBuilder()
                        .checks(new Checks(command, own.outputs()))
                        .build())
                .build();
    }
}
