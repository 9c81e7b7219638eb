package io.taskweaver.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskweaver.client.Connection;
import io.taskweaver.client.Sources;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Submission;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;

/** What users deploy: each image alone, all of them together, and over an upgrade of what they stand on. */
@EnabledIfEnvironmentVariable(
        named = "TASKWEAVER_IMAGES_BUILT",
        matches = "true",
        disabledReason = "./verify -Pcontainers builds the images where there is a Docker engine, and says why if not")
class ImagesTest {
    private static final int PLANNER = 8101;
    private static final int EXECUTOR = 8102;
    private static final int INTERFACE = 8103;
    private static final int CONTEXT = 8104;
    private static final String NOBODY = "10001";

    @TempDir
    Path dir;

    @Test
    void each_image_alone_does_its_part_as_nobody_on_a_root_that_it_cannot_write() throws Exception {
        try (var cluster = Cluster.start(Images.kafka(), Images.registry())) {
            var submission = submission("Each alone");
            plannerAlone(cluster, submission);
            interfaceAlone(cluster, submission);
            contextAlone(cluster);
            executorAlone(cluster);
        }
    }

    private static void plannerAlone(Cluster cluster, Submission submission) throws Exception {
        var planner = cluster.service("planner", PLANNER);
        isHardened(planner, PLANNER, "/api/plans");
        try (var client = new TaskWeaver(cluster.connection(), InstantSource.system())) {
            client.submit(submission);
        }
        assertThat(count(cluster.connection(), Topics.COMPONENT_SPECIFIED, submission))
                .as("contracts that it asks for")
                .isPositive();
        planner.stop();
    }

    private static void interfaceAlone(Cluster cluster, Submission submission) throws Exception {
        var service = cluster.service("interface", INTERFACE);
        isHardened(service, INTERFACE, "/q/metrics");
        assertThat(count(cluster.connection(), Topics.CONTRACT_PUBLISHED, submission))
                .as("contracts")
                .isPositive();
        service.stop();
    }

    private static void contextAlone(Cluster cluster) throws Exception {
        var context = cluster.service("context", CONTEXT);
        isHardened(context, CONTEXT, "/q/metrics");
        context.stop();
    }

    private static void executorAlone(Cluster cluster) throws Exception {
        var simulator = cluster.simulator();
        var executor = cluster.service("executor", EXECUTOR);
        isHardened(executor, EXECUTOR, "/q/metrics");
        assertThat(executor.execInContainer("git", "--version").getExitCode()).isZero();
        assertThat(executor.execInContainer("javac", "-version").getExitCode()).isZero();
        try (var client = new TaskWeaver(cluster.connection(), InstantSource.system())) {
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(client.executors())
                            .singleElement()
                            .satisfies(known -> assertThat(known.agents()).contains("simulated"))
                            .satisfies(known -> assertThat(known.slots()).isEqualTo(8)));
        }
        executor.stop();
        simulator.stop();
    }

    /** Its health check was content already, or it would not have started. */
    private static void isHardened(GenericContainer<?> service, int port, String path) throws Exception {
        assertThat(service.execInContainer("id", "-u").getStdout().strip()).isEqualTo(NOBODY);
        assertThat(service.execInContainer("sh", "-c", "echo x > /app/x").getExitCode())
                .as("the root can be written")
                .isNotZero();
        assertThat(Cluster.answer(service, port, "/q/health/ready", "").status())
                .as("health asks for no token")
                .isEqualTo(200);
        assertThat(Cluster.answer(service, port, path, "").status())
                .as(path + " without a token")
                .isEqualTo(401);
        assertThat(Cluster.answer(service, port, path, Cluster.TOKEN).status())
                .as(path + " with a token")
                .isEqualTo(200);
    }

    @Test
    void plans_go_on_when_broker_and_registry_are_replaced_by_newer_versions() throws Exception {
        try (var cluster = Cluster.start(Images.kafkaBefore(), Images.registryBefore())) {
            var simulator = cluster.simulator();
            cluster.service("planner", PLANNER);
            cluster.service("interface", INTERFACE);
            var context = cluster.service("context", CONTEXT);
            cluster.service("executor", EXECUTOR);

            var before = submission("Before the upgrade");
            try (var client = client(cluster, context)) {
                client.submit(before);
                assertThat(client.follow(before.plan(), (event, view) -> {}).end())
                        .as("all images together")
                        .hasValueSatisfying(end -> assertThat(end).isInstanceOf(PlanEvent.PlanCompleted.class));
            }
            var creations = Cluster.creations(simulator);
            assertThat(creations)
                    .isNotEmpty()
                    .allSatisfy(count -> assertThat(count.asInt()).isOne());

            cluster.replaceServers(Images.kafka(), Images.registry());

            var after = submission("After the upgrade");
            try (var client = client(cluster, context)) {
                client.submit(after);
                assertThat(client.follow(after.plan(), (event, view) -> {}).end())
                        .as("after the upgrade")
                        .hasValueSatisfying(end -> assertThat(end).isInstanceOf(PlanEvent.PlanCompleted.class));
                assertThat(client.plans()).extracting(plan -> plan.id()).contains(before.plan(), after.plan());
                assertThat(client.mergedContext(before.plan()).files())
                        .as("files of the plan from before")
                        .isNotEmpty();
            }
            assertThat(Cluster.creations(simulator))
                    .hasSizeGreaterThan(creations.size())
                    .allSatisfy(count -> assertThat(count.asInt()).isOne());
        }
    }

    private static TaskWeaver client(Cluster cluster, GenericContainer<?> context) {
        var url = "http://" + context.getHost() + ":" + context.getMappedPort(CONTEXT);
        return new TaskWeaver(cluster.connection(url), InstantSource.system());
    }

    /** How many events of a plan there are, as soon as there is one. */
    private static int count(Connection connection, Topic<?> topic, Submission submission) {
        var count = new AtomicInteger();
        try (var client = new TaskWeaver(connection, InstantSource.system());
                var feed = client.events(List.of(topic), Optional.of(submission.plan()), true)) {
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                feed.poll(Duration.ofMillis(200)).stream()
                        .filter(received -> received.event().isPresent())
                        .forEach(received -> count.incrementAndGet());
                return count.get() > 0;
            });
        }
        return count.get();
    }

    /** A plan of its own of the example. */
    private Submission submission(String title) throws Exception {
        var example = Path.of("../examples/url-shortener");
        var document = Files.writeString(
                dir.resolve(title.replace(' ', '-') + ".md"),
                Files.readString(example.resolve("REQUIREMENTS.md")).replaceFirst("# .*", "# " + title));
        return TaskWeaver.read(Sources.of(document).structure(example.resolve("STRUCTURE.md")))
                .submission(PlanOptions.DEFAULT);
    }
}
