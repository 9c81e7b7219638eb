package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AttemptAdmissionTest {
    @Test
    void an_attempt_that_nobody_knows_is_run() {
        assertThat(AttemptAdmission.of(Some.attempt(1), Optional.empty(), OptionalInt.empty()))
                .isEqualTo(AttemptAdmission.RUN);
    }

    @Test
    void an_attempt_that_the_journal_knows_is_run_on() {
        assertThat(AttemptAdmission.of(Some.attempt(1), Optional.empty(), OptionalInt.of(1)))
                .isEqualTo(AttemptAdmission.RUN);
    }

    @Test
    void an_attempt_that_runs_here_is_ignored() {
        assertThat(AttemptAdmission.of(Some.attempt(1), Optional.of(Some.attempt(1)), OptionalInt.of(1)))
                .isEqualTo(AttemptAdmission.DUPLICATE);
    }

    @Test
    void a_newer_attempt_replaces_the_one_that_runs_here() {
        assertThat(AttemptAdmission.of(Some.attempt(2), Optional.of(Some.attempt(1)), OptionalInt.of(1)))
                .isEqualTo(AttemptAdmission.REPLACE);
    }

    @Test
    void an_attempt_older_than_the_one_that_runs_here_is_stale() {
        assertThat(AttemptAdmission.of(Some.attempt(1), Optional.of(Some.attempt(2)), OptionalInt.empty()))
                .isEqualTo(AttemptAdmission.STALE);
    }

    @Test
    void an_attempt_older_than_the_journal_knows_is_stale_even_if_it_runs_here() {
        assertThat(AttemptAdmission.of(Some.attempt(1), Optional.of(Some.attempt(1)), OptionalInt.of(2)))
                .isEqualTo(AttemptAdmission.STALE);
    }
}
