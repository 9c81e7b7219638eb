package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.agents.Outcome;
import io.taskweaver.model.event.ExecutorHeartbeat.AgentHalt;
import io.taskweaver.model.storage.StorageFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentPoolTest {
    private static final Duration HALT = Duration.ofSeconds(30);
    private static final Outcome DOWN = new Outcome.InfraFailed("no answer");

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final AgentPool pool = new AgentPool(List.of(new FakeAgent()), HALT, () -> now);

    @AfterEach
    void close() {
        pool.close();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(pool.closed("fake")).isEmpty();
            pool.ended("fake", DOWN);
        }
    }

    private void after(Duration time) {
        now = now.plus(time);
    }

    @Test
    void a_rate_limit_closes_a_back_end_for_all_until_the_time_given() {
        var until = now.plusSeconds(90);
        pool.ended("fake", new Outcome.RateLimited("slow down", Optional.of(until)));

        assertThat(pool.closed("fake")).contains(new Outcome.RateLimited("slow down", Optional.of(until)));
        assertThat(pool.halts()).containsExactly(new AgentHalt("fake", "slow down", until, true));
        assertThat(pool.areAllHalted()).isTrue();
        assertThat(pool.usable()).as("it is there").containsExactly("fake");
        after(Duration.ofSeconds(90));
        assertThat(pool.closed("fake")).isEmpty();
        assertThat(pool.halts()).isEmpty();
    }

    @Test
    void a_rate_limit_that_names_no_time_lasts_a_while_and_a_shorter_one_does_not_shorten_it() {
        pool.ended("fake", new Outcome.RateLimited("slow down", Optional.empty()));
        pool.ended("fake", new Outcome.RateLimited("slow down", Optional.of(now.plusSeconds(1))));
        assertThat(pool.halts()).extracting(AgentHalt::until).containsExactly(now.plus(HALT));
    }

    @Test
    void a_full_disk_here_says_nothing_about_the_back_end() {
        for (int i = 0; i < 10; i++) {
            assertThat(pool.closed("fake")).isEmpty();
            pool.ended("fake", new Outcome.InfraFailed("the disk is full", Optional.of(StorageFailure.FULL)));
        }
        assertThat(pool.closed("fake")).isEmpty();
        assertThat(pool.halts()).isEmpty();
    }

    @Test
    void a_back_end_that_fails_again_and_again_is_left_alone_and_then_tried_by_one_run() {
        fail(5);
        assertThat(pool.closed("fake"))
                .hasValueSatisfying(limited -> assertThat(limited.reason()).contains("repeatedly", "no answer"));
        assertThat(pool.halts()).extracting(AgentHalt::shared).containsExactly(false);

        after(HALT);
        assertThat(pool.areAllHalted()).isFalse();
        assertThat(pool.closed("fake")).as("one run").isEmpty();
        assertThat(pool.closed("fake")).as("not a second one").isPresent();
        pool.ended("fake", DOWN);
        assertThat(pool.areAllHalted()).as("it still fails").isTrue();

        after(HALT);
        assertThat(pool.closed("fake")).isEmpty();
        pool.began("fake");
        assertThat(pool.closed("fake")).isEmpty();
        assertThat(pool.closed("fake")).isEmpty();
        assertThat(pool.halts()).isEmpty();
    }

    @Test
    void a_trial_that_is_given_up_lets_another_try() {
        fail(5);
        after(HALT);
        assertThat(pool.closed("fake")).isEmpty();
        pool.left("fake");
        assertThat(pool.closed("fake")).isEmpty();
    }

    @Test
    void failures_among_successes_close_nothing() {
        for (int i = 0; i < 40; i++) {
            if (i % 3 == 0) fail(1);
            else pool.ended("fake", new Outcome.TaskFailed("it tried"));
        }
        assertThat(pool.closed("fake")).isEmpty();
    }

    @Test
    void refused_credentials_take_a_back_end_out_of_use_but_it_may_be_asked() {
        pool.ended("fake", new Outcome.CredentialsRefused("401", "set the token"));
        assertThat(pool.usable()).isEmpty();
        assertThat(pool.halts()).isEmpty();
        assertThat(pool.haltReason()).contains("fake: 401 set the token");
        assertThat(pool.closed("fake")).isEmpty();
        pool.began("fake");
        assertThat(pool.usable()).containsExactly("fake");
    }

    @Test
    void who_resumes_a_plan_wants_all_of_them_tried_again() {
        fail(5);
        pool.resume();
        assertThat(pool.closed("fake")).isEmpty();
        assertThat(pool.areAllHalted()).isFalse();
    }

    @Test
    void an_agent_that_cannot_be_closed_keeps_no_other_from_it() {
        var first = new FakeAgent("first");
        var second = new FakeAgent("second");
        first.failsToClose = true;
        second.failsToClose = true;
        var pool = new AgentPool(List.of(first, second), Duration.ofSeconds(30), InstantSource.system());

        assertThatThrownBy(pool::close)
                .isInstanceOfSatisfying(
                        IllegalStateException.class,
                        failure -> assertThat(failure.getSuppressed()).hasSize(1));

        assertThat(second.closed).isTrue();
    }
}
