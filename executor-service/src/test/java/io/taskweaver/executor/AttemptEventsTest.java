package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.Outcome;
import io.taskweaver.events.EventMeta;
import io.taskweaver.model.CodeResult;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.Usage;
import io.taskweaver.model.event.Failure;
import io.taskweaver.model.event.PlanEvent.ExecutionJournal;
import io.taskweaver.model.event.PlanEvent.ExecutionJournal.RunPlace;
import io.taskweaver.model.event.PlanEvent.TaskReady;
import io.taskweaver.wire.DecodedRecord;
import io.taskweaver.wire.EventReader;
import io.taskweaver.wire.EventSerdes;
import io.taskweaver.wire.EventWriter;
import io.taskweaver.wire.testing.SingleObjectSerializer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptEventsTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00.123456789Z");
    private static final TaskReady ORDER = Some.ready(Some.attempt(2), false).event();
    private static final Outcome FAILED = new Outcome.InfraFailed("r");

    private final AttemptEvents events = new AttemptEvents("e1", InstantSource.fixed(T));

    private ExecutionJournal ended(Outcome outcome) {
        return events.ended(ORDER, ORDER.eventId(), Optional.of("run-1"), 7, T.minusMillis(1500), outcome);
    }

    @TestFactory
    Stream<DynamicTest> an_outcome_read_from_the_journal_says_the_same_as_when_it_was_written() {
        var name = "0123456789".repeat(4);
        var code = new CodeResult(
                name,
                name,
                name,
                List.of(new EntryChange(
                        "a.txt", Optional.empty(), Optional.of(new FileEntry(FileEntry.EXECUTABLE, name, 7)))),
                List.of("b (a symbolic link)"));
        var writer = new EventWriter("", SingleObjectSerializer.settings());
        var reader = new EventReader(SingleObjectSerializer.settings());
        return Stream.<Outcome>of(
                        new Outcome.Succeeded("", Optional.of(code), "done", List.of("link"), new Usage(1, 2, 3)),
                        new Outcome.RateLimited("r", Optional.of(Instant.parse("2026-01-01T00:01:00Z"))),
                        FAILED,
                        new Outcome.Interrupted("r", false),
                        new Outcome.Interrupted("r", true),
                        new Outcome.NeedsInput("r"),
                        new Outcome.TaskFailed("r"),
                        new Outcome.TimedOut("r", Duration.ofMillis(1500)),
                        new Outcome.BudgetExceeded("r"),
                        new Outcome.Cancelled("r"),
                        new Outcome.CredentialsRefused("r", "hint"),
                        new Outcome.CredentialsRefused("r", "hint", true),
                        new Outcome.NotAllowed("r", "hint", new Usage(1, 2, 3)))
                .map(outcome -> DynamicTest.dynamicTest(outcome.toString(), () -> {
                    var end = ended(outcome);
                    var topic = writer.topic(end);
                    assertThat(reader.read(ExecutionJournal.class, topic, writer.serialize(topic, end)))
                            .isEqualTo(new DecodedRecord.Understood<>(end));
                }));
    }

    @Test
    void no_attempt_took_less_than_nothing_when_the_clock_was_set_back() {
        var end = events.ended(ORDER, ORDER.eventId(), Optional.empty(), 7, T.plusSeconds(3600), FAILED);
        assertThat(end.outcome().orElseThrow().duration()).isZero();
    }

    @Test
    void an_outcome_has_the_same_id_whoever_reports_it() {
        var elsewhere = new AttemptEvents("e2", InstantSource.fixed(T))
                .ended(ORDER, ORDER.eventId(), Optional.empty(), 9, T, FAILED);
        assertThat(elsewhere.outcome().orElseThrow().eventId())
                .isEqualTo(ended(FAILED).outcome().orElseThrow().eventId());
    }

    @Test
    void an_outcome_returns_the_ticket_of_its_order() {
        for (var outcome : List.of(FAILED, new Outcome.Succeeded("", "", List.of(), Usage.NONE)))
            assertThat(ended(outcome).outcome().orElseThrow().ticket()).isEqualTo(ORDER.ticket());
    }

    @Test
    void refused_credentials_say_what_to_set() {
        assertThat(ended(new Outcome.CredentialsRefused("401", "set the token")).failed())
                .hasValueSatisfying(failed -> {
                    assertThat(failed.failure()).isEqualTo(Failure.REFUSED_CREDENTIALS);
                    assertThat(failed.hint()).contains("set the token");
                });
    }

    @Test
    void two_claims_of_an_attempt_can_be_told_apart() {
        assertThat(events.claimed(ORDER, 1).eventId())
                .isNotEqualTo(events.claimed(ORDER, 1).eventId());
    }

    @Test
    void who_takes_a_run_up_names_the_entry_of_the_executor_that_had_it() {
        var place = new RunPlace("here", 0, 7);
        var run = new AttemptState.Created("dead", "run-1", Optional.of(place), 3, T, "entry-1");

        var taken = events.takenUp(ORDER, run, place);

        assertThat(taken.state()).isEqualTo(ExecutionJournal.State.CREATED);
        assertThat(taken.executor()).isEqualTo("e1");
        assertThat(taken.agentRun()).contains("run-1");
        assertThat(taken.place()).contains(place);
        assertThat(taken.contextVersion()).isEqualTo(3);
        assertThat(taken.meta().causationId()).contains("entry-1");
        var next = new AttemptState.Created("e1", "run-1", Optional.of(place), 3, T, taken.eventId());
        assertThat(events.takenUp(ORDER, next, place).eventId()).isNotEqualTo(taken.eventId());
    }

    @Test
    void an_order_that_the_queue_hands_out_again_may_have_been_taken() {
        var first = Some.ready(Some.attempt(1), false);
        assertThat(first.maybeTaken()).isFalse();
        assertThat(new IssuedAttempt(first.event(), true, first.trace(), 0, 0).maybeTaken())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"shop, 1, 0", "shop, 0, 1000", "a/b, 1, 1000"})
    void an_order_without_time_or_number_or_with_ids_that_cannot_be_in_a_key_is_refused(
            String plan, int attempt, long timeoutMillis) {
        var event = io.taskweaver.events.TaskReady.newBuilder()
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
        var bytes = EventSerdes.<io.taskweaver.events.TaskReady>serializer(SingleObjectSerializer.settings())
                .serialize("task-ready", event);
        assertThat(new EventReader(SingleObjectSerializer.settings()).read(TaskReady.class, "task-ready", bytes))
                .isInstanceOf(DecodedRecord.Invalid.class);
    }
}
