package io.taskweaver.contexts;

import io.taskweaver.contracts.ContractWriter;
import io.taskweaver.model.CodeFile;
import io.taskweaver.model.Contract;
import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.Need;
import io.taskweaver.model.Plan;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Isolated contexts of a plan that nobody runs: contracts are written from their specifications, files are those of the
 * code base. What a running plan adds to that are the merged results of earlier tasks.
 */
public final class PlannedContexts {
    private final Plan plan;
    private final RelevantCode relevantCode;
    private final List<RelevantCode.Candidate> candidates;
    private final List<String> conventions;
    private final Map<String, String> code = new HashMap<>();
    private final Map<TaskId, Task> tasks = new HashMap<>();
    private final Map<TaskId, Contract> contracts = new HashMap<>();
    private final Map<String, TaskId> nodes = new HashMap<>();

    /**
     * @param code the code base that the plan starts from
     * @param relevantCode how much of it a task is shown
     */
    public PlannedContexts(Plan plan, List<CodeFile> code, RelevantCode relevantCode) {
        this.plan = plan;
        this.relevantCode = relevantCode;
        this.conventions = Conventions.of(code);
        code.forEach(file -> file.content().ifPresent(text -> this.code.put(file.path(), text)));
        this.candidates = code.stream()
                .flatMap(file ->
                        file.content().stream().map(text -> new RelevantCode.Candidate(file.path(), text.length())))
                .toList();
        plan.tasks().forEach(task -> tasks.put(task.id(), task));
        for (var spec : plan.components()) {
            contracts.put(spec.node(), ContractWriter.write(spec, 1));
            nodes.put(spec.name(), spec.node());
        }
    }

    /** What the task is given; empty if the plan has no such task. */
    public Optional<IsolatedContext> of(TaskId id) {
        return Optional.ofNullable(tasks.get(id)).map(this::context);
    }

    private IsolatedContext context(Task task) {
        var given = new LinkedHashMap<String, Contract>();
        for (var need : task.needs())
            if (need.kind() == Need.Kind.CONTRACT)
                Optional.ofNullable(contracts.get(need.on()))
                        .ifPresent(contract -> given.put(contract.component(), contract));
        task.component()
                .flatMap(component -> Optional.ofNullable(nodes.get(component)))
                .flatMap(node -> Optional.ofNullable(contracts.get(node)))
                .ifPresent(contract -> given.put(contract.component(), contract));
        var files = new HashMap<String, String>();
        task.expectedFiles().forEach(path -> take(path, files));
        relevantCode.pick(task, candidates).forEach(path -> take(path, files));
        given.values().forEach(contract -> contract.files().forEach(file -> files.remove(file.path())));
        var dependents = new LinkedHashMap<String, String>();
        for (var waiting : task.unlocks())
            dependents.put(
                    waiting.value(),
                    Optional.ofNullable(tasks.get(waiting)).map(Task::title).orElse(waiting.value()));
        return new IsolatedContext(
                plan.title(),
                task,
                plan.constraints(),
                plan.boundaries(),
                List.copyOf(given.values()),
                files,
                dependents,
                Neighbours.of(task, other -> Optional.ofNullable(tasks.get(other))),
                conventions,
                List.of(),
                0,
                Optional.empty());
    }

    private void take(String path, Map<String, String> files) {
        var text = code.get(path);
        if (text != null) files.put(path, text);
    }
}
