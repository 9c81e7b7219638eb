package io.taskweaver.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.agents.IdleAgent;
import io.taskweaver.client.EventFeed;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.wire.EventKeys;
import io.taskweaver.wire.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;

/**
 * Whether anything grows under a steady load: every two seconds a plan of so many tasks that depend on nothing, for an agent
 * that does nothing. Prints a JSON line for each half minute, {@code {bench, second, offered_per_s, merged_per_s, p50_ms, p95_ms, worst_ms,
 * open, lag, rss_mb}}: latencies from when a task is issued to when its result is merged, {@code open} tasks between the two,
 * {@code lag} records that planner and context service have not read, {@code rss_mb} runtime and registry.
 *
 * <p>Usage: {@code Soak PROJECT_FOLDER [TASKS_PER_SECOND [MINUTES]]}.
 */
public final class Soak {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final Duration BETWEEN = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final List<String> GROUPS = List.of("taskweaver-planner", "taskweaver-context");

    private Soak() {}

    /** Entry point. */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        var project = Path.of(arguments[0]).toAbsolutePath();
        int rate = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
        int minutes = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10;
        var environment = Map.of("TASKWEAVER_AGENT_IDLE_ENABLED", "true", "TASKWEAVER_EXECUTOR_SLOTS", "64");
        try (var runtime = LocalSystem.up(project, environment);
                var admin = Admin.create(runtime.connection().cluster().admin("taskweaver-bench"));
                var taskWeaver = new TaskWeaver(runtime.connection(), InstantSource.system());
                var feed =
                        taskWeaver.events(List.of(Topics.TASK_READY, Topics.CONTEXT_MERGED), Optional.empty(), false)) {
            var begun = Instant.now();
            var submitting = Thread.ofPlatform().daemon().start(() -> submit(taskWeaver, rate, minutes));
            var seen = new Seen();
            while (submitting.isAlive()) {
                seen.until(feed, Instant.now().plus(WINDOW));
                System.out.println(seen.json()
                        .put("second", Duration.between(begun, Instant.now()).toSeconds())
                        .put("offered_per_s", rate)
                        .put("lag", lag(admin))
                        .put("rss_mb", runtime.residentMegabytes()));
            }
        }
    }

    private static void submit(TaskWeaver taskWeaver, int rate, int minutes) {
        long begun = System.nanoTime();
        int tasks = rate * Math.toIntExact(BETWEEN.toSeconds());
        try {
            for (int number = 0; number < Duration.ofMinutes(minutes).dividedBy(BETWEEN); number++) {
                var plan = new ListedPlan(new PlanId("soak-" + number));
                for (int task = 0; task < tasks; task++) plan.add("T" + task, 10, List.of());
                plan.submit(taskWeaver, IdleAgent.NAME, 0);
                long next = begun + BETWEEN.multipliedBy(number + 1L).toNanos();
                Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long lag(Admin admin) throws InterruptedException, ExecutionException {
        long lag = 0;
        for (var group : GROUPS) {
            var read = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            var wanted = new HashMap<org.apache.kafka.common.TopicPartition, OffsetSpec>();
            read.keySet().forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
            var ends = admin.listOffsets(wanted).all().get();
            for (var end : ends.entrySet()) {
                var offset = read.get(end.getKey());
                if (offset != null) lag += Math.max(0, end.getValue().offset() - offset.offset());
            }
        }
        return lag;
    }

    /** What was seen of tasks. */
    private static final class Seen {
        private final Map<String, Instant> open = new HashMap<>();
        private final List<Long> millis = new ArrayList<>();
        private Instant since = Instant.now();

        void until(EventFeed feed, Instant end) {
            while (Instant.now().isBefore(end))
                for (var received : feed.poll(POLL))
                    switch (received.event().orElse(null)) {
                        case PlanEvent.TaskReady ready -> open.putIfAbsent(key(ready), ready.at());
                        case PlanEvent.ContextMerged merged -> merged(merged);
                        case null, default -> {}
                    }
        }

        private void merged(PlanEvent.ContextMerged merged) {
            var issued = open.remove(key(merged));
            if (issued != null) millis.add(Duration.between(issued, merged.at()).toMillis());
        }

        private static String key(PlanEvent.OfAttempt event) {
            return EventKeys.planAnd(event.plan().value(), event.task().value());
        }

        /** Figures since the last time. */
        ObjectNode json() {
            var now = Instant.now();
            Collections.sort(millis);
            var json = JSON.createObjectNode()
                    .put("bench", "soak")
                    .put(
                            "merged_per_s",
                            Math.round(millis.size() * 1e4 / since.until(now).toMillis()) / 10.0);
            if (!millis.isEmpty())
                json.put("p50_ms", millis.get(millis.size() / 2))
                        .put("p95_ms", millis.get(millis.size() * 95 / 100))
                        .put("worst_ms", millis.getLast());
            millis.clear();
            since = now;
            return json.put("open", open.size());
        }
    }
}
