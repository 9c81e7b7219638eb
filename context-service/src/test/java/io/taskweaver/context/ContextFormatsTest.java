package io.taskweaver.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.TaskId;
import io.taskweaver.wire.testing.Filled;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is kept is read back whole; formats of the model's own values are tested with the formats. */
class ContextFormatsTest {
    @Test
    void a_head_reads_back_equal() {
        var head = Filled.of(Head.class);
        assertThat(ContextFormats.HEAD.decode(ContextFormats.HEAD.encode(head))).isEqualTo(head);
        assertThat(ContextFormats.HEAD.decode(ContextFormats.HEAD.encode(Head.NEW)))
                .isEqualTo(Head.NEW);
    }

    @Test
    void code_and_the_nodes_of_contracts_read_back_equal() {
        var code = Filled.of(CodeBase.class);
        var node = Filled.of(ContextFormats.ContractNode.class);
        assertThat(ContextFormats.CODE.decode(ContextFormats.CODE.encode(code))).isEqualTo(code);
        assertThat(ContextFormats.NODE.decode(ContextFormats.NODE.encode(node))).isEqualTo(node);
    }

    @Test
    void files_settlements_and_commits_read_back_equal() {
        for (var file : List.of(
                Filled.of(MergedFile.class), new MergedFile("p", Optional.empty(), List.of(new TaskId("\u00E9")))))
            assertThat(ContextFormats.FILE.decode(ContextFormats.FILE.encode(file)))
                    .isEqualTo(file);
        for (var settlement : Filled.each(Settlement.class))
            assertThat(ContextFormats.SETTLEMENT.decode(ContextFormats.SETTLEMENT.encode(settlement)))
                    .isEqualTo(settlement);
        var commit = Filled.of(LineCommit.class);
        assertThat(ContextFormats.COMMIT.decode(ContextFormats.COMMIT.encode(commit)))
                .isEqualTo(commit);
    }

    @Test
    void sides_that_people_took_read_back_equal() {
        var side = Filled.of(SideTaken.class);
        assertThat(ContextFormats.SIDE_TAKEN.decode(ContextFormats.SIDE_TAKEN.encode(side)))
                .isEqualTo(side);
    }

    @Test
    void marks_and_arrivals_read_back_equal() {
        for (var kind : PlanMark.Kind.values()) {
            var mark = new PlanMark(kind, Instant.ofEpochMilli(1), "detail");
            assertThat(ContextFormats.MARK.decode(ContextFormats.MARK.encode(mark)))
                    .isEqualTo(mark);
        }
        var arrival = Filled.of(ContextArrival.class);
        assertThat(ContextFormats.ARRIVAL.decode(ContextFormats.ARRIVAL.encode(arrival)))
                .isEqualTo(arrival);
    }
}
