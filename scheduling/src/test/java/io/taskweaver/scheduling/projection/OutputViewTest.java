package io.taskweaver.scheduling.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.OutputSource;
import io.taskweaver.model.event.PlanEvent.TaskOutput;
import io.taskweaver.scheduling.projection.OutputView.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class OutputViewTest {
    private static TaskOutput part(String executor, int since, long position, String text, boolean last) {
        var at = Instant.ofEpochSecond(since);
        return new TaskOutput(
                new Meta("e", new PlanId("plan"), at, Optional.empty()),
                new TaskId("FR-1"),
                1,
                executor,
                OutputSource.AGENT,
                at,
                position,
                text,
                last);
    }

    private static OutputView.Output of(List<TaskOutput> parts) {
        var view = new OutputView();
        parts.forEach(view::on);
        assertThat(view.outputs()).hasSize(1);
        return view.outputs().getFirst();
    }

    @RepeatedTest(20)
    void parts_are_in_order_whatever_comes_first_and_what_is_between_them_is_counted(RepetitionInfo repetition) {
        var parts = new ArrayList<>(List.of(
                part("a", 1, 0, "begin\n", false),
                part("a", 1, 6, "more\n", false),
                part("a", 1, 100, "middle\n", false),
                part("a", 1, 90, "the end, which has the middle\n", true),
                part("a", 1, 6, "more\n", false)));
        Collections.shuffle(parts, new Random(repetition.getCurrentRepetition()));

        var output = of(parts);

        assertThat(output.parts())
                .containsExactly(
                        new Part(0, "begin\n"), new Part(0, "more\n"), new Part(79, "the end, which has the middle\n"));
        assertThat(output.isWhole()).isTrue();
    }

    @Test
    void of_two_readings_the_one_that_came_farther_counts() {
        var first = part("a", 1, 0, "one\ntwo\n", false);
        assertThat(of(List.of(first, part("b", 2, 0, "one\n", false))).parts())
                .containsExactly(new Part(0, "one\ntwo\n"));
        assertThat(of(List.of(first, part("b", 2, 0, "one\ntwo\nthree\n", true)))
                        .executor())
                .isEqualTo("b");
    }
}
