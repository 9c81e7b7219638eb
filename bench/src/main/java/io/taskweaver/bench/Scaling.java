package io.taskweaver.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.event.Event;
import io.taskweaver.model.event.ExecutorHeartbeat;
import io.taskweaver.model.event.PlanEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * How well work spreads: 96 tasks that take an agent a second each, on so many executor processes of 4 slots, which have run
 * as many before. Prints one JSON object per line: {@code {executors, slots, tasks, wall_s, ideal_s, over_ideal, attempt_s, between_s, tasks_per_executor}}, of which {@code attempt_s} is what
 * an attempt takes its executor and {@code between_s} what passes in a slot between two, and last how soon an
 * executor that joins in the middle has work: {@code {joined_after_s, first_task_after_s}}. Usage: {@code Scaling
 * PROJECT_FOLDER [EXECUTORS...]}.
 */
public final class Scaling {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TASKS = 96;
    private static final int SLOTS = 4;

    /** Known to the executors as well, which are processes beside the runtime. */
    private static final String SIMULATOR_TOKEN = "token-of-the-benchmark";

    private Scaling() {}

    /** Entry point. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var project = Path.of(arguments[0]).toAbsolutePath();
        var counts = new ArrayList<Integer>();
        for (int i = 1; i < arguments.length; i++) counts.add(Integer.parseInt(arguments[i]));
        if (counts.isEmpty()) counts.addAll(List.of(1, 2, 4, 8));
        var environment = Map.of(
                "TASKWEAVER_SIMULATOR_TOKEN", SIMULATOR_TOKEN,
                "TASKWEAVER_EXECUTOR_ENABLED", "false",
                "TASKWEAVER_SIMULATOR_MIN_DURATION", "PT1S",
                "TASKWEAVER_SIMULATOR_MAX_DURATION", "PT1S");
        try (var runtime = LocalSystem.up(project, environment)) {
            for (int count : counts) System.out.println(measure(runtime, count));
            System.out.println(join(runtime));
        }
    }

    private static ObjectNode measure(LocalSystem runtime, int count) throws IOException, InterruptedException {
        try (var executors = new Executors(runtime);
                var taskWeaver = open(runtime)) {
            for (int i = 0; i < count; i++) executors.start("n" + count + "-" + i);
            executors.awaitLive(taskWeaver, count);
            // What processes that have just started do first takes them far longer than it ever does again.
            run(taskWeaver, "warm-" + count, new Watched());
            var watched = new Watched();
            run(taskWeaver, "scale-" + count, watched);
            double ideal = Math.ceil((double) TASKS / (count * SLOTS));
            var json = JSON.createObjectNode()
                    .put("executors", count)
                    .put("slots", SLOTS)
                    .put("tasks", TASKS)
                    .put("wall_s", BenchFigures.rounded(watched.seconds()))
                    .put("ideal_s", ideal)
                    .put("over_ideal", BenchFigures.rounded(watched.seconds() / ideal))
                    .put("attempt_s", BenchFigures.rounded(watched.attemptSeconds()))
                    .put(
                            "between_s",
                            BenchFigures.rounded(watched.seconds() * count * SLOTS / TASKS - watched.attemptSeconds()));
            var spread = json.putObject("tasks_per_executor");
            watched.tasks.forEach(spread::put);
            return json;
        }
    }

    /** An executor joins one that has work for half a minute. */
    private static ObjectNode join(LocalSystem runtime) throws IOException, InterruptedException {
        try (var executors = new Executors(runtime);
                var taskWeaver = open(runtime)) {
            executors.start("first");
            executors.awaitLive(taskWeaver, 1);
            var watched = new Watched();
            var runs = Thread.ofVirtual().start(() -> run(taskWeaver, "scale-join", watched));
            watched.some.await();
            var begun = Instant.now();
            executors.start("second");
            runs.join();
            var first = watched.first.get("second");
            return JSON.createObjectNode()
                    .put("joined_after_s", BenchFigures.rounded(seconds(watched.created(), begun)))
                    .put("first_task_after_s", first == null ? -1 : BenchFigures.rounded(seconds(begun, first)));
        }
    }

    private static TaskWeaver open(LocalSystem runtime) {
        return new TaskWeaver(runtime.connection(), InstantSource.system());
    }

