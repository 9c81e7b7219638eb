package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    @Test
    void an_attempt_that_nobody_knows_is_run() {
        assertThat(Admission.of(Some.attempt(1), Optional.empty(), OptionalInt.empty()))
                .isEqualTo(Admission.RUN);
    }

    @Test
    void an_attempt_that_the_journal_knows_is_run_on() {
        assertThat(Admission.of(Some.attempt(1), Optional.empty(), OptionalInt.of(1)))
                .isEqualTo(Admission.RUN);
    }

    @Test
    void an_attempt_that_runs_here_is_ignored() {
        assertThat(Admission.of(Some.attempt(1), Optional.of(Some.attempt(1)), OptionalInt.of(1)))
                .isEqualTo(Admission.DUPLICATE);
    }

    @Test
    void a_newer_attempt_replaces_the_one_that_runs_here() {
        assertThat(Admission.of(Some.attempt(2), Optional.of(Some.attempt(1)), OptionalInt.of(1)))
                .isEqualTo(Admission.REPLACE);
    }

    @Test
    void an_attempt_older_than_the_one_that_runs_here_is_stale() {
        assertThat(Admission.of(Some.attempt(1), Optional.of(Some.attempt(2)), OptionalInt.empty()))
                .isEqualTo(Admission.STALE);
    }

    @Test
    void an_attempt_older_than_the_journal_knows_is_stale_even_if_it_runs_here() {
        assertThat(Admission.of(Some.attempt(1), Optional.of(Some.attempt(1)), OptionalInt.of(2)))
                .isEqualTo(Admission.STALE);
    }
}
