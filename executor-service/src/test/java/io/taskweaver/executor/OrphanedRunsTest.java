package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.Outcome;
import io.taskweaver.executor.StopSignal.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class OrphanedRunsTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final Attempt ATTEMPT = Some.attempt(1);

    private final FakeAgent agent = new FakeAgent();
    private final List<Finished> ended = new ArrayList<>();
    private final Known known = new Known();
    private final OrphanedRuns orphans = new OrphanedRuns(
            "e1",
            known,
            name -> name.equals("fake") ? Optional.of(agent) : Optional.empty(),
            (finished, trace) -> {
                ended.add(finished);
                return CompletableFuture.allOf();
            },
            Duration.ofSeconds(5),
            InstantSource.fixed(T.plusSeconds(60)));

    private static final class Known implements OrphanedRuns.View {
        List<JournalEntry> unfinished = List.of(begun("dead", "fake", Optional.empty()));
        Optional<Reason> unwanted = Optional.of(Reason.PLAN_CANCELLED);
        boolean lookedAfter;

        @Override
        public List<JournalEntry> unfinished() {
            return unfinished;
        }

        @Override
        public boolean isLookedAfter(JournalEntry begun) {
            return lookedAfter;
        }

        @Override
        public Optional<Reason> unwanted(JournalEntry begun) {
            return unwanted;
        }
    }

    private static JournalEntry begun(String executor, String agent, Optional<String> run) {
        return new JournalEntry(
                "id", ATTEMPT, JournalEntry.State.CLAIMED, executor, agent, run, 3, Optional.of("ticket"), T);
    }

    private void look(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) orphans.look();
    }

    @Test
    void what_is_seen_twice_is_stopped_at_the_agent_and_ended_for_everyone() throws InterruptedException {
        var run = agent.existing(ATTEMPT);
        look(1);
        assertThat(ended).isEmpty();
        look(1);
        assertThat(agent.cancelled).containsExactly(run);
        assertThat(ended)
                .containsExactly(new Finished(
                        ATTEMPT,
                        "fake",
                        "e1",
                        3,
                        T,
                        Duration.ofSeconds(60),
                        Optional.of("ticket"),
                        "id",
                        new Ending.Failed(Optional.of(run), new Outcome.Cancelled("The plan was cancelled."))));
    }

    @Test
    void a_run_that_is_wanted_or_looked_after_goes_on() throws InterruptedException {
        agent.existing(ATTEMPT);
        known.unwanted = Optional.empty();
        look(3);
        known.unwanted = Optional.of(Reason.SUPERSEDED);
        known.lookedAfter = true;
        look(3);
        assertThat(agent.cancelled).isEmpty();
        assertThat(ended).isEmpty();
    }

    @Test
    void whoever_takes_it_up_between_two_looks_keeps_it() throws InterruptedException {
        agent.existing(ATTEMPT);
        look(1);
        known.unfinished = List.of(begun("e2", "fake", Optional.empty()));
        look(1);
        assertThat(ended).isEmpty();
    }

    @Test
    void a_claim_without_a_run_ends_without_one() throws InterruptedException {
        look(2);
        assertThat(ended)
                .singleElement()
                .satisfies(finished -> assertThat(finished.ending().runId()).isEmpty());
        assertThat(agent.cancelled).isEmpty();
    }

    @Test
    void runs_of_agents_that_are_not_here_are_left_to_others() throws InterruptedException {
        known.unfinished = List.of(begun("dead", "elsewhere", Optional.of("run")));
        look(2);
        assertThat(ended).isEmpty();
    }
}
