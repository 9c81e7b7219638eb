package io.taskweaver.context;

import static io.taskweaver.context.PlanEvents.code;
import static io.taskweaver.context.PlanEvents.contractOf;
import static io.taskweaver.context.PlanEvents.file;
import static io.taskweaver.context.PlanEvents.resultOf;
import static io.taskweaver.context.Story.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.testing.KeptRecords;
import io.taskweaver.wire.testing.KeptRecords.Kept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The context service continues the plans that any release left, from the third on. Until the second, it kept texts in place of
 * commits, and results held texts that are not read any more: such a plan would lose work without a word, so it is refused.
 */
final class ReleasedStateTest {
    private static final Path RELEASED = Path.of("src/test/resources/released");
    private static final PlanEvents PLAN = new PlanEvents(Story.PLAN.value());

    private static final String REFUSED =
            "code in the form of this build: an earlier one began the plan; submit it again with --again";

    /** First byte of the keys of packs; no key of the store begins with it. */
    private static final byte PACK = 0;

    @TempDir
    Path folder;

    /** What releases with commits left, and this build. */
    static List<List<Kept>> plans() throws Exception {
        var plans = new ArrayList<List<Kept>>();
        plans.add(make());
        for (var release : KeptRecords.of(RELEASED, ReleasedStateTest::make))
            if (!release.getFileName().toString().equals("2.bin")) plans.add(KeptRecords.read(release));
        return plans;
    }

    /** A plan in the middle: code, a contract, a merged result, and one that contradicts it; then its packs. */
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
            for (var pack : story.packs())
                kept.add(new Kept(new byte[] {PACK}, pack.content().array()));
            return kept;
        }
    }

    private static void restore(List<Kept> all, Story story) throws IOException {
        for (var kept : all)
            if (kept.key()[0] == PACK) story.code().unpack(kept.value());
            else story.store().put(Bytes.wrap(kept.key()), kept.value());
        var head = story.stored().head().orElseThrow();
        if (head.base().isPresent()) story.code().head(head.commit());
    }

    @ParameterizedTest
    @MethodSource("plans")
    void what_a_release_merged_is_shown_and_a_conflict_that_it_left_is_resolved(List<Kept> plan) throws Exception {
        try (var story = new Story(folder)) {
            restore(plan, story);
            assertThat(found(story.context()).files())
                    .isEqualTo(Map.of("A.java", "mine", "B.java", "b", "Links.java", "interface Links {}"));
            assertThat(found(story.isolated("api")).contracts()).hasSize(1);
            assertThat(found(story.isolated("store-reconcile-1")).conflicts()).hasSize(1);

            story.when(
                    PLAN.completed("store-reconcile-1", 1, file("A.java", "mine", "both"), file("C.java", null, "c")));

            assertThat(story.merged()).hasSize(1);
            assertThat(found(story.isolated("ui")).files())
                    .containsAllEntriesOf(Map.of("A.java", "both", "B.java", "b", "C.java", "c"));
        }
    }

    @Test
    void a_plan_of_the_second_release_is_refused_with_the_reason() throws Exception {
        try (var story = new Story(folder)) {
            restore(KeptRecords.read(RELEASED.resolve("2.bin")), story);

            assertThat(story.context()).isEqualTo(new QueryResult.TooEarly<>(REFUSED));
            assertThat(story.isolated("ui")).isEqualTo(new QueryResult.TooEarly<>(REFUSED));
            assertThat(story.lineView()).isEqualTo(new QueryResult.TooEarly<>(REFUSED));
            assertThat(story.bundle(Optional.empty())).isEqualTo(new QueryResult.TooEarly<>(REFUSED));

            story.when(
                    PLAN.submitted(code("A.java", "base")),
                    PLAN.contract("contract-links", "Links", 2, Map.of("Links.java", "interface Links {}")),
                    PLAN.completed("ui", 1, file("A.java", "mine", "both")),
                    // What it merged already stays so.
                    PLAN.completed("api", 1));

            assertThat(story.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.getReason()).isEqualTo(DeadLetters.INVALID);
                assertThat(letter.getCause()).contains("earlier build");
            });
            assertThat(story.merged())
                    .singleElement()
                    .satisfies(merged -> assertThat(merged.getTaskId()).isEqualTo("api"));
            assertThat(story.sent()).isEmpty();
        }
    }
}
