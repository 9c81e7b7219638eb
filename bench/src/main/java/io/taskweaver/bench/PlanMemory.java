package io.taskweaver.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.dispatch.Attempts;
import io.taskweaver.scheduling.dispatch.Change;
import io.taskweaver.scheduling.dispatch.Node;
import io.taskweaver.scheduling.dispatch.PlanProgress;
import io.taskweaver.scheduling.dispatch.TaskState;
import java.lang.ref.Reference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the planner keeps in memory of a plan under way, all else being in its store: the heap that a {@link PlanProgress} of so
 * many tasks takes, after a collection. Prints a JSON line for each shape, {@code {bench, shape, tasks, bytes_new,
 * bytes_running, bytes_merged}}: bytes per task when nothing has happened, when every task runs, and when all are merged.
 *
 * <p>Usage: {@code PlanMemory [TASKS]}.
 */
public final class PlanMemory {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LAYER = 100;
    private static final int NEEDS = 3;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private PlanMemory() {}

    /** Entry point. */
    public static void main(String[] arguments) {
        int tasks = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        measure("independent", tasks, 0);
        measure("layered", tasks, NEEDS);
    }

    private static void measure(String shape, int tasks, int needs) {
        long before = BenchFigures.heap();
        var progress = new PlanProgress(new PlanId(shape), PlanOptions.DEFAULT, nodes(tasks, needs), START);
        long made = BenchFigures.heap();
        // Texts that come from records are not shared by the states that hold them.
        for (int task = 0; task < tasks; task++)
            move(
                    progress,
                    task,
                    new TaskState.Running(
                            Attempts.FIRST, START.plusMillis(task), "executor-" + task % 8, START.plusMillis(task)));
        long running = BenchFigures.heap();
        for (int task = 0; task < tasks; task++)
            move(progress, task, new TaskState.Merged(Attempts.FIRST, START.plusSeconds(task)));
        long merged = BenchFigures.heap();
        Reference.reachabilityFence(progress);
        System.out.println(JSON.createObjectNode()
                .put("bench", "memory")
                .put("shape", shape)
                .put("tasks", tasks)
                .put("bytes_new", (made - before) / tasks)
                .put("bytes_running", (running - before) / tasks)
                .put("bytes_merged", (merged - before) / tasks));
    }

    /** Tasks in layers of a hundred, each needing so many of the layer before. */
    private static List<Node> nodes(int tasks, int needs) {
        var nodes = new ArrayList<Node>(tasks);
        for (int task = 0; task < tasks; task++) {
            var on = new ArrayList<TaskId>();
            for (int need = 0; need < needs && task >= LAYER; need++)
                on.add(id((task / LAYER - 1) * LAYER + (task + need) % LAYER));
            nodes.add(new Node(id(task), Task.Kind.WORK, 10, on, false, Optional.empty(), Set.of()));
        }
        return nodes;
    }

    private static void move(PlanProgress progress, int task, TaskState state) {
        progress.apply(new Change.TaskMoved(id(task), state));
    }

    private static TaskId id(int task) {
        return new TaskId("T" + task);
    }
}
