package io.taskweaver.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskweaver.agents.IdleAgent;
import io.taskweaver.client.EventFeed;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.event.Event;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.wire.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a plan gets slower as it gets larger: one plan of so many tasks that depend on nothing, for an agent that does
 * nothing. Prints a JSON line when a tenth of them has been merged, {@code {bench, tasks, merged, per_s, rss_mb}}: the rate
 * since the line before; {@code rss_mb} counts runtime and registry. The first line, with nothing merged, says in {@code
 * planned_s} how long it took from handing in to the plan's creation.
 *
 * <p>Usage: {@code LargePlan PROJECT_FOLDER [TASKS]}.
 */
public final class LargePlan {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(100);

    private LargePlan() {}

    /** Entry point. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var project = Path.of(arguments[0]).toAbsolutePath();
        int tasks = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
        var environment = Map.of("TASKWEAVER_AGENT_IDLE_ENABLED", "true", "TASKWEAVER_EXECUTOR_SLOTS", "64");
        try (var runtime = LocalSystem.up(project, environment);
                var taskWeaver = new TaskWeaver(runtime.connection(), InstantSource.system());
                var feed = taskWeaver.events(
                        List.of(
                                Topics.PLAN_CREATED,
                                Topics.CONTEXT_MERGED,
                                Topics.PLAN_COMPLETED,
                                Topics.PLAN_FAILED,
                                Topics.REQUIREMENTS_REJECTED),
                        Optional.empty(),
                        false)) {
            var plan = new ListedPlan(new PlanId("large"));
            for (int task = 0; task < tasks; task++) plan.add("T" + task, 10, List.of());
            new Seen(runtime, tasks, Instant.now()).follow(feed, plan, taskWeaver);
        }
    }

    /** What was seen of the plan. */
    private static final class Seen {
        private final LocalSystem runtime;
        private final int tasks;
        private final int tenth;
        private Instant since;
        private int merged;
        private boolean completed;

        Seen(LocalSystem runtime, int tasks, Instant since) {
            this.runtime = runtime;
            this.tasks = tasks;
            this.tenth = Math.max(1, tasks / 10);
            this.since = since;
        }

        void follow(EventFeed feed, ListedPlan plan, TaskWeaver taskWeaver) throws IOException {
            plan.submit(taskWeaver, IdleAgent.NAME, 0);
            while (!completed)
                for (var received : feed.poll(POLL)) on(received.event().orElse(null));
        }

        private void on(@Nullable Event event) {
            switch (event) {
                case PlanEvent.PlanCreated created -> {
                    // Its own time is when planning began.
                    var at = Instant.now();
                    print("planned_s", Duration.between(since, at).toMillis() / 1e3);
                    since = at;
                }
                case PlanEvent.ContextMerged result -> {
                    if (++merged % tenth == 0) tell(Instant.now());
                }
                case PlanEvent.PlanCompleted end -> completed = true;
                case PlanEvent.PlanFailed failed -> throw new IllegalStateException("the plan failed");
                case PlanEvent.RequirementsRejected rejected ->
                    throw new IllegalStateException("the plan was rejected");
                case null, default -> {}
            }
        }

        private void print(String name, double figure) {
            System.out.println(JSON.createObjectNode()
                    .put("bench", "large")
                    .put("tasks", tasks)
                    .put("merged", merged)
                    .put(name, figure)
                    .put("rss_mb", runtime.residentMegabytes()));
        }

        private void tell(Instant at) {
            print("per_s", Math.round(tenth * 1e4 / Duration.between(since, at).toMillis()) / 10.0);
            since = at;
        }
    }
}
