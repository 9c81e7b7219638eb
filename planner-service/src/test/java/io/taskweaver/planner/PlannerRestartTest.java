package io.taskweaver.planner;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskweaver.runtime.embedded.EmbeddedBroker;
import io.taskweaver.wire.Topics;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The planner in a process of its own, killed without warning, on a real broker. */
final class PlannerRestartTest {
    private static final int LAYERS = 30;
    private static final int WIDTH = 20;
    private static final int KILLS = 3;

    @TempDir
    Path folder;

    @Test
    void a_planner_that_is_killed_again_and_again_loses_nothing_and_ends_the_plan_once_whatever_another_one_cannot_say()
            throws Exception {
        try (var broker = EmbeddedBroker.start(folder.resolve("kafka"))) {
            var settings = broker.clientSettings();
            // Nothing that is to be said of how a plan stands fits into a message.
            TestTopics.create(settings, Map.of(Topics.PLAN_STANDING, 100));
            try (var world = new World(settings, 8)) {
                var planner = start(settings);
                world.send(
                        Topics.REQUIREMENTS_SUBMITTED,
                        "held",
                        SomeEvents.submitted(SomePlans.submission("held", PlannerStory.OPTIONS, "gated-a")));
                world.send(
                        Topics.REQUIREMENTS_SUBMITTED,
                        "shop",
                        SomeEvents.submitted(SomePlans.submission("shop", PlannerStory.OPTIONS, layers())));
                for (int kill = 1; kill <= KILLS; kill++) {
                    int enough = kill * LAYERS * WIDTH / (KILLS + 2);
                    await().atMost(60, SECONDS).until(() -> world.merged.size() >= enough);
                    planner.destroyForcibly().waitFor();
                    assertThat(world.completed).isEmpty();
                    planner = start(settings);
                }
                await().atMost(60, SECONDS).until(() -> !world.completed.isEmpty());
                planner.destroyForcibly().waitFor();

                assertThat(world.setAside).containsExactly("too-large plan-standing");
                assertThat(world.completed.getFirst().getDone()).isEqualTo(LAYERS * WIDTH);
                assertThat(world.completed.getFirst().getRetried()).isZero();
                assertThat(world.completed)
                        .allMatch(end -> end.getMeta()
                                .getEventId()
                                .equals(world.completed.getFirst().getMeta().getEventId()));
                var first = new HashSet<String>();
                for (var ready : world.ready)
                    assertThat(first.add(ready.getTaskId() + "/" + ready.getAttempt()) || ready.getReissued())
                            .as("%s was issued a second time as if it were the first", ready)
                            .isTrue();
                assertThat(first).hasSize(LAYERS * WIDTH);
            }
        }
    }

    private Process start(Map<String, String> broker) {
        return PlannerProcess.start(broker, folder.resolve("state"), Path.of("target/killed-planner.log"));
    }

    /** Each task of a layer needs three of the layer before. */
    private static String[] layers() {
        return IntStream.range(0, LAYERS * WIDTH)
                .mapToObj(i -> {
                    int layer = i / WIDTH;
                    if (layer == 0) return "t" + i + ":";
                    int before = (layer - 1) * WIDTH;
                    return "t" + i + ": t" + (before + i % WIDTH) + " t" + (before + (i + 1) % WIDTH) + " t"
                            + (before + (i + 7) % WIDTH);
                })
                .toArray(String[]::new);
    }
}
