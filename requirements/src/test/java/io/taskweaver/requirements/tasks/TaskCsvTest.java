package io.taskweaver.requirements.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import io.taskweaver.requirements.analysis.ReadingNotice;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TaskCsvTest {
    @Provide
    Arbitrary<TaskList> lists() {
        return Lists.any();
    }

    @Provide
    Arbitrary<String> tables() {
        return Arbitraries.strings()
                .withChars("id,title;dependencies\"\n\r\t 1")
                .ofMaxLength(200);
    }

    @Property(tries = 200)
    void a_table_holds_all_of_a_list(@ForAll("lists") TaskList list) {
        var read = read(TaskCsv.write(list));
        assertThat(read.remarks()).isEmpty();
        assertThat(read.list().title()).isEqualTo(list.title());
        assertThat(read.list().constraints()).isEqualTo(list.constraints());
        assertThat(read.list().boundaries()).isEqualTo(list.boundaries());
        assertThat(TaskCsv.write(read.list()).replaceAll("t\\.csv:[0-9]+\n", "\n"))
                .isEqualTo(TaskCsv.write(list));
    }

    @Property(tries = 300)
    void no_table_is_too_broken_to_be_read(@ForAll("tables") String text) {
        assertThat(read("id,title,dependencies\n" + text).list().entries().size())
                .isLessThanOrEqualTo(text.length());
    }

    @Test
    void a_table_of_a_spreadsheet_is_read() {
        var listing = read("\uFEFFId;Title;Priority;Dependencies;Estimated Time;Owner\r\n".substring(1)
                + "A1;\"Do; this\";P0;;15;me\r\nA2;Then that;soon;A1, A9;1h;\r\n;;;;;\r\n");
        assertThat(listing.list().entries()).hasSize(2);
        var first = listing.list().entries().getFirst();
        assertThat(first.title()).isEqualTo("Do; this");
        assertThat(first.priority()).isEqualTo(TaskPriority.CRITICAL);
        assertThat(first.minutes()).hasValue(15);
        assertThat(first.source().orElseThrow().firstLine()).isEqualTo(2);
        assertThat(listing.list().entries().get(1).dependencies()).containsExactly("A1");
        assertThat(listing.remarks())
                .extracting(ReadingNotice::code)
                .containsExactlyInAnyOrder(
                        "unread-column", "unread-estimated-time", "unread-priority", "no-task", "unknown-dependency");
    }

    @Test
    void only_what_names_its_columns_is_a_list_of_tasks() {
        assertThat(TaskCsv.isTaskList("title,id,dependencies\n")).isTrue();
        assertThat(TaskCsv.isTaskList("# Shop\n\n- id, title, dependencies\n")).isFalse();
        assertThat(TaskCsv.isTaskList("id,name\n")).isFalse();
        assertThat(TaskCsv.isTaskList("")).isFalse();
    }

    private static TaskListing read(String text) {
        return TaskCsv.read(new Document("t.csv", text));
    }
}
