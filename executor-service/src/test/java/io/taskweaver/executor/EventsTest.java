package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.taskweaver.agents.Outcome;
import io.taskweaver.domain.context.FileChange;
import io.taskweaver.domain.plan.Usage;
import io.taskweaver.events.EventMeta;
import io.taskweaver.events.FailureKind;
import io.taskweaver.events.TaskReady;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class EventsTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final Optional<String> TICKET = Optional.of("ticket");
    private final Events events = new Events("e1", InstantSource.fixed(T));

    private static Finished finished(Ending ending) {
        return new Finished(Some.attempt(2), "fake", "e1", 7, T, Duration.ofMillis(1500), TICKET, "ready-1", ending);
    }

    @TestFactory
    Stream<DynamicTest> an_outcome_read_from_the_journal_says_the_same_as_when_it_was_written() {
        var run = Optional.of("run-1");
        var change = new FileChange("a.txt", Optional.empty(), Optional.of("text"));
        return Stream.<Ending>of(
                        new Ending.Completed(run, "done", List.of(change), List.of("link"), new Usage(1, 2, 3)),
                        new Ending.Failed(run, new Outcome.RateLimited("r", Optional.of(T.plusSeconds(60)))),
                        new Ending.Failed(run, new Outcome.InfraFailed("r")),
                        new Ending.Failed(run, new Outcome.Interrupted("r", false)),
                        new Ending.Failed(run, new Outcome.Interrupted("r", true)),
                        new Ending.Failed(run, new Outcome.NeedsInput("r")),
                        new Ending.Failed(run, new Outcome.TaskFailed("r")),
                        new Ending.Failed(run, new Outcome.TimedOut("r", Duration.ofMillis(1500))),
                        new Ending.Failed(run, new Outcome.BudgetExceeded("r")),
                        new Ending.Failed(Optional.empty(), new Outcome.Cancelled("r")),
                        new Ending.Failed(Optional.empty(), new Outcome.CredentialsRefused("r", "hint")),
                        new Ending.Failed(run, new Outcome.CredentialsRefused("r", "hint", true)),
                        new Ending.Failed(run, new Outcome.NotAllowed("r", "hint", new Usage(1, 2, 3))))
                .map(ending -> DynamicTest.dynamicTest(ending.toString(), () -> {
                    var finished = finished(ending);
                    assertThat(Events.finished(Events.journalled(finished))).contains(finished);
                }));
    }

    @Test
    void no_attempt_took_less_than_nothing_when_the_clock_was_set_back() {
        var ending = new Ending.Failed(Optional.empty(), new Outcome.InfraFailed("r"));
        var finished =
                new Finished(Some.attempt(2), "fake", "e1", 7, T, Duration.ofHours(-1), TICKET, "ready-1", ending);
        assertThat(finished.took()).isZero();
    }

    @Test
    void an_outcome_has_the_same_id_whoever_reports_it() {
        var failed = new Ending.Failed(Optional.empty(), new Outcome.InfraFailed("r"));
        var elsewhere = new Finished(Some.attempt(2), "fake", "e2", 9, T, Duration.ZERO, TICKET, "ready-2", failed);
        assertThat(Events.failed(elsewhere, failed).getMeta().getEventId())
                .isEqualTo(Events.failed(finished(failed), failed).getMeta().getEventId());
    }

    @Test
    void an_outcome_returns_the_ticket_of_its_order() {
        var failed = new Ending.Failed(Optional.empty(), new Outcome.InfraFailed("r"));
        var completed = new Ending.Completed(Optional.empty(), "", List.of(), List.of(), Usage.NONE);
        assertThat(Events.failed(finished(failed), failed).getTicket()).isEqualTo("ticket");
        assertThat(Events.completed(finished(completed), completed).getTicket()).isEqualTo("ticket");
    }

    @Test
    void refused_credentials_say_what_to_set() {
        var failed = new Ending.Failed(Optional.empty(), new Outcome.CredentialsRefused("401", "set the token"));
        var event = Events.failed(finished(failed), failed);
        assertThat(event.getFailure()).isEqualTo(FailureKind.REFUSED_CREDENTIALS);
        assertThat(event.getHint()).isEqualTo("set the token");
    }

    @Test
    void two_claims_of_an_attempt_can_be_told_apart() {
        var ready = Some.ready(Some.attempt(1), false);
        assertThat(Events.entry(events.claimed(ready, 1, 1)).id())
                .isNotEqualTo(Events.entry(events.claimed(ready, 1, 2)).id());
    }

    @Test
    void an_order_that_the_queue_hands_out_again_may_have_been_taken() {
        assertThat(Events.ready(order("shop", 1, 1000), Optional.empty(), true).maybeTaken())
                .isTrue();
        assertThat(Events.ready(order("shop", 1, 1000), Optional.empty(), false).maybeTaken())
                .isFalse();
    }

    @Test
    void an_order_without_time_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Events.ready(order("shop", 1, 0), Optional.empty(), false));
    }

    @Test
    void an_order_whose_ids_can_not_be_in_a_key_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Events.ready(order("a/b", 1, 1000), Optional.empty(), false));
    }

    private static TaskReady order(String plan, int attempt, long timeoutMillis) {
        return TaskReady.newBuilder()
                .setMeta(EventMeta.newBuilder()
                        .setEventId("e")
                        .setPlanId(plan)
                        .setOccurredAt(T)
                        .build())
                .setTaskId("FR-001")
                .setAttempt(attempt)
                .setAgent("fake")
                .setTimeoutMillis(timeoutMillis)
                .build();
    }
}
