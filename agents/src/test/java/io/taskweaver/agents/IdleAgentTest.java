package io.taskweaver.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.prompts.AnswerReader;
import io.taskweaver.prompts.AnswerReading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdleAgentTest {
    @Test
    void an_attempt_succeeds_without_a_change_whoever_waits_for_it() {
        var attempt = new Attempt("plan", "FR-1", 1);
        try (var first = new IdleAgent();
                var second = new IdleAgent()) {
            assertThat(first.create(attempt, Assignment.of("Do it"))).isEqualTo(new Creation.Created("plan/FR-1/1"));
            assertThat(second.find(attempt)).isEqualTo(new Lookup.Found("plan/FR-1/1"));
            assertThat(second.await("plan/FR-1/1", Duration.ZERO, progress -> {}))
                    .isInstanceOfSatisfying(
                            Outcome.Succeeded.class,
                            outcome -> assertThat(AnswerReader.read(outcome.answer(), Map.of("a.txt", "a")))
                                    .isEqualTo(new AnswerReading.Answer("Nothing was done.", List.of())));
        }
    }
}
