package io.taskweaver.agents.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunSummaryTest {
    private static String printed(String output) {
        return RunSummary.of(List.of(), output, false, List.of());
    }

    @Test
    void what_an_agent_committed_is_what_it_says_about_its_work() {
        assertThat(RunSummary.of(List.of("Add a cart\n\nIt keeps prices.\n"), "log\nlog\n", false, List.of()))
                .isEqualTo("Add a cart\n\nIt keeps prices.");
        assertThat(RunSummary.of(List.of("Add a cart\n\nIt keeps prices.\n", "Test it\n"), "", false, List.of()))
                .isEqualTo("- Add a cart\n\n  It keeps prices.\n- Test it");
    }

    @Test
    void of_what_a_program_printed_the_last_paragraph_counts() {
        assertThat(printed("reading\nwriting\n\n\u001b[32mAdded a cart.\u001b[0m\nLook at the rounding.\n\n----\n"))
                .isEqualTo("Added a cart.\nLook at the rounding.");
        assertThat(printed("1\n".repeat(100))).isEmpty();
        assertThat(printed("a line\n".repeat(100)).lines()).hasSize(12);
    }

    @Test
    void a_summary_that_is_declared_counts() {
        assertThat(printed("talk\n\n## Summary\n\nAdded a cart.\n\nLook at it.\n\n## Files\n\n- a\n"))
                .isEqualTo("Added a cart.\n\nLook at it.");
        assertThat(printed("talk\n**Summary:** Added a cart.\n")).isEqualTo("Added a cart.");
        assertThat(printed("A summary of the news is read.\n")).isEqualTo("A summary of the news is read.");
    }

    @Test
    void of_an_answer_whole_paragraphs_count() {
        var answer = "first\n\n" + "a line\n".repeat(7) + "\nand a list:\n\n- one\n- two";
        assertThat(RunSummary.of(List.of(), answer, true, List.of()))
                .startsWith("a line\n")
                .endsWith("- one\n- two");
        assertThat(RunSummary.of(List.of(), "Done.\n\nLook at a.", true, List.of("b (a link)")))
                .isEqualTo("Done.\n\nLook at a.\nLeft out: b (a link)");
    }
}
