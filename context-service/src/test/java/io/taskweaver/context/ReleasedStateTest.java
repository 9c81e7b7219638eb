package io.taskweaver.context;

import static io.taskweaver.context.PlanEvents.code;
import static io.taskweaver.context.PlanEvents.contractOf;
import static io.taskweaver.context.PlanEvents.file;
import static io.taskweaver.context.PlanEvents.resultOf;
import static io.taskweaver.context.Story.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.wire.testing.KeptRecords;
import io.taskweaver.wire.testing.KeptRecords.Kept;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The context service continues the plans that any release left. */
final class ReleasedStateTest {
    private static final Path RELEASED = Path.of("src/test/resources/released");
    private static final PlanEvents PLAN = new PlanEvents(Story.PLAN.value());

    @TempDir
    Path folder;

    static List<Path> releases() throws Exception {
        return KeptRecords.of(RELEASED, ReleasedStateTest::make);
    }

    /** A plan in the middle: code, a contract, a merged result, and one that contradicts it. */
    private static List<Kept> make() throws Exception {
        try (var story = new Story(Files.createTempDirectory("release"))) {
            story.given(
                    PLAN.submitted(code("A.java", "base"), code("logo.png", null)),
                    PLAN.created(),
                    PLAN.planned("contract-links"),
                    PLAN.planned("api", contractOf("contract-links")),
                    PLAN.planned("store"),
                    PLAN.planned("ui", resultOf("api"), resultOf("store")),
                    PLAN.contract("contract-links", "Links", 1, Map.of("Links.java", "interface Links {}")),
                    PLAN.completed("api", 1, file("A.java", "base", "mine"), file("B.java", null, "b")),
                    PLAN.completed("store", 1, file("A.java", "base", "other"), file("C.java", null, "c")),
                    PLAN.reconcile("store-reconcile-1", "store"));
            var kept = new ArrayList<Kept>();
            try (var all = story.store().all()) {
                all.forEachRemaining(entry -> kept.add(new Kept(entry.key.get(), entry.value)));
            }
            return kept;
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void what_a_release_merged_is_shown_and_a_conflict_that_it_left_is_resolved(Path release) throws Exception {
        try (var story = new Story(folder)) {
            for (var kept : KeptRecords.read(release)) story.store().put(Bytes.wrap(kept.key()), kept.value());
            assertThat(found(story.context()).files())
                    .isEqualTo(Map.of("A.java", "mine", "B.java", "b", "Links.java", "interface Links {}"));
            assertThat(found(story.isolated("api")).contracts()).hasSize(1);
            assertThat(found(story.isolated("store-reconcile-1")).conflicts()).hasSize(1);

            story.when(PLAN.completed("store-reconcile-1", 1, file("A.java", "mine", "both")));

            assertThat(story.merged()).hasSize(1);
            assertThat(found(story.isolated("ui")).files())
                    .containsAllEntriesOf(Map.of("A.java", "both", "B.java", "b", "C.java", "c"));
        }
    }
}
