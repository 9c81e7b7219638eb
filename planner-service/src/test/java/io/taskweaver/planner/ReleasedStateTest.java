package io.taskweaver.planner;

import static io.taskweaver.planner.SomeEvents.completed;
import static io.taskweaver.planner.SomeEvents.conflicted;
import static io.taskweaver.planner.SomeEvents.failed;
import static io.taskweaver.planner.SomeEvents.merged;
import static io.taskweaver.planner.SomeEvents.published;
import static io.taskweaver.planner.SomeEvents.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.events.FailureKind;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.testing.KeptRecords;
import io.taskweaver.wire.testing.KeptRecords.Kept;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A planner continues the plans that any release left. */
final class ReleasedStateTest {
    private static final Path RELEASED = Path.of("src/test/resources/released");

    @TempDir
    Path folder;

    static List<Path> releases() throws Exception {
        return KeptRecords.of(RELEASED, ReleasedStateTest::make);
    }

    /** A plan in the middle, with tasks in as many states as there are, and submissions that were refused and ended. */
    private static List<Kept> make() throws Exception {
        try (var story = new PlannerStory(Files.createTempDirectory("release"))) {
            story.executors(100)
                    .submitted("no", "reject")
                    .submitted("done", "a")
                    .sent(completed("done", "a", 1), merged("done", "a", 1))
                    .submitted("gone", "a")
                    .sent(SomeEvents.cancel("gone"))
                    .submitted("shop", "@api", "a: api", "b: a", "c: a", "d: a", "e: a", "gated-f: a", "g: b", "h", "i")
                    .sent(published("shop", "api"), started("shop", "a", 1), completed("shop", "a", 1))
                    .sent(merged("shop", "a", 1))
                    .sent(started("shop", "b", 1), completed("shop", "b", 1))
                    .sent(started("shop", "c", 1), completed("shop", "c", 1), conflicted("shop", "c", 1))
                    .sent(failed("shop", "d", 1, FailureKind.NEEDS_INPUT))
                    .sent(failed("shop", "e", 1, FailureKind.INFRA_FAILED))
                    .sent(started("shop", "h", 1), SomeEvents.pause("shop"));
            return story.kept().stream()
                    .map(entry -> new Kept(entry.key.getBytes(StandardCharsets.UTF_8), entry.value))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void a_planner_continues_what_a_release_kept(Path release) throws Exception {
        try (var story = new PlannerStory(folder)) {
            story.startedOn(KeptRecords.read(release)).executors(100);
            assertThat(story.status("no").status()).isEqualTo("rejected");
            assertThat(story.status("done").status()).isEqualTo("completed");
            assertThat(story.status("gone").status()).isEqualTo("cancelled");
            assertThat(story.status("shop").status()).isEqualTo("paused");

            story.sent(
                            SomeEvents.resume("shop"),
                            merged("shop", "b", 1),
                            completed("shop", "h", 1),
                            merged("shop", "h", 1))
                    .sent(merged("shop", "c-reconcile-1", 1), merged("shop", "i", 1))
                    .sent(SomeEvents.approve("shop", "d"), SomeEvents.approve("shop", "gated-f"))
                    .sent(merged("shop", "d", 2), merged("shop", "e", 2), merged("shop", "gated-f", 1))
                    .sent(merged("shop", "g", 1));

            assertThat(story.events(Topics.PLAN_COMPLETED)).singleElement().satisfies(end -> {
                assertThat(end.getMeta().getPlanId()).isEqualTo("shop");
                assertThat(end.getDone()).isEqualTo(9);
            });
        }
    }
}
