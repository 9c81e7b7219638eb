package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.Outcome;
import io.taskweaver.executor.World.Crash;
import io.taskweaver.model.CodeResult;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.Usage;
import io.taskweaver.model.event.Failure;
import io.taskweaver.model.event.PlanEvent.CodeObjects;
import io.taskweaver.model.event.PlanEvent.TaskCompleted;
import io.taskweaver.model.event.PlanEvent.TaskFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Executors die at every effect that an attempt has, before it takes hold and after. */
class CrashTest {
    private static final int NEVER = -1;
    private static final Attempt ATTEMPT = Some.attempt(1);

    /** Runs an order until the executor dies or is done; whether it died. */
    private static boolean dies(World.Host executor, boolean again) throws InterruptedException {
        try {
            executor.run(Some.ready(ATTEMPT, again));
            return false;
        } catch (Crash e) {
            return true;
        }
    }

    private static void assertPaidOnceAndPublished(World world) {
        assertThat(world.runsOf(ATTEMPT)).isEqualTo(1);
        assertThat(world.ends)
                .isNotEmpty()
                .allSatisfy(end -> assertThat(end.contextVersion()).isEqualTo(world.givenTo(ATTEMPT)));
        assertThat(world.published)
                .isNotEmpty()
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                TaskCompleted.class,
                                completed -> assertIsNotesOn(
                                        world.givenTo(ATTEMPT), completed.code().orElseThrow())));
        assertThat(world.packs).extracting(CodeObjects::commit).containsOnly(commitOf(world));
    }

    private static String commitOf(World world) {
        return ((TaskCompleted) world.published.getFirst()).code().orElseThrow().commit();
    }

    private static void assertIsNotesOn(long version, CodeResult code) {
        assertThat(code.parent()).isEqualTo(SomeCode.head(version));
        assertThat(code.changes()).extracting(EntryChange::path).containsExactly("notes.txt");
        try {
            assertThat(SomeCode.text(SomeCode.REPOSITORY, code.parent(), "notes.txt"))
                    .contains("as of " + version);
            assertThat(SomeCode.text(SomeCode.REPOSITORY, code.commit(), "notes.txt"))
                    .contains("new\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_crash_at_any_point_loses_nothing_and_pays_once(boolean agentAnswers) throws InterruptedException {
        int points = 0;
        boolean died;
        do {
            var world = new World();
            world.answersCreations = agentAnswers;
            died = dies(world.executor("first", points++), false);
            if (died) assertThat(dies(world.executor("second", NEVER), true)).isFalse();
            assertPaidOnceAndPublished(world);
        } while (died);
        assertThat(points).as("points at which an executor can die").isGreaterThan(10);
    }

    @Test
    void whoever_goes_on_with_an_attempt_makes_the_same_commit_however_late() throws InterruptedException {
        int points = 0;
        int resumed = 0;
        boolean died;
        do {
            var world = new World();
            died = dies(world.executor("first", points++), false);
            boolean published = !world.packs.isEmpty();
            var late = world.executor("second", NEVER);
            late.now = late.now.plusSeconds(3600);
            if (died) assertThat(dies(late, true)).isFalse();
            assertPaidOnceAndPublished(world);
            if (died && published && world.packs.size() > 1) resumed++;
        } while (died);
        assertThat(resumed).as("times that the commit was published twice").isPositive();
    }

    @Test
    void what_a_run_leaves_behind_changes_nothing_of_its_outcome() throws InterruptedException {
        var world = new World();
        var executor = world.executor("first", NEVER);
        executor.leavesWhatCannotBeRemoved = true;
        assertThat(dies(executor, false)).isFalse();

        assertPaidOnceAndPublished(world);
    }

    @Test
    void an_outcome_that_was_journalled_without_the_orders_ticket_is_not_published() throws InterruptedException {
        var world = new World();
        assertThat(dies(world.executor("first", NEVER), false)).isFalse();
        world.published.clear();
        var ofAnotherKey = Some.ready(ATTEMPT, true, Optional.empty(), Optional.of("another ticket"));

        world.executor("second", NEVER).run(ofAnotherKey);

        assertThat(world.published).singleElement().isInstanceOf(TaskFailed.class);
    }

    @Test
    void an_outcome_of_another_attempt_in_the_journal_is_not_published() throws InterruptedException {
        var world = new World();
        assertThat(dies(world.executor("first", NEVER), false)).isFalse();
        world.published.clear();
        var end = world.ends.getFirst();
        var foreign = new AttemptEvents("stranger", InstantSource.system())
                .ended(
                        Some.ready(Some.attempt(7), true, Optional.empty(), end.ticket())
                                .event(),
                        "cause",
                        Optional.empty(),
                        1,
                        Instant.EPOCH,
                        new Outcome.Succeeded("", "", List.of(), Usage.NONE));
        world.ends.set(0, foreign);

        world.executor("second", NEVER).run(Some.ready(ATTEMPT, true));

        assertThat(world.published).singleElement().isInstanceOf(TaskFailed.class);
    }

    @Test
    void a_run_that_goes_on_when_credentials_are_revoked_is_not_paid_for_again() throws InterruptedException {
        int points = 0;
        boolean died;
        do {
            var world = new World();
            world.credentialsAreRevoked = true;
            assertThat(dies(world.executor("first", NEVER), false)).isFalse();
            assertThat(world.published)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            TaskFailed.class,
                            failed -> assertThat(failed.runGoesOn()).isTrue());
            world.published.clear();
            world.credentialsAreRevoked = false;

            var next = Some.attempt(2);
            died = false;
            try {
                world.executor("second", points++).run(Some.ready(next, false));
            } catch (Crash e) {
                died = true;
                world.executor("third", NEVER).run(Some.ready(next, true));
            }

            assertThat(world.runsOf(next)).as("runs of the next attempt").isZero();
            assertPaidOnceAndPublished(world);
        } while (died);
        assertThat(points).as("points at which an executor can die").isGreaterThan(6);
    }

    @Test
    void a_second_crash_at_any_point_loses_nothing_and_pays_once() throws InterruptedException {
        boolean died;
        int first = 0;
        do {
            int second = 0;
            boolean diedAgain;
            do {
                var world = new World();
                died = dies(world.executor("first", first), false);
                diedAgain = died && dies(world.executor("second", second++), true);
                if (diedAgain)
                    assertThat(dies(world.executor("third", NEVER), true)).isFalse();
                assertPaidOnceAndPublished(world);
            } while (diedAgain);
            first++;
        } while (died);
    }

    @Test
    void an_attempt_that_ended_is_not_run_again_but_its_outcome_published_again() throws InterruptedException {
        var world = new World();
        world.executor("first", NEVER).run(Some.ready(ATTEMPT, false));
        assertThat(world.executor("second", NEVER).run(Some.ready(ATTEMPT, true)))
                .isEqualTo(new AttemptRun.Result.Repeated());
        assertThat(world.published).hasSize(2);
        assertThat(world.published.getLast()).isEqualTo(world.published.getFirst());
    }

    @Test
    void who_was_silent_for_long_reads_the_journal_before_asking_the_agent() throws InterruptedException {
        var world = new World();
        var silent = world.executor("silent", NEVER);
        // Silent since the claim: another executor is given the attempt, and runs it.
        silent.afterClaiming = () -> {
            silent.now = silent.now.plusSeconds(60);
            assertThat(diesOrFails(world.executor("other", NEVER))).isFalse();
        };
        silent.run(Some.ready(ATTEMPT, false));
        assertPaidOnceAndPublished(world);
    }

    @Test
    void who_waited_long_for_the_account_reads_the_journal_before_asking_the_agent() throws InterruptedException {
        var world = new World();
        var patient = world.executor("patient", NEVER);
        patient.turn = () -> {
            patient.now = patient.now.plusSeconds(60);
            assertThat(diesOrFails(world.executor("other", NEVER))).isFalse();
        };
        patient.run(Some.ready(ATTEMPT, false));
        assertPaidOnceAndPublished(world);
    }

    @Test
    void of_two_who_look_for_a_run_at_the_same_time_and_find_none_the_last_that_claimed_asks() throws Exception {
        var world = new World();
        var first = world.executor("first", NEVER);
        var second = world.executor("second", NEVER);
        // The first request is lost on its way. While the first executor waits to look for its run, another one is
        // given
        // the attempt, looks, finds nothing either, and is about to ask when the first goes on.
        first.losesCreations = true;
        var waits = new CountDownLatch(1);
        var continuing = new CountDownLatch(1);
        first.pause = time -> {
            first.losesCreations = false;
            waits.countDown();
            continuing.await();
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var firstResult = threads.submit(() -> first.run(Some.ready(ATTEMPT, false)));
            waits.await();
            second.beforeCreating = () -> {
                continuing.countDown();
                assertThat(firstResult)
                        .succeedsWithin(Duration.ofSeconds(30))
                        .isInstanceOf(AttemptRun.Result.Left.class);
            };
            second.run(Some.ready(ATTEMPT, true));
        }
        assertPaidOnceAndPublished(world);
    }

    // Runs in a folder of one machine, which start when they are awaited

    private static World.Host on(String machine, World world, String name, int dyingAt) {
        var executor = world.executor(name, dyingAt);
        executor.worksHere = true;
        executor.machine = machine;
        return executor;
    }

    /** It dies when its run is noted, and starts. */
    private static World.Host dyingAtWork(String machine, World world, String name) {
        var executor = on(machine, world, name, NEVER);
        executor.whileAwaiting = () -> {
            throw new Crash();
        };
        return executor;
    }

    @Test
    void a_crash_on_one_machine_costs_nothing_twice_whoever_is_given_the_attempt() throws InterruptedException {
        int points = 0;
        int awaited = 0;
        boolean died;
        do {
            var world = new World();
            died = dies(on("one", world, "first", points++), false);
            if (died) {
                var other = on("two", world, "other", NEVER);
                var continued = new AtomicBoolean();
                other.whileAwaitingMachine = () -> {
                    continued.set(true);
                    assertThat(diesOrFails(on("one", world, "next", NEVER))).isFalse();
                };
                assertThat(dies(other, true)).isFalse();
                if (continued.get()) awaited++;
            }
            assertPaidOnceAndPublished(world);
        } while (died);
        assertThat(points).as("points at which an executor can die").isGreaterThan(10);
        assertThat(awaited).as("crashes whose run was continued on its machine").isGreaterThan(2);
    }

    @Test
    void two_crashes_on_two_machines_cost_nothing_twice() throws InterruptedException {
        boolean died;
        int first = 0;
        do {
            int second = 0;
            boolean diedAgain;
            do {
                var world = new World();
                died = dies(on("one", world, "first", first), false);
                diedAgain = died && dies(on("two", world, "second", second++), true);
                if (diedAgain) {
                    var third = on("two", world, "third", NEVER);
                    third.whileAwaitingMachine = () -> assertThat(diesOrFails(on("one", world, "fourth", NEVER)))
                            .isFalse();
                    assertThat(dies(third, true)).isFalse();
                }
                // Where the second only waited in vain, the attempt ended with that.
                assertThat(world.runsOf(ATTEMPT)).isLessThanOrEqualTo(1);
                assertThat(world.published).isNotEmpty();
            } while (diedAgain);
            first++;
        } while (died);
    }

    @Test
    void where_no_executor_of_the_machine_comes_back_the_attempt_fails_and_is_not_run_again()
            throws InterruptedException {
        var world = new World();
        int points = 0;
        while (world.runsOf(ATTEMPT) == 0 || !world.ends.isEmpty()) {
            world = new World();
            dies(on("one", world, "first", points++), false);
        }

        assertThat(dies(on("two", world, "other", NEVER), true)).isFalse();

        assertThat(world.runsOf(ATTEMPT)).isEqualTo(1);
        assertThat(world.published)
                .singleElement()
                .isInstanceOfSatisfying(
                        TaskFailed.class,
                        failed -> assertThat(failed.reason())
                                .isEqualTo("The run is on the machine of executor first, and no executor there"
                                        + " continued it for 30 s."));
        assertThat(world.progressed).contains("waiting for an executor on the machine of first, where the run is");
    }

    @Test
    void who_was_silent_before_its_run_was_noted_starts_none() throws InterruptedException {
        var world = new World();
        var silent = on("one", world, "silent", NEVER);
        silent.beforeNoting =
                () -> assertThat(diesOrFails(on("two", world, "other", NEVER))).isFalse();
        silent.run(Some.ready(ATTEMPT, false));

        assertPaidOnceAndPublished(world);
    }

    @Test
    void where_an_executor_elsewhere_gave_up_in_the_same_moment_its_failure_is_the_only_outcome()
            throws InterruptedException {
        var world = new World();
        var slow = on("one", world, "slow", NEVER);
        slow.beforeEnding = () ->
                assertThat(diesOrFails(on("two", world, "impatient", NEVER))).isFalse();

        assertThat(slow.run(Some.ready(ATTEMPT, false))).isEqualTo(new AttemptRun.Result.Repeated());

        assertThat(world.published)
                .isNotEmpty()
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(TaskFailed.class));
    }

    @Test
    void an_executor_elsewhere_that_gives_up_while_the_run_is_taken_up_ends_nothing() throws InterruptedException {
        var world = new World();
        assertThat(dies(dyingAtWork("one", world, "first"), false)).isTrue();
        var impatient = on("two", world, "impatient", NEVER);
        // It has the run, and is at work, when the end of the other arrives.
        impatient.beforeEnding = () ->
                assertThat(diesOrFails(dyingAtWork("one", world, "second"))).isTrue();

        assertThat(impatient.run(Some.ready(ATTEMPT, true)))
                .isEqualTo(new AttemptRun.Result.Left("second continues the run"));

        assertThat(dies(on("one", world, "third", NEVER), true)).isFalse();
        assertPaidOnceAndPublished(world);
    }

    @Test
    void an_executor_that_lost_its_run_while_it_was_suspended_neither_stops_nor_ends_it() throws InterruptedException {
        var world = new World();
        var suspended = on("one", world, "suspended", NEVER);
        suspended.whileAwaiting = () -> {
            assertThat(diesOrFails(dyingAtWork("one", world, "second"))).isTrue();
            suspended.stop.request(StopSignal.Reason.SHUTDOWN);
        };

        assertThat(suspended.run(Some.ready(ATTEMPT, false)))
                .isEqualTo(new AttemptRun.Result.Left(StopSignal.Reason.SHUTDOWN.text()));

        assertThat(dies(on("one", world, "third", NEVER), true)).isFalse();
        assertPaidOnceAndPublished(world);
    }

    @Test
    void a_run_whose_executor_is_alive_is_left_to_it() throws InterruptedException {
        var world = new World();
        var slow = on("one", world, "slow", NEVER);
        var other = on("two", world, "other", NEVER);
        other.live.add("slow");
        slow.beforeEnding = () -> {
            try {
                assertThat(other.run(Some.ready(ATTEMPT, true))).isInstanceOf(AttemptRun.Result.Left.class);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };
        slow.run(Some.ready(ATTEMPT, false));

        assertPaidOnceAndPublished(world);
    }

    @RepeatedTest(50)
    void executors_on_two_machines_given_the_same_order_at_once_pay_once() throws Exception {
        var world = new World();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<AttemptRun.Result>>();
            for (var machine : new String[] {"one", "two", "two"}) {
                var executor = on(machine, world, machine + results.size(), NEVER);
                results.add(threads.submit(() -> executor.run(Some.ready(ATTEMPT, false))));
            }
            for (var result : results) result.get();
        }
        assertThat(world.runsOf(ATTEMPT)).isLessThanOrEqualTo(1);
        assertThat(world.published).isNotEmpty();
    }

    @Test
    void of_two_executors_of_a_machine_that_take_a_run_up_at_once_the_first_alone_continues_it()
            throws InterruptedException {
        var world = new World();
        int points = 0;
        while (world.runsOf(ATTEMPT) == 0 || !world.ends.isEmpty()) {
            world = new World();
            dies(on("one", world, "dead", points++), false);
        }
        var first = on("one", world, "first", NEVER);
        var second = on("one", world, "second", NEVER);
        var awaited = new ArrayList<String>();
        second.beforeNoting = () -> {
            first.whileAwaiting = () -> {
                awaited.add("first");
                // It has the run, and is at work, when the entry of the second arrives.
                throw new Crash();
            };
            assertThat(diesOrFails(first)).isTrue();
        };
        second.whileAwaiting = () -> awaited.add("second");

        assertThat(second.run(Some.ready(ATTEMPT, true)))
                .isEqualTo(new AttemptRun.Result.Left("first has taken the run up"));

        assertThat(awaited).containsExactly("first");
        assertThat(dies(on("one", world, "third", NEVER), true)).isFalse();
        assertPaidOnceAndPublished(world);
    }

    @Test
    void a_run_of_this_machine_whose_executor_is_alive_is_left_to_it() throws InterruptedException {
        var world = new World();
        var slow = on("one", world, "slow", NEVER);
        var other = on("one", world, "other", NEVER);
        other.live.add("slow");
        slow.whileAwaiting = () -> {
            try {
                assertThat(other.run(Some.ready(ATTEMPT, true)))
                        .isEqualTo(new AttemptRun.Result.Left("slow has the run, and is alive"));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };
        slow.run(Some.ready(ATTEMPT, false));

        assertPaidOnceAndPublished(world);
    }

    @Test
    void a_run_that_stops_with_its_executor_ends_for_the_executors_of_all_machines() throws InterruptedException {
        var world = new World();
        var stopped = on("one", world, "stopped", NEVER);
        stopped.whileAwaiting = () -> stopped.stop.request(StopSignal.Reason.SHUTDOWN);

        assertThat(stopped.run(Some.ready(ATTEMPT, false))).isInstanceOf(AttemptRun.Result.Ended.class);

        assertThat(world.published)
                .singleElement()
                .isInstanceOfSatisfying(
                        TaskFailed.class, failed -> assertThat(failed.failure()).isEqualTo(Failure.INTERRUPTED));
        for (var machine : List.of("one", "two"))
            assertThat(on(machine, world, "next", NEVER).run(Some.ready(ATTEMPT, true)))
                    .isEqualTo(new AttemptRun.Result.Repeated());
    }

    @Test
    void so_does_one_that_is_stopped_before_it_is_awaited() throws InterruptedException {
        for (boolean isTakenUp : List.of(false, true)) {
            var world = new World();
            if (isTakenUp) {
                assertThat(dies(dyingAtWork("one", world, "first"), false)).isTrue();
            }
            var stopped = on("one", world, "stopped", NEVER);
            stopped.beforeNoting = () -> stopped.stop.request(StopSignal.Reason.SHUTDOWN);

            assertThat(stopped.run(Some.ready(ATTEMPT, isTakenUp)))
                    .as("taken up: %s", isTakenUp)
                    .isInstanceOf(AttemptRun.Result.Ended.class);

            assertThat(on("two", world, "next", NEVER).run(Some.ready(ATTEMPT, true)))
                    .isEqualTo(new AttemptRun.Result.Repeated());
        }
    }

    @Test
    void a_run_that_is_over_when_its_executor_stops_is_ended_by_it_for_the_executors_of_all_machines()
            throws InterruptedException {
        for (boolean isAwaitedToItsEnd : List.of(false, true)) {
            var world = new World();
            var stopped = on("one", world, "stopped", NEVER);
            stopped.isOver = true;
            var awaited = new AtomicInteger();
            stopped.whileAwaiting = () -> {
                if (awaited.getAndIncrement() > 0) return;
                stopped.stop.request(StopSignal.Reason.SHUTDOWN);
                // The request comes a little later: when the agent has answered.
                if (isAwaitedToItsEnd) Thread.interrupted();
            };

            assertThat(stopped.run(Some.ready(ATTEMPT, false))).isInstanceOf(AttemptRun.Result.Ended.class);

            assertThat(awaited).as("its end is awaited once").hasValue(isAwaitedToItsEnd ? 1 : 2);
            assertThat(on("two", world, "next", NEVER).run(Some.ready(ATTEMPT, true)))
                    .isEqualTo(new AttemptRun.Result.Repeated());
            assertPaidOnceAndPublished(world);
        }
    }

    @Test
    void one_whose_end_takes_longer_than_its_executor_has_is_left_to_the_next_one_of_its_machine()
            throws InterruptedException {
        var world = new World();
        var stopped = on("one", world, "stopped", NEVER);
        stopped.isOver = true;
        stopped.whileAwaiting = () -> stopped.stop.request(StopSignal.Reason.SHUTDOWN);

        assertThat(stopped.run(Some.ready(ATTEMPT, false)))
                .isEqualTo(new AttemptRun.Result.Left(StopSignal.Reason.SHUTDOWN.text()));

        assertThat(world.ends).isEmpty();
        assertThat(dies(on("one", world, "next", NEVER), true)).isFalse();
        assertPaidOnceAndPublished(world);
    }

    @Test
    void one_that_is_cancelled_while_its_executor_ends_it_is_cancelled() throws InterruptedException {
        var world = new World();
        var stopped = on("one", world, "stopped", NEVER);
        stopped.isOver = true;
        var reasons = new ArrayDeque<>(List.of(StopSignal.Reason.SHUTDOWN, StopSignal.Reason.PLAN_CANCELLED));
        stopped.whileAwaiting = () -> stopped.stop.request(reasons.remove());

        assertThat(stopped.run(Some.ready(ATTEMPT, false)))
                .isEqualTo(new AttemptRun.Result.Ended(new Outcome.Cancelled(StopSignal.Reason.PLAN_CANCELLED.text())));
    }

    @Test
    void a_run_that_does_not_stop_with_its_executor_is_left_to_the_next_one() throws InterruptedException {
        var world = new World();
        var stopped = world.executor("stopped", NEVER);
        stopped.whileAwaiting = () -> stopped.stop.request(StopSignal.Reason.SHUTDOWN);

        assertThat(stopped.run(Some.ready(ATTEMPT, false)))
                .isEqualTo(new AttemptRun.Result.Left(StopSignal.Reason.SHUTDOWN.text()));

        assertThat(dies(world.executor("next", NEVER), true)).isFalse();
        assertPaidOnceAndPublished(world);
    }

    private static boolean diesOrFails(World.Host executor) {
        try {
            return dies(executor, true);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @RepeatedTest(50)
    void two_executors_given_the_same_order_at_once_pay_once() throws Exception {
        var world = new World();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<AttemptRun.Result>>();
            for (var name : new String[] {"first", "second", "third"}) {
                var executor = world.executor(name, NEVER);
                // The settle time is longer than a request to the agent takes.
                executor.pause = time -> world.anyRun.await();
                results.add(threads.submit(() -> executor.run(Some.ready(ATTEMPT, false))));
            }
            for (var result : results) result.get();
        }
        assertPaidOnceAndPublished(world);
    }

    @Test
    void an_agent_that_never_makes_a_run_is_asked_a_bounded_number_of_times() throws InterruptedException {
        var world = new World();
        var waits = new ArrayList<Duration>();
        var executor = world.executor("first", NEVER);
        executor.pause = waits::add;
        executor.losesCreations = true;
        executor.run(Some.ready(ATTEMPT, false));
        assertThat(waits).hasSize(Steps.MOST_ASKED);
        assertThat(world.published).singleElement().isInstanceOf(TaskFailed.class);
    }
}
