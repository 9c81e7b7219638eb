package io.taskweaver.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.OutputSource;
import io.taskweaver.model.event.PlanEvent.TaskOutput;
import io.taskweaver.scheduling.projection.OutputView;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutputTextTest {
    private static TaskOutput part(String task, long position, String text) {
        return new TaskOutput(
                new Meta("e", new PlanId("plan"), Instant.EPOCH, Optional.empty()),
                new TaskId(task),
                1,
                "e1",
                OutputSource.AGENT,
                Instant.EPOCH,
                position,
                text,
                false);
    }

    @Test
    void nothing_that_a_program_printed_reaches_a_terminal_as_it_is() {
        assertThat(Columns.printed(
                        "\u001b[32mok\u001b[0m\r\n\u001b[2J\u001b]0;t\u0007\ttab\u0000\u009b31m\u202e\r50%\r"))
                .isEqualTo("ok\n\u241b[2J\u241b]0;t\u2407\ttab\u2400\ufffd31m\ufffd\n50%\n");
    }

    @Test
    void what_is_left_out_is_said_in_its_place() {
        var view = new OutputView();
        view.on(part("T1", 0, "begin"));
        view.on(part("T1", 1000, "end\n"));
        assertThat(OutputText.of(view.outputs().getFirst()))
                .containsExactly(
                        "== T1, attempt 1: agent (executor e1)",
                        "begin",
                        "[... 995 characters omitted ...]",
                        "end",
                        "[the output may be incomplete: its end has not arrived]");
    }

    @Test
    void a_stream_names_whose_output_goes_on_and_repeats_nothing() {
        var text = new StringBuilder();
        var stream = new OutputText.Stream(text::append);
        stream.add(part("T1", 0, "one\n"));
        stream.add(part("T2", 0, "other"));
        stream.add(part("T1", 0, "one\ntwo\n"));
        stream.add(part("T1", 100, "end\n"));
        assertThat(text.toString()).isEqualTo("""
            == T1, attempt 1: agent (executor e1)
            one
            == T2, attempt 1: agent (executor e1)
            other
            == T1, attempt 1: agent (executor e1)
            two
            [... 92 characters omitted ...]
            end
            """);
    }
}
