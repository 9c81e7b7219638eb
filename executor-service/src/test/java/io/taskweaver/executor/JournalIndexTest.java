package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.Outcome;
import io.taskweaver.executor.JournalIndex.Begun;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanEvent.ExecutionJournal;
import io.taskweaver.model.event.PlanEvent.ExecutionJournal.RunPlace;
import io.taskweaver.model.event.PlanEvent.ExecutionJournal.State;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class JournalIndexTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private final JournalIndex index = new JournalIndex();

    private static ExecutionJournal entry(int attempt, State state, String executor, long version) {
        var events = new AttemptEvents(executor, InstantSource.fixed(T.plusSeconds(version)));
        var order = Some.ready(Some.attempt(attempt), false).event();
        return switch (state) {
            case CLAIMED -> events.claimed(order, version);
            case CREATED -> events.created(order, "run-" + attempt, Optional.empty(), version);
            case FINISHED ->
                events.ended(
                        order,
                        order.eventId(),
                        Optional.of("run-" + attempt),
                        version,
                        T,
                        new Outcome.InfraFailed("no answer"));
        };
    }

    @Test
    void a_claim_is_told_what_came_before_it() {
        assertThat(index.apply(entry(1, State.CLAIMED, "a", 3), 0, 0)).isEqualTo(new AttemptState.Nothing());
        assertThat(index.apply(entry(1, State.CLAIMED, "b", 4), 0, 1))
                .isEqualTo(new AttemptState.Claimed("a", 3, T.plusSeconds(3)));
    }

    @Test
    void a_second_claim_takes_over_but_the_first_ones_context_and_time_stay() {
        index.apply(entry(1, State.CLAIMED, "a", 3), 0, 0);
        index.apply(entry(1, State.CLAIMED, "b", 4), 0, 1);
        assertThat(index.of(Some.attempt(1))).isEqualTo(new AttemptState.Claimed("b", 3, T.plusSeconds(3)));
    }

    @Test
    void what_was_begun_is_unfinished_until_it_ends_superseded_or_not() {
        index.apply(entry(1, State.CREATED, "a", 3), 0, 0);
        index.apply(entry(1, State.CLAIMED, "b", 3), 0, 1);
        index.apply(entry(2, State.CLAIMED, "c", 3), 0, 2);
        assertThat(index.unfinished())
                .containsExactlyInAnyOrder(
                        new Begun(entry(1, State.CLAIMED, "b", 3), Optional.of("run-1")),
                        new Begun(entry(2, State.CLAIMED, "c", 3), Optional.empty()));
        index.apply(entry(1, State.FINISHED, "b", 3), 0, 3);
        index.apply(entry(2, State.FINISHED, "c", 3), 0, 4);
        index.apply(entry(2, State.CLAIMED, "d", 3), 0, 5);
        assertThat(index.unfinished()).isEmpty();
    }

    @Test
    void an_attempt_is_over_when_it_ended_or_a_newer_one_is_known_and_it_was_not_begun() {
        index.apply(entry(2, State.CREATED, "a", 3), 0, 0);
        assertThat(index.over()).containsExactly(Some.attempt(1));
        index.apply(entry(3, State.CLAIMED, "b", 3), 0, 1);
        assertThat(index.over()).containsExactly(Some.attempt(1));
        index.apply(entry(2, State.FINISHED, "a", 3), 0, 2);
        assertThat(index.over()).containsExactly(Some.attempt(1), Some.attempt(2));
        index.apply(entry(3, State.FINISHED, "b", 3), 0, 3);
        assertThat(index.over()).containsExactly(Some.attempt(1), Some.attempt(2), Some.attempt(3));
    }

    @Test
    void an_attempt_whose_run_goes_on_is_over_when_the_next_one_ended() {
        var order = Some.ready(Some.attempt(1), false).event();
        var goesOn = new Outcome.Interrupted("The executor stops.", true);
        index.apply(
                new AttemptEvents("a", InstantSource.fixed(T))
                        .ended(order, order.eventId(), Optional.of("run-1"), 3, T, goesOn),
                0,
                0);
        assertThat(index.over()).isEmpty();
        index.apply(entry(2, State.CREATED, "a", 3), 0, 1);
        assertThat(index.over()).isEmpty();
        index.apply(entry(2, State.FINISHED, "a", 3), 0, 2);
        assertThat(index.over()).containsExactly(Some.attempt(1), Some.attempt(2));
    }

    @Test
    void a_late_claim_hides_no_run() {
        index.apply(entry(1, State.CREATED, "a", 3), 0, 0);
        index.apply(entry(1, State.CLAIMED, "b", 4), 0, 1);
        assertThat(index.of(Some.attempt(1)))
                .isEqualTo(new AttemptState.Created(
                        "a",
                        "run-1",
                        Optional.empty(),
                        3,
                        T.plusSeconds(3),
                        entry(1, State.CREATED, "a", 3).eventId()));
    }

    private static AttemptEvents by(String executor) {
        return new AttemptEvents(executor, InstantSource.fixed(T));
    }

    private static final PlanEvent.TaskReady ORDER =
            Some.ready(Some.attempt(1), false).event();
    private static final RunPlace HERE = new RunPlace("here", 0, 7);
    private static final RunPlace THERE = new RunPlace("there", 0, 8);

    private AttemptState.Created created() {
        return (AttemptState.Created) index.of(Some.attempt(1));
    }

    @Test
    void of_two_runs_the_first_in_the_journal_counts() {
        var first = by("a").created(ORDER, "run-1", Optional.of(HERE), 3);
        index.apply(by("b").claimed(ORDER, 3), 0, 0);
        index.apply(first, 0, 1);

        index.apply(by("b").created(ORDER, "run-1", Optional.of(THERE), 3), 0, 2);
        index.apply(by("b").claimed(ORDER, 3), 0, 3);

        assertThat(created())
                .isEqualTo(new AttemptState.Created("a", "run-1", Optional.of(HERE), 3, T, first.eventId()));
        assertThat(index.unfinished()).containsExactly(new Begun(first, Optional.of("run-1")));
    }

    @Test
    void of_two_that_take_a_run_up_from_a_dead_executor_the_first_has_it() {
        index.apply(by("dead").created(ORDER, "run-1", Optional.of(HERE), 3), 0, 0);
        var known = created();
        var first = by("a").takenUp(ORDER, known, new RunPlace("here", 0, 9));

        index.apply(first, 0, 1);
        assertThat(index.apply(by("b").takenUp(ORDER, known, HERE), 0, 2)).isNotEqualTo(known);

        assertThat(created())
                .isEqualTo(new AttemptState.Created(
                        "a", "run-1", Optional.of(new RunPlace("here", 0, 9)), 3, T, first.eventId()));
        assertThat(index.unfinished()).containsExactly(new Begun(first, Optional.of("run-1")));
    }

    @Test
    void a_run_is_taken_up_again_and_again_also_by_an_executor_of_the_same_name() {
        index.apply(by("a").created(ORDER, "run-1", Optional.of(HERE), 3), 0, 0);
        var stale = created();
        for (var executor : List.of("a", "b", "a", "a")) {
            var known = created();
            assertThat(index.apply(by(executor).takenUp(ORDER, known, HERE), 0, 1))
                    .isEqualTo(known);
            assertThat(created()).isNotEqualTo(known);
            assertThat(created().executor()).isEqualTo(executor);
        }
        var last = created();
        index.apply(by("late").takenUp(ORDER, stale, HERE), 0, 2);
        assertThat(created()).isEqualTo(last);
    }

    @Test
    void of_two_ends_the_first_counts() {
        index.apply(entry(1, State.FINISHED, "a", 3), 0, 0);
        index.apply(entry(1, State.FINISHED, "b", 3), 0, 1);
        assertThat(index.of(Some.attempt(1))).isEqualTo(new AttemptState.Finished(0, 0));
    }

    @Test
    void the_end_of_the_attempt_before_stays_known_while_the_next_one_goes_on() {
        assertThat(index.earlier(Some.attempt(2))).isEmpty();
        index.apply(entry(1, State.CLAIMED, "a", 3), 0, 0);
        assertThat(index.earlier(Some.attempt(2))).isEmpty();
        index.apply(entry(1, State.FINISHED, "a", 3), 0, 1);
        assertThat(index.earlier(Some.attempt(2))).contains(new AttemptState.Finished(0, 1));
        assertThat(index.earlier(Some.attempt(3))).isEmpty();
        index.apply(entry(2, State.CLAIMED, "b", 4), 0, 2);
        index.apply(entry(2, State.CLAIMED, "c", 4), 0, 3);
        index.apply(entry(2, State.CREATED, "c", 4), 0, 4);
        assertThat(index.earlier(Some.attempt(2))).contains(new AttemptState.Finished(0, 1));
        index.apply(entry(4, State.CLAIMED, "c", 4), 0, 5);
        assertThat(index.earlier(Some.attempt(4))).isEmpty();
    }

    @Test
    void an_outcome_is_known_by_its_place() {
        index.apply(entry(1, State.FINISHED, "a", 3), 2, 9);
        assertThat(index.of(Some.attempt(1))).isEqualTo(new AttemptState.Finished(2, 9));
    }

    @Test
    void a_newer_attempt_supersedes_the_older_ones() {
        index.apply(entry(1, State.FINISHED, "a", 3), 0, 0);
        index.apply(entry(2, State.CLAIMED, "a", 4), 0, 1);
        assertThat(index.of(Some.attempt(1))).isEqualTo(new AttemptState.Superseded(2));
        assertThat(index.newest(Some.attempt(1))).hasValue(2);
    }

    @Property
    void reading_the_journal_again_from_its_beginning_changes_nothing(
            @ForAll("journals") List<ExecutionJournal> journal) {
        var once = new JournalIndex();
        var twice = new JournalIndex();
        for (int i = 0; i < journal.size(); i++) once.apply(journal.get(i), 0, i);
        var both = new ArrayList<>(journal);
        both.addAll(journal);
        for (int i = 0; i < both.size(); i++) twice.apply(both.get(i), 0, i % journal.size());
        for (int attempt = 1; attempt <= 3; attempt++)
            assertThat(isSettled(twice.of(Some.attempt(attempt)))).isEqualTo(isSettled(once.of(Some.attempt(attempt))));
    }

    /** All but who claimed last, which a second reading may take for another. */
    private static AttemptState isSettled(AttemptState recorded) {
        return recorded instanceof AttemptState.Claimed claimed
                ? new AttemptState.Claimed("", claimed.contextVersion(), claimed.since())
                : recorded;
    }

    @Provide
    Arbitrary<List<ExecutionJournal>> journals() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(State.values()),
                        Arbitraries.of("a", "b"),
                        Arbitraries.longs().between(0, 5))
                .as(JournalIndexTest::entry)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }
}
