package io.taskweaver.cli.progress;

import static io.taskweaver.cli.progress.Shop.*;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskweaver.model.Usage;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.reports.Measurement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private void play(Progress progress) {
        var view = view();
        progress.planned(PLAN);
        progress.begun(view, false);
        for (var event : List.of(
                published(),
                started("T1", 1, 2),
                failed("T1", 4),
                started("T2", 1, 2),
                completed("T2", 6, 4),
                merged("T2", 7),
                new PlanEvent.PlanFailed(at(9), "T1 failed", 1, List.of(id("T1")), List.of(id("T3")), 0, Usage.NONE))) {
            view.on(event);
            progress.on(event, view);
            progress.tick(view, event.at());
        }
        progress.over(view, Measurement.of(view, second(9)), "taskweaver-out");
        progress.close();
    }

    @Test
    void a_pipe_gets_one_plain_line_for_each_change() {
        play(new LineProgress(out, ZoneOffset.UTC));
        assertThat(text().lines())
                .contains(
                        "10:00:01  published  contract of Store",
                        "10:00:02  started    T1 Order books",
                        "10:00:04  failed     T1 Order books: the agent could not do the task. it broke [31m. Mend it.",
                        "10:00:06  completed  T2 注文を取り消す (cancel an order that was not sent yet) in 4.0 s",
                        "10:00:07  merged     T2 注文を取り消す (cancel an order that was not sent yet) (1 file)",
                        "10:00:09  ended      failed: T1 failed",
                        "failed: T1 failed  3 tasks: 1 done, 1 failed, 1 open; 0 retries",
                        "  T1 Order books: it broke [31m. Mend it.",
                        "  T3 blocked: It waits for T1, which failed or is blocked.",
                        "wall time 9.0 s; critical path 2.0 s (wall time is 4.5 times that); one at a time 6.0 s",
                        "results in taskweaver-out");
        assertThat(text()).doesNotContain("\u001b");
    }

    @Test
    void the_time_in_which_a_plan_stood_still_is_named_and_compared_with_nothing() {
        var seconds = Stream.of(41, 63, 30, 82).map(Duration::ofSeconds).toList();
        var measured =
                new Measurement(3, 0, 0, 0, 0, 0, seconds.get(0), seconds.get(1), seconds.get(2), seconds.get(3));

        new LineProgress(out, ZoneOffset.UTC).over(view(), measured, "");

        assertThat(text().lines())
                .contains(
                        "wall time 41 s (interrupted for 1 min 03 s, which is not counted); critical path 30 s (wall time"
                                + " is 1.4 times that); one at a time 1 min 22 s (2.0 times faster)");
    }

    @Test
    void what_a_result_lacks_is_named_and_many_names_are_counted() {
        var view = view();
        var progress = new LineProgress(out, ZoneOffset.UTC);
        var leftOut = List.of("lib (a repository of its own)", "b", "c", "d", "e".repeat(300), "f", "g");
        for (var event : List.of(started("T1", 1, 2), completed("T1", 6, 4, leftOut), merged("T1", 7))) {
            view.on(event);
            progress.on(event, view);
        }

        assertThat(text().lines())
                .contains(
                        "10:00:06  completed  T1 Order books in 4.0 s; left out: lib (a repository of its own), b, c, d, "
                                + "e".repeat(100) + " ... and 2 more",
                        "10:00:07  merged     T1 Order books (1 file; 7 left out)");
    }

    @Test
    void the_plan_is_told_in_a_few_lines() {
        play(new LineProgress(out, ZoneOffset.UTC));
        assertThat(text()).startsWith("""
                        Book shop  shop-1a2b3c4d
                        3 tasks, 1 contract, 2 phases; estimated 1 h 30 min on the critical path, 2 h one at a time
                          phase 1     2 tasks  Order books; 注文を取り消す (cancel an order that was not sent yet)
                          phase 2     1 task   Report sales
                          critical path
                            T1  Order books
                            T3  Report sales
                        """);
    }

    @Test
    void a_machine_gets_one_json_object_a_line() throws IOException {
        play(new JsonProgress(out, InstantSource.fixed(ORIGIN)));
        var json = new ObjectMapper();
        var types = new ArrayList<String>();
        for (var line : text().lines().toList())
            types.add(json.readTree(line).path("type").asText());
        assertThat(types)
                .containsExactly(
                        "plan",
                        "begun",
                        "published",
                        "started",
                        "failed",
                        "started",
                        "completed",
                        "merged",
                        "ended",
                        "summary");
        var summary = json.readTree(text().lines().toList().getLast());
        assertThat(summary.path("end").asText()).isEqualTo("failed");
        assertThat(summary.path("failed").asInt()).isEqualTo(1);
        assertThat(summary.path("out").asText()).isEqualTo("taskweaver-out");
    }

    @Test
    void a_terminal_is_redrawn_in_place_and_left_with_its_cursor() {
        play(new LiveProgress(out, new Style(false), () -> new TerminalSize(80, 24)));
        var screen = new Screen();
        screen.print(text());
        assertThat(screen.lines())
                .contains("failed     T1 Order books: the agent could not do the task. it broke [31m. Mend it.")
                .contains("results in taskweaver-out")
                .noneMatch(line -> line.startsWith("tasks  "));
        assertThat(text()).endsWith("\u001b[?25h");
    }

    @Test
    void nothing_is_drawn_while_nothing_changes() {
        var progress = new LiveProgress(out, new Style(false), () -> new TerminalSize(80, 24));
        var view = view(started("T1", 1, 2));
        progress.tick(view, second(30));
        int before = written.size();
        progress.tick(view, second(30));
        assertThat(written.size()).isEqualTo(before);
    }

    @Test
    void the_size_of_a_terminal_is_read_or_taken_for_the_usual() {
        assertThat(TerminalSize.of("50 132\n")).isEqualTo(new TerminalSize(132, 50));
        assertThat(TerminalSize.of("0 0")).isEqualTo(new TerminalSize(80, 24));
        assertThat(TerminalSize.of("stty: not a tty")).isEqualTo(new TerminalSize(80, 24));
    }
}
