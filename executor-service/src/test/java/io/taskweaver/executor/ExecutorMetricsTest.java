package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.taskweaver.agents.Outcome;
import io.taskweaver.model.Usage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutorMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ExecutorMetrics metrics = new ExecutorMetrics(registry, "codegen"::equals);

    @Test
    void what_attempts_cost_is_counted_whether_they_succeed_or_not() {
        metrics.ended(
                "codegen",
                new Outcome.Succeeded("done", "done", List.of(), new Usage(1000, 20, 300)),
                Duration.ofSeconds(2));
        metrics.ended("codegen", new Outcome.TaskFailed("no", new Usage(500, 10, 100)), Duration.ofSeconds(1));

        assertThat(registry.get("taskweaver.executor.cost.micros")
                        .tag("agent", "codegen")
                        .counter()
                        .count())
                .isEqualTo(400);
        assertThat(registry.get("taskweaver.executor.tokens")
                        .tag("direction", "input")
                        .counter()
                        .count())
                .isEqualTo(1500);
        assertThat(registry.get("taskweaver.executor.attempts")
                        .tag("outcome", "task-failed")
                        .timer()
                        .count())
                .isOne();
    }

    @Test
    void names_of_agents_that_plans_make_up_are_no_time_series() {
        for (int i = 0; i < 10; i++)
            metrics.ended("made-up-" + i, new Outcome.CredentialsRefused("none", "set it"), Duration.ZERO);

        assertThat(registry.get("taskweaver.executor.attempts").timers())
                .extracting(timer -> timer.getId().getTag("agent"))
                .containsExactly("other");
    }
}
