package io.taskweaver.scheduling.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.TaskId;
import io.taskweaver.model.Verifications;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TaskIdsTest {
    @Property(tries = 200)
    void nodes_of_the_same_words_have_the_ids_that_counting_from_one_gives(
            @ForAll @Size(max = 60) List<@StringLength(max = 4) @CharRange(from = 'a', to = 'b') String> words) {
        var ids = new TaskIds();
        var taken = new HashSet<String>();
        for (int i = 0; i < words.size(); i++) {
            var text = i % 3 == 0 ? " " + words.get(i).toUpperCase(Locale.ROOT) : words.get(i);
            var section = i % 2 == 0 ? "" : "s";

            assertThat(ids.derived(text, text, section).value()).isEqualTo(counted(taken, text, section));
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS)
    void fifty_thousand_nodes_of_one_line_are_named_at_once() {
        var ids = new TaskIds();
        var distinct = new HashSet<TaskId>();
        for (int i = 0; i < 50_000; i++) distinct.add(ids.derived("Do it", "Do it", ""));

        assertThat(distinct).hasSize(50_000);
    }

    @Test
    void contracts_and_listed_ids_are_told_apart_even_where_their_hashes_are_the_same() {
        var ids = new TaskIds();
        var distinct = new HashSet<TaskId>();
        for (int i = 0; i < 3; i++) {
            distinct.add(ids.contract("Desk"));
            distinct.add(ids.listed("a b"));
        }

        assertThat(distinct).hasSize(6);
    }

    @Test
    void no_task_has_the_id_of_a_node_that_is_made_on_the_way() {
        var ids = new TaskIds();

        assertThat(List.of(ids.listed("verify-base"), ids.stated("verify-head"), ids.listed("verify-12")))
                .noneMatch(id -> Verifications.isReserved(id.value()))
                .doesNotHaveDuplicates();
        assertThat(ids.listed("T2-reconcile-1").value()).doesNotEndWith("-reconcile-1");
        assertThat(ids.listed("verify-all")).isEqualTo(new TaskId("verify-all"));
    }

    /** The rule as it is said: the first number that makes an id of its own. */
    private static String counted(Set<String> taken, String text, String section) {
        var slug = TaskIds.slug(text);
        var id = slug + "-" + TaskIds.hash(text);
        for (int again = 1; !taken.add(id); again++)
            id = slug + "-" + TaskIds.hash(text + "\n" + section + "\n" + again);
        return id;
    }
}
