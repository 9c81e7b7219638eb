package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.Outcome;
import io.taskweaver.model.event.ExecutorHeartbeat.BackendHalt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentPoolTest {
    private static final Duration HALT = Duration.ofSeconds(30);
    private static final Outcome DOWN = new Outcome.InfraFailed("no answer");

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final AgentPool backends = new AgentPool(List.of(new FakeAgent()), HALT, () -> now);

    @AfterEach
    void close() {
        backends.close();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(backends.closed("fake")).isEmpty();
            backends.ended("fake", DOWN);
        }
    }

    private void after(Duration time) {
        now = now.plus(time);
    }

    @Test
    void a_rate_limit_closes_a_back_end_for_all_until_the_time_given() {
        var until = now.plusSeconds(90);
        backends.ended("fake", new Outcome.RateLimited("slow down", Optional.of(until)));

        assertThat(backends.closed("fake")).contains(new Outcome.RateLimited("slow down", Optional.of(until)));
        assertThat(backends.halts()).containsExactly(new BackendHalt("fake", "slow down", until, true));
        assertThat(backends.areAllHalted()).isTrue();
        assertThat(backends.usable()).as("it is there").containsExactly("fake");
        after(Duration.ofSeconds(90));
        assertThat(backends.closed("fake")).isEmpty();
        assertThat(backends.halts()).isEmpty();
    }

    @Test
    void a_rate_limit_that_names_no_time_lasts_a_while_and_a_shorter_one_does_not_shorten_it() {
        backends.ended("fake", new Outcome.RateLimited("slow down", Optional.empty()));
        backends.ended("fake", new Outcome.RateLimited("slow down", Optional.of(now.plusSeconds(1))));
        assertThat(backends.halts()).extracting(BackendHalt::until).containsExactly(now.plus(HALT));
    }

    @Test
    void a_back_end_that_fails_again_and_again_is_left_alone_and_then_tried_by_one_run() {
        fail(5);
        assertThat(backends.closed("fake"))
                .hasValueSatisfying(limited -> assertThat(limited.reason()).contains("repeatedly", "no answer"));
        assertThat(backends.halts()).extracting(BackendHalt::shared).containsExactly(false);

        after(HALT);
        assertThat(backends.areAllHalted()).isFalse();
        assertThat(backends.closed("fake")).as("one run").isEmpty();
        assertThat(backends.closed("fake")).as("not a second one").isPresent();
        backends.ended("fake", DOWN);
        assertThat(backends.areAllHalted()).as("it still fails").isTrue();

        after(HALT);
        assertThat(backends.closed("fake")).isEmpty();
        backends.began("fake");
        assertThat(backends.closed("fake")).isEmpty();
        assertThat(backends.closed("fake")).isEmpty();
        assertThat(backends.halts()).isEmpty();
    }

    @Test
    void a_trial_that_is_given_up_lets_another_try() {
        fail(5);
        after(HALT);
        assertThat(backends.closed("fake")).isEmpty();
        backends.left("fake");
        assertThat(backends.closed("fake")).isEmpty();
    }

    @Test
    void failures_among_successes_close_nothing() {
        for (int i = 0; i < 40; i++) {
            if (i % 3 == 0) fail(1);
            else backends.ended("fake", new Outcome.TaskFailed("it tried"));
        }
        assertThat(backends.closed("fake")).isEmpty();
    }

    @Test
    void refused_credentials_take_a_back_end_out_of_use_but_it_may_be_asked() {
        backends.ended("fake", new Outcome.CredentialsRefused("401", "set the token"));
        assertThat(backends.usable()).isEmpty();
        assertThat(backends.halts()).isEmpty();
        assertThat(backends.haltReason()).contains("fake: 401 set the token");
        assertThat(backends.closed("fake")).isEmpty();
        backends.began("fake");
        assertThat(backends.usable()).containsExactly("fake");
    }

    @Test
    void who_resumes_a_plan_wants_all_of_them_tried_again() {
        fail(5);
        backends.resume();
        assertThat(backends.closed("fake")).isEmpty();
        assertThat(backends.areAllHalted()).isFalse();
    }
}
