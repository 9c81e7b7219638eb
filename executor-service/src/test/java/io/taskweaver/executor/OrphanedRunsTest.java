package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.Attempt;
import io.taskweaver.executor.JournalIndex.Begun;
import io.taskweaver.executor.StopSignal.Reason;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.Failure;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanEvent.ExecutionJournal;
import io.taskweaver.model.event.PlanEvent.TaskFailed;
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
    private final List<PlanEvent> ended = new ArrayList<>();
    private final Known known = new Known();
    private final OrphanedRuns orphans = new OrphanedRuns(
            new AttemptEvents("e1", InstantSource.fixed(T.plusSeconds(60))),
            known,
            name -> name.equals("fake") ? Optional.of(agent) : Optional.empty(),
            (event, trace) -> {
                ended.add(event);
                return CompletableFuture.allOf();
            });

    private static final class Known implements OrphanedRuns.View {
        List<Begun> unfinished = List.of(begun("dead", "fake", Optional.empty()));
        Optional<Reason> unwanted = Optional.of(Reason.PLAN_CANCELLED);
        boolean lookedAfter;

        @Override
        public List<Begun> unfinished() {
            return unfinished;
        }

        @Override
        public boolean isHeld(Begun begun) {
            return lookedAfter;
        }

        @Override
        public boolean isOwned(Begun begun) {
            return lookedAfter;
        }

        @Override
        public Optional<Reason> unwanted(Begun begun) {
            return unwanted;
        }
    }

    private static Begun begun(String executor, String agent, Optional<String> run) {
        var claim = new ExecutionJournal(
                new Meta("id", new PlanId(ATTEMPT.plan()), T, Optional.empty()),
                new TaskId(ATTEMPT.task()),
                ATTEMPT.number(),
                ExecutionJournal.State.CLAIMED,
                executor,
                agent,
                Optional.empty(),
                Optional.empty(),
                3,
                Optional.of("ticket"),
                Optional.empty(),
                Optional.empty());
        return new Begun(claim, run);
    }

    private void look(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) orphans.search();
    }

    @Test
    void what_is_seen_twice_is_stopped_at_the_agent_and_ended_for_everyone() throws InterruptedException {
        var run = agent.existing(ATTEMPT);
        look(1);
        assertThat(ended).isEmpty();
        look(1);
        assertThat(agent.cancelled).containsExactly(run);
        assertThat(ended).hasSize(2);
        assertThat(ended.getFirst()).isInstanceOfSatisfying(ExecutionJournal.class, end -> {
            assertThat(end.state()).isEqualTo(ExecutionJournal.State.FINISHED);
            assertThat(end.contextVersion()).isEqualTo(3);
            assertThat(end.outcome()).contains((PlanEvent.Outcome) ended.getLast());
        });
        assertThat(ended.getLast()).isInstanceOfSatisfying(TaskFailed.class, failed -> {
            assertThat(Attempt.of(failed)).isEqualTo(ATTEMPT);
            assertThat(failed.agent()).isEqualTo("fake");
            assertThat(failed.executor()).isEqualTo("e1");
            assertThat(failed.agentRun()).contains(run);
            assertThat(failed.failure()).isEqualTo(Failure.CANCELLED);
            assertThat(failed.reason()).isEqualTo("The plan was cancelled.");
            assertThat(failed.startedAt()).isEqualTo(T);
            assertThat(failed.duration()).isEqualTo(Duration.ofSeconds(60));
            assertThat(failed.ticket()).contains("ticket");
            assertThat(failed.meta().causationId()).contains("id");
        });
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
        assertThat(ended.getLast())
                .isInstanceOfSatisfying(
                        TaskFailed.class,
                        failed -> assertThat(failed.agentRun()).isEmpty());
        assertThat(agent.cancelled).isEmpty();
    }

    @Test
    void runs_of_agents_that_are_not_here_are_left_to_others() throws InterruptedException {
        known.unfinished = List.of(begun("dead", "elsewhere", Optional.of("run")));
        look(2);
        assertThat(ended).isEmpty();
    }
}