    private static void run(TaskWeaver taskWeaver, String name, Watched watched) {
        var plan = new ListedPlan(new PlanId(name));
        for (int task = 0; task < TASKS; task++) plan.add("T" + task, 10, List.of());
        try {
            plan.run(taskWeaver, PlanOptions.DEFAULT.agent(), 0, watched::on);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was seen of a plan. */
    private static final class Watched {
        final Map<String, Integer> tasks = new TreeMap<>();
        final Map<String, Instant> first = new TreeMap<>();
        final CountDownLatch some = new CountDownLatch(8);
        private @Nullable Instant created;
        private @Nullable Instant ended;
        private Duration inAttempts = Duration.ZERO;

        void on(Event event) {
            switch (event) {
                case PlanEvent.PlanCreated e -> created = e.at();
                case PlanEvent.End e -> ended = e.at();
                case PlanEvent.TaskCompleted e -> inAttempts = inAttempts.plus(e.duration());
                case PlanEvent.TaskStarted e -> {
                    tasks.merge(e.executor(), 1, Integer::sum);
                    first.merge(e.executor(), e.at(), (one, other) -> one.isBefore(other) ? one : other);
                    some.countDown();
                }
                default -> {}
            }
        }

        Instant created() {
            if (created == null) throw new IllegalStateException("the plan's creation was not seen");
            return created;
        }

        /** Mean time from when an attempt was taken to when its outcome was known. */
        double attemptSeconds() {
            return inAttempts.toNanos() / 1e9 / TASKS;
        }

        double seconds() {
            if (ended == null) throw new IllegalStateException("the plan's end was not seen");
            return Scaling.seconds(created(), ended);
        }
    }

    /** Executor processes, ended with this. */
    private record Executors(LocalSystem runtime, List<Process> processes) implements AutoCloseable {
        Executors(LocalSystem runtime) {
            this(runtime, new ArrayList<>());
        }

        void start(String name) throws IOException {
            JsonNode file = runtime.file();
            var java = ProcessHandle.current().info().command().orElseThrow();
            var builder = new ProcessBuilder(
                            java,
                            "-Xmx200m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Dtaskweaver.registry.url=" + file.path("registry").asText(),
                            "-Dtaskweaver.context.url=" + file.path("http").asText(),
                            "-Dtaskweaver.access.token-file=" + runtime.token(),
                            "-Dtaskweaver.agent.simulated.url="
                                    + file.path("simulator").asText(),
                            "-Dtaskweaver.executor.id=" + name,
                            "-Dtaskweaver.executor.slots=" + SLOTS,
                            "-Dquarkus.http.port=0",
                            "-jar",
                            runtime.project()
                                    .resolve("executor-service/target/quarkus-app/quarkus-run.jar")
                                    .toString())
                    .redirectErrorStream(true)
                    .redirectOutput(runtime.dir().resolve(name + ".log").toFile());
            // By variables: everybody on the machine may read a command line.
            var settings = runtime.connection().settings();
            for (var setting : List.of("bootstrap.servers", "security.protocol", "sasl.mechanism", "sasl.jaas.config"))
                builder.environment()
                        .put("KAFKA_" + setting.toUpperCase(Locale.ROOT).replace('.', '_'), settings.get(setting));
            builder.environment().put("TASKWEAVER_AGENT_SIMULATED_TOKEN", SIMULATOR_TOKEN);
            builder.environment().put("TASKWEAVER_REGISTRY_USERNAME", settings.get("apicurio.registry.auth.username"));
            builder.environment().put("TASKWEAVER_REGISTRY_PASSWORD", settings.get("apicurio.registry.auth.password"));
            processes.add(builder.start());
        }

        void awaitLive(TaskWeaver taskWeaver, int count) throws InterruptedException {
            try (var feed = taskWeaver.follow(new PlanId("nothing"))) {
                while (feed.executors(Instant.now()).stream()
                                .filter(executor -> executor.state() == ExecutorHeartbeat.State.ACTIVE)
                                .count()
                        < count) feed.poll(Duration.ofMillis(100));
            }
        }

        @Override
        public void close() throws InterruptedException {
            processes.forEach(Process::destroy);
            for (var process : processes) process.waitFor();
        }
    }

    private static double seconds(Instant from, Instant to) {
        return BenchFigures.seconds(Duration.between(from, to));
    }
}
