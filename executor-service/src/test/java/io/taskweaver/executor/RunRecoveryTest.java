package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.agents.Attempt;
import io.taskweaver.executor.AttemptIntake.Taken;
import io.taskweaver.executor.JournalIndex.Begun;
import io.taskweaver.executor.StopSignal.Reason;
import io.taskweaver.model.event.PlanEvent.ExecutionJournal.RunPlace;
import io.taskweaver.wire.TraceContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.Test;

class RunRecoveryTest {
    private static final RunPlace HERE = new RunPlace("here", 0, 7);

    private final JournalIndex index = new JournalIndex();
    private final List<RunPlace> taken = new ArrayList<>();
    private final Slots slots = new Slots(2);
    private boolean isGone;
    private boolean isInterrupted;
    private boolean isHeld;
    private boolean isLive;
    private boolean isConfigured = true;
    private RunPlace failing = new RunPlace("none", 0, 0);
    private Optional<Reason> unwanted = Optional.empty();

    private final OrphanedRuns.View view = new OrphanedRuns.View() {
        @Override
        public List<Begun> unfinished() {
            return index.unfinished();
        }

        @Override
        public boolean isHeld(Begun started) {
            return isHeld;
        }

        @Override
        public boolean isOwned(Begun started) {
            return false;
        }

        @Override
        public Optional<Reason> unwanted(Begun started) {
            return unwanted;
        }
    };

    private Optional<IssuedAttempt> issued(RunPlace place) {
        if (failing.equals(place)) throw new IllegalStateException("not read in time");
        if (isInterrupted) throw new InterruptException(new InterruptedException("closed"));
        if (isGone) return Optional.empty();
        var event = Some.ready(Some.attempt(1), true).event();
        return Optional.of(new IssuedAttempt(
                event, true, TraceContext.ofPlan(event.plan().value()), place.partition(), place.offset()));
    }

    private Taken take(IssuedAttempt issued) {
        taken.add(new RunPlace("here", issued.partition(), issued.offset()));
        return Taken.STARTED;
    }

    private List<RunPlace> found(Optional<RunPlace> place) {
        var events = new AttemptEvents("dead", InstantSource.fixed(Instant.EPOCH));
        index.apply(events.created(Some.ready(Some.attempt(1), false).event(), "run", place, 1), 0, 0);
        new RunRecovery(
                        () -> "here",
                        agent -> isConfigured,
                        view,
                        started -> index.of(started.attempt()),
                        run -> isLive,
                        slots,
                        this::issued,
                        this::take)
                .search();
        return taken;
    }

    @Test
    void a_run_of_this_machine_whose_executor_died_is_taken_up() {
        assertThat(found(Optional.of(HERE))).containsExactly(HERE);
    }

    @Test
    void an_idle_executor_takes_it_up_though_its_intake_has_reserved_all_slots() {
        assertThat(slots.reserveNow(2)).isTrue();

        assertThat(found(Optional.of(HERE))).containsExactly(HERE);

        // What the intake waited for did not come. One of the slots stays in use until the run ends.
        slots.free(2);
        assertThat(slots.reserveNow(2)).isFalse();
        assertThat(slots.reserveNow(1)).isTrue();
        assertThat(slots.reserveNow(1)).isFalse();
        slots.free(1);
        slots.free(1);
        assertThat(slots.reserveNow(2)).isTrue();
    }

    @Test
    void one_whose_record_is_gone_uses_no_slot() {
        isGone = true;
        assertThat(found(Optional.of(HERE))).isEmpty();
        assertThat(slots.reserveNow(2)).isTrue();
    }

    @Test
    void a_run_of_another_machine_or_of_none_is_not() {
        assertThat(found(Optional.of(new RunPlace("there", 0, 7)))).isEmpty();
        assertThat(found(Optional.empty())).isEmpty();
    }

    @Test
    void a_run_that_has_an_executor_is_not() {
        isHeld = true;
        assertThat(found(Optional.of(HERE))).isEmpty();
        isHeld = false;
        isLive = true;
        assertThat(found(Optional.of(HERE))).isEmpty();
    }

    @Test
    void one_of_an_agent_that_is_not_configured_here_is_left_to_those_who_have_it() {
        isConfigured = false;
        assertThat(found(Optional.of(HERE))).isEmpty();
    }

    @Test
    void one_that_cannot_be_read_keeps_no_other_back() {
        var unreadable = new RunPlace("here", 0, 1);
        var events = new AttemptEvents("dead", InstantSource.fixed(Instant.EPOCH));
        index.apply(
                events.created(
                        Some.ready(new Attempt("shop", "FR-000", 1), false).event(), "run", Optional.of(unreadable), 1),
                0,
                1);
        failing = unreadable;

        assertThat(found(Optional.of(HERE))).containsExactly(HERE);
    }

    @Test
    void an_interrupt_of_a_read_ends_the_search() {
        isInterrupted = true;
        try {
            assertThatThrownBy(() -> found(Optional.of(HERE))).isInstanceOf(InterruptException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(slots.reserveNow(2)).isTrue();
    }

    @Test
    void a_run_that_is_not_wanted_any_more_is_not() {
        unwanted = Optional.of(Reason.PLAN_CANCELLED);
        assertThat(found(Optional.of(HERE))).isEmpty();
    }
}
