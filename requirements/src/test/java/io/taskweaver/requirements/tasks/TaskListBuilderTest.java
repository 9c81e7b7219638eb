package io.taskweaver.requirements.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.analysis.ReadingNotice;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskListBuilderTest {
    private final TaskListBuilder builder = new TaskListBuilder();

    private TaskListBuilderTest add(String id, String... dependencies) {
        var draft = new TaskDraft(id, "Do " + id);
        draft.entry().source(at(10));
        for (var on : dependencies) draft.dependsOn(on, Optional.of(at(11)), "/tasks/0/dependencies/0");
        builder.add(draft);
        return this;
    }

    private static SourceSpan at(int line) {
        return new SourceSpan("t.json", line, line);
    }

    private TaskEntry entry(int index) {
        return builder.build().list().entries().get(index);
    }

    @Test
    void ids_that_differ_in_case_zeros_and_a_hash_sign_are_the_same() {
        add("T001").add("7").add("3.2").add("x", "t1", "#7", "03.2");
        assertThat(entry(3).dependencies()).containsExactly("T001", "7", "3.2");
    }

    @Test
    void an_id_that_could_mean_two_entries_means_none() {
        add("T1").add("T01").add("x", "T001");
        var listing = builder.build();
        assertThat(listing.list().entries().get(2).dependencies()).isEmpty();
        assertThat(listing.remarks()).extracting(ReadingNotice::code).containsExactly("unknown-dependency");
    }

    @Test
    void a_dependency_on_nothing_is_reported_with_its_place() {
        add("1", "99", "1");
        var listing = builder.build();
        assertThat(listing.list().entries().getFirst().dependencies()).isEmpty();
        assertThat(listing.remarks())
                .extracting(ReadingNotice::code)
                .containsExactly("unknown-dependency", "self-dependency");
        assertThat(listing.remarks().getFirst().message()).contains("1 depends on 99", "/tasks/0/dependencies/0");
        assertThat(listing.remarks().getFirst().at()).contains(at(11));
    }

    @Test
    void the_second_of_two_entries_with_one_id_gets_another_and_is_reported() {
        add("1").add("1").add("2", "1");
        var listing = builder.build();
        assertThat(listing.list().entries()).extracting(TaskEntry::id).containsExactly("1", "1-2", "2");
        assertThat(listing.list().entries().get(2).dependencies()).containsExactly("1");
        assertThat(listing.remarks())
                .singleElement()
                .satisfies(remark -> assertThat(remark.message()).contains("occurs twice", "t.json:10", "1-2"));
    }

    @Test
    void an_entry_without_id_gets_one_out_of_its_title() {
        builder.add(new TaskDraft(" ", "Sign in, and out")).add(new TaskDraft("", "Sign in, and out"));
        assertThat(builder.build().list().entries())
                .extracting(TaskEntry::id)
                .containsExactly("sign-in-and-out", "sign-in-and-out-2");
    }

    @Test
    void nothing_is_a_part_of_itself() {
        builder.add(new TaskDraft("a", "A").parent("b"))
                .add(new TaskDraft("b", "B").parent("a"))
                .add(new TaskDraft("c", "C").parent("nowhere"));
        var listing = builder.build();
        assertThat(listing.list().entries())
                .extracting(TaskEntry::parent)
                .containsExactly(Optional.of("b"), Optional.empty(), Optional.empty());
        assertThat(listing.remarks())
                .extracting(ReadingNotice::code)
                .containsExactly("unknown-parent", "unknown-parent");
    }

    @Test
    void texts_of_a_list_are_brought_to_one_line() {
        var draft = new TaskDraft("a b", "Two\nlines");
        draft.entry().criteria(List.of("one\ntwo", " ")).tags(List.of("x", "x"));
        builder.add(draft);
        var entry = entry(0);
        assertThat(entry.id()).isEqualTo("a-b");
        assertThat(entry.title()).isEqualTo("Two lines");
        assertThat(entry.criteria()).containsExactly("one two");
        assertThat(entry.tags()).containsExactly("x");
    }

    @Test
    void a_list_can_not_be_wrong() {
        var entry = new TaskDraft("a", "A").entry("a", List.of("b"), Optional.empty());
        assertThatThrownBy(() -> new TaskList("", List.of(entry), List.of(), List.of(), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a cannot depend on b");
    }
}
