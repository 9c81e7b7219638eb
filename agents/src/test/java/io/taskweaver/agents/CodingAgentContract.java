package io.taskweaver.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link CodingAgent} promises. */
public abstract class CodingAgentContract {
    protected static final Duration LONG = Duration.ofSeconds(30);
    protected static final Attempt ATTEMPT = new Attempt("plan", "FR-1", 1);

    /** An agent whose runs succeed within a second. */
    protected abstract CodingAgent agent();

    /** An agent of the same service whose runs never end. */
    protected abstract CodingAgent hangingAgent();

    /** How many runs to have at once. */
    protected int many() {
        return 300;
    }

    @Test
    void a_run_that_was_created_ends_with_an_answer() throws Exception {
        String run = created(agent(), ATTEMPT);

        assertThat(agent().await(run, LONG, progress -> {}))
                .isInstanceOfSatisfying(
                        Outcome.Succeeded.class,
                        outcome -> assertThat(outcome.answer()).isNotBlank());
    }

    @Test
    void the_run_of_an_attempt_is_found_by_another_client_and_none_of_another_attempt() throws Exception {
        String run = created(agent(), ATTEMPT);

        assertThat(agent().find(ATTEMPT)).isEqualTo(new Lookup.Found(run));
        assertThat(agent().find(new Attempt("plan", "FR-1", 2))).isEqualTo(new Lookup.Absent());
        assertThat(agent().find(new Attempt("plan", "FR-11", 1))).isEqualTo(new Lookup.Absent());
    }

    @Test
    void a_run_can_be_waited_for_again_after_it_ended() throws Exception {
        CodingAgent agent = agent();
        String run = created(agent, ATTEMPT);
        Outcome first = agent.await(run, LONG, progress -> {});

        assertThat(agent.await(run, LONG, progress -> {})).isEqualTo(first);
    }

    @Test
    void a_run_that_does_not_end_in_time_is_timed_out_and_cancelled() throws Exception {
        CodingAgent agent = hangingAgent();
        String run = created(agent, ATTEMPT);

        assertThat(agent.await(run, Duration.ofMillis(200), progress -> {})).isInstanceOf(Outcome.TimedOut.class);
        assertThat(agent.await(run, LONG, progress -> {})).isInstanceOf(Outcome.Cancelled.class);
    }

    @Test
    void a_run_that_is_cancelled_ends_cancelled_and_cancelling_what_is_not_there_is_no_error() throws Exception {
        CodingAgent agent = hangingAgent();
        String run = created(agent, ATTEMPT);

        agent.cancel(run);
        agent.cancel("4711");

        assertThat(agent.await(run, LONG, progress -> {})).isInstanceOf(Outcome.Cancelled.class);
    }

    @Test
    void progress_is_told_while_a_run_goes_on() throws Exception {
        CodingAgent agent = agent();
        var told = new ConcurrentLinkedQueue<String>();

        agent.await(created(agent, ATTEMPT), LONG, told::add);

        assertThat(told).isNotEmpty().doesNotContain("");
    }

    @Test
    void many_threads_use_one_agent_at_once() throws Exception {
        CodingAgent agent = agent();
        List<Future<Outcome>> outcomes = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 1; i <= many(); i++) {
                var attempt = new Attempt("plan", "T" + i, 1);
                outcomes.add(threads.submit(() -> agent.await(created(agent, attempt), LONG, progress -> {})));
            }
        }

        for (Future<Outcome> outcome : outcomes) assertThat(outcome.get()).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void whoever_waits_is_told_when_the_agent_is_closed() throws Exception {
        CodingAgent agent = hangingAgent();
        String run = created(agent, ATTEMPT);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Outcome> outcome = threads.submit(() -> agent.await(run, LONG, progress -> agent.close()));

            assertThat(outcome.get()).isInstanceOf(Outcome.Interrupted.class);
        }
    }

    protected static String created(CodingAgent agent, Attempt attempt) throws InterruptedException {
        Creation creation = agent.create(attempt, Assignment.of("# Do the task\n\nof " + attempt.task()));
        assertThat(creation).isInstanceOf(Creation.Created.class);
        return ((Creation.Created) creation).runId();
    }
}
