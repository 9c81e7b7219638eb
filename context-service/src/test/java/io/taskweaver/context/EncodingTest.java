package io.taskweaver.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.domain.context.ContextDigest;
import io.taskweaver.domain.context.FileChange;
import io.taskweaver.domain.context.FileConflict;
import io.taskweaver.domain.context.MergedFile;
import io.taskweaver.domain.context.RelevantCode.Candidate;
import io.taskweaver.domain.context.ResolvedAttempt;
import io.taskweaver.domain.context.Settlement;
import io.taskweaver.domain.contract.Contract;
import io.taskweaver.domain.document.SourceSpan;
import io.taskweaver.domain.plan.Checks;
import io.taskweaver.domain.plan.Need;
import io.taskweaver.domain.plan.Task;
import io.taskweaver.domain.plan.TaskId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EncodingTest {
    private static final TaskId API = new TaskId("api");
    private static final Settlement MERGED =
            new Settlement.Merged(API, 300, 1L << 40, ContextDigest.EMPTY, List.of("a"), List.of("a", "b"));
    private static final Settlement CONFLICTED = new Settlement.Conflicted(
            new TaskId("store-reconcile-1"),
            1,
            List.of(new FileConflict("a", Optional.empty(), Optional.of("è\n"), Optional.of(""), List.of(API))),
            List.of(new FileChange("b", Optional.of("x"), Optional.empty())),
            Optional.of(new ResolvedAttempt(new TaskId("store"), 1)));

    @Test
    void settlements_read_back_equal() {
        assertThat(Encoding.settlement(Encoding.settlement(MERGED))).isEqualTo(MERGED);
        assertThat(Encoding.settlement(Encoding.settlement(CONFLICTED))).isEqualTo(CONFLICTED);
    }

    @Test
    void a_head_reads_back_equal() {
        var head = new Head(7, ContextDigest.EMPTY.with("a", "b"), true, List.of(MERGED, CONFLICTED));
        assertThat(Encoding.head(Encoding.head(head))).isEqualTo(head);
    }

    @Test
    void a_file_reads_back_equal() {
        var text = "𝄞 line\r\nlast".repeat(10_000);
        var file = new MergedFile("p", Optional.of(text), Optional.of(API), List.of(API, new TaskId("é")));
        var deleted = new MergedFile("p", Optional.empty(), Optional.of(API), List.of(API));
        assertThat(Encoding.file("p", Encoding.file(file))).isEqualTo(file);
        assertThat(Encoding.file("p", Encoding.file(deleted))).isEqualTo(deleted);
    }

    @Test
    void a_task_reads_back_equal() {
        var task = new Task(
                API,
                Task.Kind.RECONCILE,
                "title",
                "description",
                List.of("one", "two"),
                Optional.of("Links"),
                Optional.empty(),
                Task.Priority.HIGH,
                30,
                List.of(new Need(new TaskId("x"), Need.Kind.CONTRACT, Need.Reason.LAYER, "because", 0.7)),
                List.of(new TaskId("u1"), new TaskId("u2")),
                2,
                true,
                false,
                List.of("A.java"),
                new Checks(Optional.of("make test"), List.of("A.java", "b/B.md")),
                List.of("tag"),
                Optional.of(new SourceSpan("doc.md", 3, 5)));
        var dependents = new LinkedHashMap<String, String>();
        dependents.put("u2", "second");
        dependents.put("u1", "first");
        var read = Encoding.task(Encoding.task(new PlannedTask(task, dependents)));
        assertThat(read.task()).isEqualTo(task);
        assertThat(read.dependents()).containsExactlyEntriesOf(dependents);
    }

    @Test
    void contracts_code_and_briefs_read_back_equal() {
        var contract = new Contract(
                "Links", 2, List.of(new Contract.Artifact(Contract.Kind.MOCK, "p", "text/x-java", "class X {}")));
        var code = List.of(new Candidate("a", 1), new Candidate("b", 5_000_000));
        var brief = new Brief("t", List.of("c"), List.of());
        assertThat(Encoding.contract(Encoding.contract(contract))).isEqualTo(contract);
        assertThat(Encoding.code(Encoding.code(code))).isEqualTo(code);
        assertThat(Encoding.brief(Encoding.brief(brief))).isEqualTo(brief);
    }

    @Test
    void state_of_another_format_is_refused() {
        var bytes = Encoding.brief(new Brief("t", List.of(), List.of()));
        bytes[0] = 99;
        assertThatThrownBy(() -> Encoding.brief(bytes)).hasMessageContaining("format 99");
    }
}
