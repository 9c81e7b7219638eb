package io.taskweaver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.model.ContractMode;
import io.taskweaver.model.OptionChanges;
import io.taskweaver.model.OverlapMode;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Preparation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NamedOptionsTest {
    private static final PlanOptions KEPT = PlanOptions.DEFAULT;
    private static final PlanOptions ASKED = KEPT.toBuilder()
            .agent("claude")
            .fallbacks(List.of("codex"))
            .agentsFor(Map.of("work", List.of("aider")))
            .gates(Set.of("reconcile"))
            .maxConcurrent(7)
            .maxAttempts(9)
            .attemptTimeout(Duration.ofMinutes(3))
            .overlap(OverlapMode.FORBID)
            .build();

    @Test
    void what_is_named_takes_effect_and_nothing_else() {
        assertThat(named("--agent", "--max-attempts").changes(KEPT, ASKED))
                .isEqualTo(OptionChanges.builder()
                        .agents(List.of("claude", "codex"))
                        .maxAttempts(Optional.of(9))
                        .build());
        assertThat(named("--verify").changes(KEPT, ASKED)).isEqualTo(OptionChanges.NONE);
    }

    @Test
    void all_that_can_be_changed_is_changed() {
        var all = named(
                "--agent",
                "--agent-for",
                "--approve-before",
                "--max-concurrent",
                "--max-attempts",
                "--attempt-timeout",
                "--overlap");

        assertThat(all.changes(KEPT, ASKED).in(KEPT)).isEqualTo(ASKED);
        assertThat(all.changes(ASKED, ASKED)).isEqualTo(OptionChanges.NONE);
    }

    @Test
    void what_holds_for_all_results_of_a_plan_is_refused_if_it_differs() {
        var other = KEPT.toBuilder()
                .verify(Optional.of("make"))
                .allowFailingBase(true)
                .contracts(ContractMode.NONE)
                .preparation(
                        Optional.of(Preparation.by(Optional.of("npm ci")).bringing(List.of(".env"), "a".repeat(40))))
                .build();
        for (var option : List.of("--verify", "--allow-failing-base", "--contracts", "--setup", "--bring")) {
            assertThatThrownBy(() -> named(option).changes(KEPT, other))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining(option);
            assertThat(named(option).changes(other, other)).isEqualTo(OptionChanges.NONE);
        }
    }

    private static NamedOptions named(String... names) {
        return new NamedOptions(Set.of(names));
    }
}
