package io.taskweaver.wire.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.OutputSource;
import io.taskweaver.model.event.PlanEvent.TaskOutput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
    private static final PlanId PLAN = new PlanId("shop");

    @TempDir
    Path data;

    private static TaskOutput part(PlanId plan, String task, long position, String text) {
        var at = Instant.parse("2026-11-30T10:00:00Z");
        return new TaskOutput(
                new Meta("e" + position, plan, at, Optional.of("cause")),
                new TaskId(task),
                1,
                "e1",
                OutputSource.VERIFICATION,
                at,
                position,
                text,
                false);
    }

    @Test
    void what_is_added_is_read_by_plan_and_by_task() throws Exception {
        var folder = OutputFolder.of(data);
        var first = part(PLAN, "FR:1", 0, "one\n\u001b[2J");
        var second = part(PLAN, "FR:1", 8, "two");
        var other = part(PLAN, "T..", 0, "x");
        for (var part : new TaskOutput[] {first, second, other}) folder.add(part);

        assertThat(folder.parts(PLAN, Optional.of(new TaskId("FR:1")))).containsExactly(first, second);
        assertThat(folder.parts(PLAN, Optional.empty())).containsExactlyInAnyOrder(first, second, other);
        assertThat(folder.parts(new PlanId("other"), Optional.empty())).isEmpty();
        assertThat(Files.list(data)).containsExactly(data.resolve("output"));
    }

    @Test
    void a_line_that_was_not_written_to_its_end_is_left_out() throws Exception {
        var folder = OutputFolder.of(data);
        var part = part(PLAN, "T1", 0, "one");
        folder.add(part);
        Files.writeString(data.resolve("output/shop/T1.jsonl"), "{\"meta\":{", StandardOpenOption.APPEND);
        assertThat(folder.parts(PLAN, Optional.empty())).containsExactly(part);
    }

    @Test
    void what_is_older_than_on_the_topic_is_removed_when_another_plan_begins() throws Exception {
        var folder = OutputFolder.of(data);
        folder.add(part(PLAN, "T1", 0, "one"));
        Files.setLastModifiedTime(
                data.resolve("output/shop/T1.jsonl"),
                FileTime.from(Instant.now().minus(Duration.ofDays(8))));
        folder.add(part(new PlanId("other"), "T1", 0, "two"));
        assertThat(folder.has(PLAN)).isFalse();
        assertThat(folder.has(new PlanId("other"))).isTrue();
    }

    @Test
    void a_plan_is_removed_but_not_what_somebody_else_put_there() throws Exception {
        var folder = OutputFolder.of(data);
        folder.add(part(PLAN, "T1", 0, "one"));
        folder.add(part(new PlanId("other"), "T1", 0, "two"));

        folder.remove(PLAN);
        folder.remove(PLAN);
        assertThat(folder.has(PLAN)).isFalse();
        assertThat(folder.has(new PlanId("other"))).isTrue();

        folder.add(part(PLAN, "T1", 0, "one"));
        var note = Files.writeString(data.resolve("output/shop/note.txt"), "mine");
        folder.remove(PLAN);
        assertThat(Files.list(data.resolve("output/shop"))).containsExactly(note);
    }
}
