package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.Creation;
import io.taskweaver.agents.Lookup;
import io.taskweaver.agents.Outcome;
import io.taskweaver.model.event.PlanEvent.ExecutionJournal.RunPlace;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class StepsTest {
    private static final Optional<Step.NoteRun> GOES_ON = Optional.of(new Step.NoteRun("run-0", 2));
    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final AttemptState NOTHING = new AttemptState.Nothing();
    private static final AttemptState CLAIMED_BY_OTHER = new AttemptState.Claimed("other", 3, NOW);
    private static final AttemptState CLAIMED_BY_ME = new AttemptState.Claimed("me", 3, NOW);
    private static final AttemptState.Created CREATED = created(Optional.empty());
    private static final AttemptState.Created HERE = created(Optional.of(new RunPlace("here", 0, 5)));
    private static final AttemptState.Created THERE = created(Optional.of(new RunPlace("there", 0, 5)));
    private static final AttemptState FINISHED = new AttemptState.Finished(4, 17);
    private static final AttemptState SUPERSEDED = new AttemptState.Superseded(2);
    private static final Step LEAVE = new Step.Leave("attempt 2 of the task is known");

    private static AttemptState.Created created(Optional<RunPlace> place) {
        return new AttemptState.Created("other", "run-1", place, 3, NOW, "entry-1");
    }

    private record Row(String rule, Step decided, Step expected) {}

    private static Stream<DynamicTest> table(Row... rows) {
        return Stream.of(rows)
                .map(row -> DynamicTest.dynamicTest(
                        row.rule(), () -> assertThat(row.decided()).isEqualTo(row.expected())));
    }

    @TestFactory
    Stream<DynamicTest> what_the_journal_says_decides_the_first_step() {
        return table(
                new Row("nothing: claim", Steps.begin(NOTHING, "here"), new Step.Claim(OptionalLong.empty())),
                new Row(
                        "claimed: claim with the same context",
                        Steps.begin(CLAIMED_BY_OTHER, "here"),
                        new Step.Claim(OptionalLong.of(3))),
                new Row("created: await that run", Steps.begin(CREATED, "here"), new Step.Await("run-1", 3)),
                new Row(
                        "created on this machine: take it up, so that others know",
                        Steps.begin(HERE, "here"),
                        new Step.TakeUp(HERE)),
                new Row(
                        "created on another machine: wait for its executors",
                        Steps.begin(THERE, "here"),
                        new Step.AwaitMachine(THERE)),
                new Row("finished: publish that again", Steps.begin(FINISHED, "here"), new Step.Repeat(4, 17)),
                new Row("a newer attempt: leave", Steps.begin(SUPERSEDED, "here"), LEAVE));
    }

    @TestFactory
    Stream<DynamicTest> what_came_before_the_claim_decides_who_may_ask_the_agent() {
        return table(
                new Row(
                        "nothing: ask",
                        Steps.claimed(NOTHING, Optional.empty(), "here", 5, SETTLE),
                        new Step.Create(5, 0)),
                new Row(
                        "another claim: look for its run first, by its context",
                        Steps.claimed(CLAIMED_BY_OTHER, Optional.empty(), "here", 5, SETTLE),
                        new Step.LookUp(3, SETTLE, 0, 0)),
                new Row(
                        "an own claim that was given up: look first too",
                        Steps.claimed(CLAIMED_BY_ME, Optional.empty(), "here", 5, SETTLE),
                        new Step.LookUp(3, SETTLE, 0, 0)),
                new Row(
                        "a run: await it",
                        Steps.claimed(CREATED, Optional.empty(), "here", 5, SETTLE),
                        new Step.Await("run-1", 3)),
                new Row(
                        "a run of this machine: take it up",
                        Steps.claimed(HERE, Optional.empty(), "here", 5, SETTLE),
                        new Step.TakeUp(HERE)),
                new Row(
                        "a run of another machine: wait for its executors",
                        Steps.claimed(THERE, Optional.empty(), "here", 5, SETTLE),
                        new Step.AwaitMachine(THERE)),
                new Row(
                        "an outcome: repeat it",
                        Steps.claimed(FINISHED, Optional.empty(), "here", 5, SETTLE),
                        new Step.Repeat(4, 17)),
                new Row(
                        "a newer attempt: leave",
                        Steps.claimed(SUPERSEDED, Optional.empty(), "here", 5, SETTLE),
                        LEAVE),
                new Row(
                        "nothing, and an earlier run goes on: wait for it",
                        Steps.claimed(NOTHING, GOES_ON, "here", 5, SETTLE),
                        GOES_ON.get()),
                new Row(
                        "somebody's claim, and an earlier run goes on: wait for it",
                        Steps.claimed(CLAIMED_BY_OTHER, GOES_ON, "here", 5, SETTLE),
                        GOES_ON.get()),
                new Row(
                        "an own run: await that one",
                        Steps.claimed(CREATED, GOES_ON, "here", 5, SETTLE),
                        new Step.Await("run-1", 3)));
    }

    @TestFactory
    Stream<DynamicTest> when_time_has_passed_since_the_claim_the_journal_decides_again() {
        var create = new Step.Create(5, 1);
        return table(
                new Row("still claimed here: ask", Steps.rechecked(CLAIMED_BY_ME, "me", "here", create), create),
                new Row(
                        "claimed elsewhere since: leave it to that one",
                        Steps.rechecked(CLAIMED_BY_OTHER, "me", "here", create),
                        new Step.Leave("other has claimed the attempt")),
                new Row(
                        "a run was made: await it",
                        Steps.rechecked(CREATED, "me", "here", create),
                        new Step.Await("run-1", 3)),
                new Row(
                        "it has ended: repeat it",
                        Steps.rechecked(FINISHED, "me", "here", create),
                        new Step.Repeat(4, 17)),
                new Row("a newer attempt: leave", Steps.rechecked(SUPERSEDED, "me", "here", create), LEAVE));
    }

    @TestFactory
    Stream<DynamicTest> a_run_that_starts_when_it_is_awaited_is_awaited_by_the_first_that_wrote_it_down() {
        var note = new Step.NoteRun("run-1", 5);
        var await = new Step.Await("run-1", 5);
        return table(
                new Row("nothing before: await it", Steps.noted(NOTHING, note, "here"), await),
                new Row("only claims before: await it", Steps.noted(CLAIMED_BY_OTHER, note, "here"), await),
                new Row(
                        "a run of this machine before: leave it to the executor that was first",
                        Steps.noted(HERE, note, "here"),
                        new Step.Leave("other has created the run")),
                new Row(
                        "a run of another machine before: leave it to that one",
                        Steps.noted(THERE, note, "here"),
                        new Step.AwaitMachine(THERE)),
                new Row(
                        "a run whose machine is not known: start none besides",
                        Steps.noted(CREATED, note, "here"),
                        new Step.Leave("other has created the run")),
                new Row("it has ended: repeat it", Steps.noted(FINISHED, note, "here"), new Step.Repeat(4, 17)),
                new Row("a newer attempt: leave", Steps.noted(SUPERSEDED, note, "here"), LEAVE));
    }

    @TestFactory
    Stream<DynamicTest> of_several_who_take_a_run_up_the_first_awaits_it() {
        var next = new AttemptState.Created("next", HERE.runId(), HERE.place(), 3, HERE.since(), "entry-2");
        return table(
                new Row("the run as it was known: await it", Steps.takenUp(HERE, HERE), new Step.Await("run-1", 3)),
                new Row(
                        "another was first: leave it to that one",
                        Steps.takenUp(next, HERE),
                        new Step.Leave("next has taken the run up")),
                new Row("it has ended: repeat it", Steps.takenUp(FINISHED, HERE), new Step.Repeat(4, 17)),
                new Row("a newer attempt: leave", Steps.takenUp(SUPERSEDED, HERE), LEAVE));
    }

    @TestFactory
    Stream<DynamicTest> who_waits_for_another_machine_leaves_when_that_is_back() {
        var continued = new AttemptState.Created(
                "next", THERE.runId(), THERE.place(), THERE.contextVersion(), THERE.since(), "entry-2");
        var wait = Duration.ofSeconds(30);
        return table(
                new Row(
                        "an executor there took it up: leave",
                        Steps.awaitedMachine(continued, THERE, wait),
                        new Step.Leave("next continues the run on its machine")),
                new Row("it has ended: repeat it", Steps.awaitedMachine(FINISHED, THERE, wait), new Step.Repeat(4, 17)),
                new Row("a newer attempt: leave", Steps.awaitedMachine(SUPERSEDED, THERE, wait), LEAVE),
                new Row(
                        "no executor came: that is the end",
                        Steps.awaitedMachine(THERE, THERE, wait),
                        new Step.Finish(
                                Optional.of("run-1"),
                                new Outcome.InfraFailed("The run is on the machine of executor other, and no executor"
                                        + " there continued it for 30 s."),
                                3)));
    }

    @TestFactory
    Stream<DynamicTest> what_the_agent_answers_decides_whether_a_run_exists() {
        var create = new Step.Create(5, 0);
        var full = new Outcome.RateLimited("too many", Optional.empty());
        return table(
                new Row(
                        "created: write it down",
                        Steps.created(new Creation.Created("run-1"), create, SETTLE),
                        new Step.NoteRun("run-1", 5)),
                new Row(
                        "refused: that is the end",
                        Steps.created(new Creation.Refused(full), create, SETTLE),
                        new Step.Finish(Optional.empty(), full, 5)),
                new Row(
                        "no answer: look for the run",
                        Steps.created(new Creation.Unknown("connection reset"), create, SETTLE),
                        new Step.LookUp(5, SETTLE, 1, 0)));
    }

    @TestFactory
    Stream<DynamicTest> a_lookup_decides_whether_to_ask_again() {
        var first = new Step.LookUp(5, SETTLE, 1, 0);
        var refused = new Outcome.CredentialsRefused("401", "set the token");
        var away = new Outcome.InfraFailed("connection refused");
        return table(
                new Row(
                        "found: write it down",
                        Steps.lookedUp(new Lookup.Found("run-1"), first, NOW, LATER),
                        new Step.NoteRun("run-1", 5)),
                new Row("absent: ask", Steps.lookedUp(new Lookup.Absent(), first, NOW, LATER), new Step.Create(5, 1)),
                new Row(
                        "absent after the last time: that is the end",
                        Steps.lookedUp(
                                new Lookup.Absent(), new Step.LookUp(5, SETTLE, Steps.MOST_ASKED, 0), NOW, LATER),
                        new Step.Finish(
                                Optional.empty(),
                                new Outcome.InfraFailed(
                                        "The agent was asked 3 times to create a run, did not answer, and has no run."),
                                5)),
                new Row(
                        "out of reach: look again after a while",
                        Steps.lookedUp(new Lookup.Unavailable(away), first, NOW, LATER),
                        new Step.LookUp(5, Duration.ofMillis(250), 1, 1)),
                new Row(
                        "rate limited: look again when the agent says",
                        Steps.lookedUp(
                                new Lookup.Unavailable(
                                        new Outcome.RateLimited("too many", Optional.of(NOW.plusSeconds(7)))),
                                first,
                                NOW,
                                LATER),
                        new Step.LookUp(5, Duration.ofSeconds(7), 1, 1)),
                new Row(
                        "out of reach until the time is over: that is the end",
                        Steps.lookedUp(new Lookup.Unavailable(away), first, LATER, LATER),
                        new Step.Finish(Optional.empty(), away, 5)),
                new Row(
                        "credentials refused: that is the end",
                        Steps.lookedUp(new Lookup.Unavailable(refused), first, NOW, LATER),
                        new Step.Finish(Optional.empty(), refused, 5)));
    }
}
