package io.taskweaver.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TicketsTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final String OTHER = "fedcba9876543210fedcba9876543210";

    private final Tickets tickets = Tickets.of(KEY);

    private static Function<String, Optional<String>> settings(Map<String, String> settings) {
        return name -> Optional.ofNullable(settings.get(name));
    }

    @Property(tries = 50)
    void a_ticket_is_good_for_its_own_attempt(@ForAll String plan, @ForAll String task, @ForAll int attempt) {
        assertThat(tickets.fault(plan, task, attempt, tickets.of(plan, task, attempt)))
                .isEmpty();
    }

    @Property(tries = 200)
    void a_ticket_is_good_for_no_other_attempt(
            @ForAll @StringLength(max = 3) String plan,
            @ForAll @StringLength(max = 3) String task,
            @ForAll @StringLength(max = 3) String otherPlan,
            @ForAll @StringLength(max = 3) String otherTask) {
        Assume.that(!plan.equals(otherPlan) || !task.equals(otherTask));

        assertThat(tickets.fault(otherPlan, otherTask, 1, tickets.of(plan, task, 1)))
                .isPresent();
        assertThat(tickets.fault(plan, task, 2, tickets.of(plan, task, 1))).isPresent();
    }

    @Test
    void where_the_plan_ends_and_the_task_begins_makes_another_ticket() {
        assertThat(tickets.of("ab", "c", 1)).isNotEqualTo(tickets.of("a", "bc", 1));
    }

    @Test
    void nothing_but_the_whole_ticket_is_good() {
        var ticket = String.valueOf(tickets.of("p", "t", 1));

        assertThat(tickets.fault("p", "t", 1, null)).get().asString().contains("has no ticket");
        for (var forged : new String[] {
            "", ".", "x", ticket + "=", ticket.substring(0, ticket.length() - 1), ticket.replace('.', '-')
        }) assertThat(tickets.fault("p", "t", 1, forged)).as(forged).isPresent();
    }

    @Test
    void a_ticket_of_another_key_is_said_to_be_that() {
        assertThat(Tickets.of(OTHER).fault("p", "t", 1, tickets.of("p", "t", 1)))
                .get()
                .asString()
                .contains("different keys");
    }

    @Test
    void the_first_key_makes_tickets_and_all_keys_take_them() {
        var rotated = Tickets.of(OTHER + "\n" + KEY + "\n");

        assertThat(rotated.fault("p", "t", 1, tickets.of("p", "t", 1))).isEmpty();
        assertThat(Tickets.of(OTHER).fault("p", "t", 1, rotated.of("p", "t", 1)))
                .isEmpty();
    }

    @Test
    void a_rotation_keeps_the_key_that_made_the_tickets_under_way_also_when_nothing_was_started_since_the_last() {
        var twice = Tickets.of(Tickets.rotated(Tickets.rotated(KEY, true), false));
        var startedBetween = Tickets.of(Tickets.rotated(Tickets.rotated(KEY, true), true));

        assertThat(twice.fault("p", "t", 1, tickets.of("p", "t", 1))).isEmpty();
        assertThat(startedBetween.fault("p", "t", 1, tickets.of("p", "t", 1))).isPresent();
    }

    @Test
    void keys_are_read_from_a_file(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("ticket.key"), KEY + "\n");

        var read = Tickets.configured(settings(Map.of(Tickets.KEY_FILE, file.toString())));

        assertThat(read.of("p", "t", 1)).isEqualTo(tickets.of("p", "t", 1));
    }

    @Test
    void without_a_key_there_are_no_tickets_only_where_that_is_said() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Tickets.configured(settings(Map.of())))
                .withMessageContaining(Tickets.KEY_FILE)
                .withMessageContaining(Tickets.INSECURE + "=true");

        var none = Tickets.configured(settings(Map.of(Tickets.INSECURE, "true")));

        assertThat(none.areChecked()).isFalse();
        assertThat(none.of("p", "t", 1)).isNull();
        assertThat(none.fault("p", "t", 1, null)).isEmpty();
    }

    @Test
    void a_key_that_can_be_guessed_or_read_by_nobody_is_refused_and_not_shown() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Tickets.of("secret"))
                .withMessageContaining("openssl rand -hex 32")
                .withMessageNotContaining("secret");
        assertThatIllegalStateException()
                .isThrownBy(() -> Tickets.configured(settings(Map.of(Tickets.KEY_FILE, "/nowhere/key"))))
                .withMessageContaining("/nowhere/key");
    }
}
