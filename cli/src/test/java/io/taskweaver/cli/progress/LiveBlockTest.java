package io.taskweaver.cli.progress;

import static io.taskweaver.cli.progress.Shop.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Task;
import io.taskweaver.model.event.PlanEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveBlockTest {
    private static final Style PLAIN = new Style(false);

    @Test
    void it_shows_counts_a_bar_phases_and_what_runs_for_how_long() {
        var view = view(published(), completed("T1", 5, 4), merged("T1", 6), started("T2", 2, 3));
        assertThat(new LiveBlock(PLAIN, 60, 20).lines(view, second(15)))
                .containsExactly(
                        "Book shop · 1 of 3 tasks done · 1 running · 1 ready · 15 s",
                        "tasks      ███████████▒▒▒▒▒▒▒▒▒▒▒░░░░░░░░░░░░ 1/3",
                        "contracts  ██████████████████████████████████ 1/1",
                        "phase 1    █████████████████▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒ 1/2",
                        "phase 2    ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 0/1",
                        "  T2  注文を取り消す (cancel an order…      12 s  attempt 2");
    }

    @Test
    void no_line_is_wider_than_the_terminal_whatever_its_width() {
        var view = view(published(), started("T1", 1, 2), started("T2", 12, 3), started("T3", 1, 3));
        for (int width = 24; width < 140; width++)
            for (var line : new LiveBlock(PLAIN, width, 20).lines(view, second(4000)))
                assertThat(Columns.width(line)).as(line).isLessThan(width);
    }

    @Test
    void it_is_never_higher_than_the_terminal() {
        var events = new ArrayList<PlanEvent>();
        for (int i = 0; i < 60; i++) {
            events.add(planned(task("X" + i, Task.Kind.WORK, 1 + i / 3, "Do X" + i), 10 + i));
            events.add(started("X" + i, 1, i));
        }
        var view = view(events.toArray(PlanEvent[]::new));
        for (int rows = 6; rows < 40; rows++)
            assertThat(new LiveBlock(PLAIN, 80, rows).lines(view, second(90)))
                    .as("%d rows", rows)
                    .hasSizeLessThanOrEqualTo(rows);
        assertThat(new LiveBlock(PLAIN, 80, 40).lines(view, second(90)))
                .contains("… 14 phases to come")
                .anyMatch(line -> line.matches(" {2}… and \\d+ more"));
    }

    @Test
    void colours_are_only_there_when_they_are_wanted() {
        var view = view(published(), started("T1", 1, 1));
        assertThat(String.join("", new LiveBlock(PLAIN, 80, 20).lines(view, second(2))))
                .doesNotContain("\u001b");
        assertThat(String.join("", new LiveBlock(new Style(true), 80, 20).lines(view, second(2))))
                .contains("\u001b[");
    }

    @Test
    void a_text_can_not_command_the_terminal() {
        var evil = task("E1", Task.Kind.WORK, 1, "Red \u001b[31m\u0007 \u202e text");
        var view = view(planned(evil, 9), started("E1", 1, 1));
        assertThat(new LiveBlock(PLAIN, 80, 20).lines(view, second(2)))
                .noneMatch(line -> line.chars().anyMatch(Character::isISOControl) || line.contains("\u202e"));
    }

    @Test
    void wide_characters_count_twice() {
        assertThat(Columns.width("注文")).isEqualTo(4);
        assertThat(Columns.fit("注文を", 5)).isEqualTo("注文…");
        assertThat(Columns.fit("e\u0301a", 4)).isEqualTo("e\u0301a  ");
        assertThat(List.of(Columns.cut("abc", 3), Columns.cut("abcd", 3))).containsExactly("abc", "ab…");
    }
}
