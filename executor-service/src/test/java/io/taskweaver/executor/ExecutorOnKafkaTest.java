package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.command.Machine;
import io.taskweaver.events.ExecutorHeartbeat;
import io.taskweaver.events.ExecutorState;
import io.taskweaver.events.FailureKind;
import io.taskweaver.events.JournalState;
import io.taskweaver.events.TaskCompleted;
import io.taskweaver.events.TaskFailed;
import io.taskweaver.events.TaskStarted;
import io.taskweaver.executor.Fleet.TestSettings;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.Command;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.OutputSource;
import io.taskweaver.model.event.PlanEvent.ExecutionJournal.RunPlace;
import io.taskweaver.model.event.PlanEvent.PlanArchived;
import io.taskweaver.model.event.PlanEvent.TaskOutput;
import io.taskweaver.runtime.embedded.EmbeddedBroker;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.TraceContext;
import io.taskweaver.wire.code.CodeStore;
import io.taskweaver.wire.output.OutputFolder;
import io.taskweaver.wire.testing.Filled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The executor on a real broker, with an agent and a context service that tests decide about. */
class ExecutorOnKafkaTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private final FakeAgent agent = new FakeAgent();
    private Fleet fleet;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(folder);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void startFleet() throws Exception {
        fleet = new Fleet(broker.clientSettings(), "t" + NUMBER.incrementAndGet() + "-");
    }

    @AfterEach
    void stopFleet() {
        fleet.close();
    }

    private static Attempt attempt(String plan, int task, int number) {
        return new Attempt(plan, "FR-%03d".formatted(task), number);
    }

    /** Writes to the journal what an executor that is gone wrote. */
    private AttemptEvents dead() {
        return new AttemptEvents("dead", InstantSource.fixed(Instant.now()));
    }

    private Optional<ExecutorHeartbeat> lastBeat() {
        return fleet.events(Topics.EXECUTOR_HEARTBEAT).stream().reduce((first, second) -> second);
    }

    @Test
    void an_order_becomes_a_run_and_its_answer_a_completed_task() {
        fleet.executor("e1", agent, TestSettings.slots(4));
        var attempt = attempt("shop", 1, 1);
        fleet.order(attempt, false);
        TaskCompleted completed = fleet.awaitEvents(Topics.TASK_COMPLETED, 1).getFirst();
        assertThat(completed.getTaskId()).isEqualTo("FR-001");
        assertThat(completed.getExecutorId()).isEqualTo("e1");
        assertThat(completed.getMeta().getCausationId()).isEqualTo("ready-" + attempt.id());
        assertThat(completed.getUsage().getCostMicros()).isEqualTo(3);
        assertThat(completed.getCode().getParent()).isEqualTo(SomeCode.head(7));
        assertThat(completed.getCode().getChanges())
                .singleElement()
                .satisfies(change -> assertThat(change.getPath()).isEqualTo("notes.txt"));
        TaskStarted started = fleet.events(Topics.TASK_STARTED).getFirst();
        assertThat(started.getQuery()).contains("filter customers");
        assertThat(fleet.events(Topics.EXECUTION_JOURNAL))
                .extracting(entry -> entry.getState())
                .containsExactly(JournalState.CLAIMED, JournalState.CREATED, JournalState.FINISHED);
    }

    @Test
    void an_executor_waits_while_the_journal_is_compacted() throws Exception {
        fleet.clean(Topics.EXECUTION_JOURNAL, "compact,delete");
        var executor = fleet.start("e1", agent, TestSettings.slots(4));
        await().atMost(LIMIT)
                .until(() -> executor.notReady()
                        .filter(why -> why.contains("is compacted"))
                        .isPresent());

        fleet.clean(Topics.EXECUTION_JOURNAL, "delete");

        await().atMost(LIMIT).until(() -> executor.notReady().isEmpty());
    }

    @Test
    void whoever_reads_the_topic_has_the_code_of_a_result() throws Exception {
        fleet.executor("e1", agent, TestSettings.slots(4));
        fleet.order(attempt("shop", 1, 1), false);
        var commit =
                fleet.awaitEvents(Topics.TASK_COMPLETED, 1).getFirst().getCode().getCommit();

        try (var store = CodeStore.shared(fleet.cluster(), folder.resolve("elsewhere"))) {
            store.start();
            var plan = new PlanId("shop");
            assertThat(store.await(plan, commit)).isTrue();
            assertThat(SomeCode.text(store.of(plan), commit, "notes.txt")).contains("new\n");
            assertThat(SomeCode.text(store.of(plan), commit, "not-shown.txt")).contains("hidden\n");
            assertThat(store.await(plan, "0".repeat(40))).isFalse();
        }
    }

    /** Without heartbeats, all that runs here would be given to others. */
    @Test
    void heartbeats_go_on_after_one_that_failed_by_a_defect() {
        var asked = new AtomicInteger();
        try (var producer = fleet.producer();
                var beats = new Heartbeats(
                        "e1",
                        TestSettings.slots(1),
                        () -> {
                            if (asked.getAndIncrement() == 0) throw new NoClassDefFoundError("as asked");
                            return Filled.of(io.taskweaver.model.event.ExecutorHeartbeat.class);
                        },
                        producer,
                        fleet.retries())) {
            beats.start();
            await().atMost(LIMIT).until(() -> lastBeat().isPresent());
        }
        assertThat(asked).hasValueGreaterThan(1);
    }

    @Test
    void what_agents_printed_is_removed_with_an_archived_plan() throws Exception {
        var outputs = OutputFolder.of(folder.resolve("data"));
        var plan = new PlanId("shop");
        var meta = Meta.of(TaskOutput.class, plan, Instant.now(), Optional.empty());
        outputs.add(
                new TaskOutput(meta, new TaskId("FR-001"), 1, "e1", OutputSource.AGENT, meta.at(), 0, "printed", true));
        var archived = new ArchivedPlans(fleet.cluster(), outputs);
        archived.follower().start();
        try {
            fleet.send(new PlanArchived(
                    Meta.of(PlanArchived.class, plan, Instant.now(), Optional.empty()),
                    "Shop",
                    "completed",
                    "ab".repeat(32)));

            await().atMost(LIMIT).until(() -> !outputs.has(plan));
        } finally {
            archived.follower().close();
        }
    }

    @Test
    void all_that_is_said_of_an_order_belongs_to_its_trace() {
        fleet.executor("e1", agent, TestSettings.slots(4));
        var trace = new TraceContext(
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", Optional.of("vendor=1"), Optional.empty());
        fleet.trace(trace);
        fleet.order(attempt("shop", 1, 1), false);
        fleet.awaitEvents(Topics.TASK_COMPLETED, 1);
        fleet.order(attempt("shop", 2, 1), "nobody", false);
        fleet.awaitEvents(Topics.TASK_FAILED, 1);
        fleet.raw(Topics.TASK_READY, "shop/FR-003", new byte[] {1, 2, 3});
        fleet.awaitEvents(Topics.DEAD_LETTERS, 1);
        assertThat(List.of(
                        Topics.TASK_STARTED,
                        Topics.TASK_COMPLETED,
                        Topics.TASK_FAILED,
                        Topics.EXECUTION_JOURNAL,
                        Topics.DEAD_LETTERS))
                .allSatisfy(
                        topic -> assertThat(fleet.traces(topic)).isNotEmpty().containsOnly(Optional.of(trace)));
    }

    @Test
    void more_orders_than_slots_are_all_carried_out_and_never_more_at_once_than_there_are_slots() {
        agent.endsAtOnce = true;
        fleet.executor("e1", agent, TestSettings.slots(3));
        for (int task = 1; task <= 40; task++) fleet.order(attempt("shop", task, 1), false);
        fleet.awaitEvents(Topics.TASK_COMPLETED, 40);
        assertThat(agent.creations).hasSize(40);
        assertThat(agent.mostAwaiting.get()).isLessThanOrEqualTo(3);
    }

    @Test
    void a_free_slot_never_waits_behind_busy_ones() {
        agent.endsAtOnce = false;
        fleet.executor("e1", agent, TestSettings.slots(3));
        for (int task = 1; task <= 4; task++) fleet.order(attempt("shop", task, 1), false);
        await().atMost(LIMIT).until(() -> agent.runs.size() == 3);
        var first = agent.creations.keySet().iterator().next();
        agent.end(first, FakeAgent.SUCCESS);
        await().atMost(LIMIT).until(() -> agent.runs.size() == 4);
    }

    @Test
    void an_attempt_that_a_dead_executor_claimed_is_looked_up_and_its_run_awaited() {
        fleet.executor("e1", agent, TestSettings.slots(4));
        var attempt = attempt("shop", 1, 1);
        fleet.send(dead().claimed(Some.ready(attempt, false).event(), 3));
        agent.existing(attempt);
        fleet.order(attempt, true);
        await().atMost(LIMIT).until(() -> agent.awaiting.get() == 1);
        agent.end(attempt, FakeAgent.SUCCESS);
        var completed = fleet.awaitEvents(Topics.TASK_COMPLETED, 1).getFirst();
        assertThat(agent.creationsOf(attempt)).isZero();
        assertThat(completed.getCode().getParent()).isEqualTo(SomeCode.head(3));
    }

    @Test
    void an_attempt_whose_run_is_journalled_is_awaited_with_its_context() {
        fleet.executor("e1", agent, TestSettings.slots(4));
        var attempt = attempt("shop", 1, 1);
        fleet.send(dead().created(Some.ready(attempt, false).event(), agent.existing(attempt), Optional.empty(), 5));
        fleet.order(attempt, true);
        await().atMost(LIMIT).until(() -> agent.awaiting.get() == 1);
        agent.end(attempt, FakeAgent.SUCCESS);
        var completed = fleet.awaitEvents(Topics.TASK_COMPLETED, 1).getFirst();
        assertThat(completed.getCode().getParent()).isEqualTo(SomeCode.head(5));
        assertThat(agent.creationsOf(attempt)).isZero();
        assertThat(agent.lookups).hasValue(0);
    }

    @Test
    void a_run_of_this_machine_is_continued_though_the_queue_gives_it_to_none() throws Exception {
        agent.startsWhenAwaited = true;
        agent.endsAtOnce = false;
        var attempt = attempt("shop", 1, 1);
        fleet.executor("e0", new FakeAgent("other"), TestSettings.slots(4));
        fleet.order(attempt, false);
        // It has no such agent. So the queue has handed the attempt out, and nothing is in the journal.
        fleet.awaitEvents(Topics.TASK_FAILED, 1);
        var place = new RunPlace(Machine.idOf(Fleet.WORK), 0, 0);
        fleet.send(dead().created(Some.ready(attempt, false).event(), agent.existing(attempt), Optional.of(place), 5));

        fleet.executor("e1", agent, TestSettings.slots(4));

        await().atMost(LIMIT).until(() -> agent.awaiting.get() == 1);
        agent.end(attempt, FakeAgent.SUCCESS);
        var completed = fleet.awaitEvents(Topics.TASK_COMPLETED, 1).getFirst();
        assertThat(completed.getCode().getParent()).isEqualTo(SomeCode.head(5));
        assertThat(agent.creationsOf(attempt)).isZero();
    }

    @Test
    void an_idle_executor_takes_up_a_run_of_its_machine_though_its_intake_holds_its_only_slot() throws Exception {
        agent.startsWhenAwaited = true;
        agent.endsAtOnce = false;
        var orphan = attempt("shop", 1, 1);
        var other = fleet.executor("e0", new FakeAgent("other"), TestSettings.slots(1));
        fleet.order(orphan, false);
        fleet.awaitEvents(Topics.TASK_FAILED, 1);
        other.close();
        fleet.executor("e1", agent, TestSettings.slots(1));
        var place = new RunPlace(Machine.idOf(Fleet.WORK), 0, 0);

        fleet.send(dead().created(Some.ready(orphan, false).event(), agent.existing(orphan), Optional.of(place), 5));

        await().atMost(LIMIT).until(() -> agent.awaiting.get() == 1);
        agent.end(orphan, FakeAgent.SUCCESS);
        fleet.awaitEvents(Topics.TASK_COMPLETED, 1);
        agent.endsAtOnce = true;
        fleet.order(attempt("shop", 2, 1), false);
        fleet.awaitEvents(Topics.TASK_COMPLETED, 2);
    }

    @Test
    void a_run_of_another_machine_is_left_to_an_executor_there() {
        agent.startsWhenAwaited = true;
        var attempt = attempt("shop", 1, 1);
        var order = Some.ready(attempt, false).event();
        var place = Optional.of(new RunPlace("another machine", 0, 0));
        fleet.executor("e1", agent, TestSettings.slots(4));
        var created = dead().created(order, "run-of-that", place, 5);
        fleet.send(created);
        fleet.order(attempt, true);
        var waiting = "waiting for an executor on the machine of dead, where the run is";
        await().atMost(LIMIT)
                .until(() -> fleet.events(Topics.TASK_PROGRESSED).stream()
                        .anyMatch(progress -> progress.getMessage().equals(waiting)));

        var known = new AttemptState.Created("dead", "run-of-that", place, 5, Instant.now(), created.eventId());
        fleet.send(new AttemptEvents("next", InstantSource.system()).takenUp(order, known, place.orElseThrow()));

        await().atMost(LIMIT)
                .until(() -> fleet.events(Topics.EXECUTOR_HEARTBEAT)
                        .getLast()
                        .getRunning()
                        .isEmpty());
        assertThat(agent.creationsOf(attempt)).isZero();
        assertThat(fleet.events(Topics.TASK_FAILED)).isEmpty();
    }

    @Test
    void an_attempt_that_ended_is_published_again_as_it_was() {
        fleet.executor("e1", agent, TestSettings.slots(4));
        var attempt = attempt("shop", 1, 1);
        fleet.order(attempt, false);
        var first = fleet.awaitEvents(Topics.TASK_COMPLETED, 1).getFirst();
        fleet.order(attempt, true);
        assertThat(fleet.awaitEvents(Topics.TASK_COMPLETED, 2)).containsExactly(first, first);
        assertThat(agent.creationsOf(attempt)).isEqualTo(1);
    }

    @Test
    void the_journal_is_read_at_the_start() {
        var attempt = attempt("shop", 1, 1);
        var order =
                Some.ready(attempt, false, Optional.empty(), Optional.empty()).event();
        fleet.send(dead().ended(
                        order,
                        order.eventId(),
                        Optional.of("run-1"),
                        1,
                        Instant.now(),
                        new Outcome.TaskFailed("it does not compile")));
        fleet.executor("e1", agent, TestSettings.slots(4));
        fleet.order(attempt, false);
        TaskFailed failed = fleet.awaitEvents(Topics.TASK_FAILED, 1).getFirst();
        assertThat(failed.getReason()).isEqualTo("it does not compile.");
        assertThat(failed.getExecutorId()).isEqualTo("dead");
    }

    @Test
    void the_folder_of_a_killed_executor_stays_until_the_attempt_that_it_belongs_to_is_over() throws Exception {
        var ended = attempt("left", 1, 1);
        var begun = attempt("left", 2, 1);
        var over = Files.createDirectories(Fleet.WORK.resolve("claude/left.FR-001.1"));
        var continued = Files.createDirectories(Fleet.WORK.resolve("claude/left.FR-002.1"));
        fleet.send(dead().created(Some.ready(begun, false).event(), agent.existing(begun), Optional.empty(), 5));
        fleet.send(dead().ended(
                        Some.ready(ended, false).event(),
                        "cause",
                        Optional.of("run-1"),
                        1,
                        Instant.now(),
                        new Outcome.TaskFailed("it does not compile")));

        fleet.executor("e1", agent, TestSettings.slots(4));
        await().atMost(LIMIT).until(() -> !Files.exists(over));
        assertThat(continued).isDirectory();
        fleet.cancel("left");

        await().atMost(LIMIT).until(() -> !Files.exists(continued));
    }

    @Test
    void the_same_order_twice_is_carried_out_once() {
        agent.endsAtOnce = false;
        fleet.executor("e1", agent, TestSettings.slots(4));
        fleet.executor("e2", agent, TestSettings.slots(4));
        var attempt = attempt("shop", 1, 1);
        for (int i = 0; i < 6; i++) fleet.order(attempt, i > 0);
        await().atMost(LIMIT).until(() -> agent.awaiting.get() > 0);
        agent.end(attempt, FakeAgent.SUCCESS);
        fleet.awaitEvents(Topics.TASK_COMPLETED, 1);
        fleet.order(attempt("shop", 2, 1), false);
        await().atMost(LIMIT).until(() -> agent.creationsOf(attempt("shop", 2, 1)) == 1);
        assertThat(agent.creationsOf(attempt)).isEqualTo(1);
    }

    @Test
    void a_classic_group_takes_as_many_orders_as_there_are_slots_and_gives_them_to_another_executor_in_time() {
        agent.endsAtOnce = false;
        var first = fleet.executor("e1", agent, TestSettings.slots(2).classic());
        for (int task = 1; task <= 4; task++) fleet.order(attempt("shop", task, 1), false);
        await().atMost(LIMIT).until(() -> agent.awaiting.get() == 2);
        agent.endsAtOnce = true;
        // It joins while the other has no slot free, which must not hold it up.
        fleet.executor("e2", agent, TestSettings.slots(2).classic());
        for (int task = 1; task <= 2; task++) agent.end(attempt("shop", task, 1), FakeAgent.SUCCESS);
        fleet.awaitEvents(Topics.TASK_COMPLETED, 4);

        first.close();
        fleet.order(attempt("shop", 5, 1), false);
        var completed = fleet.awaitEvents(Topics.TASK_COMPLETED, 5);
        assertThat(completed.stream().filter(one -> one.getTaskId().equals("FR-005")))
                .extracting(TaskCompleted::getExecutorId)
                .containsExactly("e2");
        for (int task = 1; task <= 5; task++)
            assertThat(agent.creationsOf(attempt("shop", task, 1))).isEqualTo(1);
    }

    @Test
    void a_newer_attempt_cancels_the_older_one_that_runs_here_and_an_older_order_is_dropped() {
        agent.endsAtOnce = false;
        fleet.executor("e1", agent, TestSettings.slots(4));
        fleet.order(attempt("shop", 1, 1), false);
        await().atMost(LIMIT).until(() -> agent.awaiting.get() == 1);
        fleet.order(attempt("shop", 1, 2), false);
        await().atMost(LIMIT).until(() -> agent.cancelled.contains("run-shop/FR-001/1"));
        fleet.order(attempt("shop", 1, 1), true);
        agent.endsAtOnce = true;
        fleet.order(attempt("shop", 2, 1), false);
        fleet.awaitEvents(Topics.TASK_COMPLETED, 1);
        assertThat(agent.creationsOf(attempt("shop", 1, 1))).isEqualTo(1);
        assertThat(agent.creationsOf(attempt("shop", 1, 2))).isEqualTo(1);
    }

    @Test
    void a_cancelled_plan_is_stopped_at_the_agent_and_not_begun_again() {
        agent.endsAtOnce = false;
        fleet.executor("e1", agent, TestSettings.slots(4));
        fleet.order(attempt("shop", 1, 1), false);
        await().atMost(LIMIT).until(() -> agent.awaiting.get() == 1);
        fleet.cancel("shop");
        TaskFailed failed = fleet.awaitEvents(Topics.TASK_FAILED, 1).getFirst();
        assertThat(failed.getFailure()).isEqualTo(FailureKind.CANCELLED);
        assertThat(agent.cancelled).containsExactly("run-shop/FR-001/1");
        fleet.order(attempt("shop", 2, 1), false);
        fleet.order(attempt("other", 1, 1), false);
        await().atMost(LIMIT).until(() -> agent.creationsOf(attempt("other", 1, 1)) == 1);
        assertThat(agent.creationsOf(attempt("shop", 2, 1))).isZero();
    }

    @Test
    void a_run_whose_executor_died_is_stopped_at_the_agent_when_its_plan_is_cancelled() {
        agent.endsAtOnce = false;
        var unwanted = attempt("shop", 1, 1);
        var wanted = attempt("other", 1, 1);
        for (var attempt : List.of(unwanted, wanted))
            fleet.send(
                    dead().created(Some.ready(attempt, false).event(), agent.existing(attempt), Optional.empty(), 5));
        fleet.cancel("shop");
        fleet.executor("e1", agent, TestSettings.slots(4));
        TaskFailed failed = fleet.awaitEvents(Topics.TASK_FAILED, 1).getFirst();
        assertThat(failed.getFailure()).isEqualTo(FailureKind.CANCELLED);
        assertThat(failed.getAgentRunId()).isEqualTo("run-shop/FR-001/1");
        assertThat(agent.cancelled).containsExactly("run-shop/FR-001/1");
    }

    @Test
    void a_cancelled_task_is_stopped_at_the_agent_and_begun_again_when_it_is_retried() {
        agent.endsAtOnce = false;
        fleet.executor("e1", agent, TestSettings.slots(4));
        fleet.order(attempt("shop", 1, 1), false);
        fleet.order(attempt("shop", 2, 1), false);
        await().atMost(LIMIT).until(() -> agent.awaiting.get() == 2);
        fleet.command("shop", new Command.CancelTask(new TaskId("FR-001"), "a user said so"));
        TaskFailed failed = fleet.awaitEvents(Topics.TASK_FAILED, 1).getFirst();
        assertThat(failed.getFailure()).isEqualTo(FailureKind.CANCELLED);
        assertThat(agent.cancelled).containsExactly("run-shop/FR-001/1");

        fleet.order(attempt("shop", 1, 2), false);
        fleet.order(attempt("shop", 3, 1), false);
        await().atMost(LIMIT).until(() -> agent.creationsOf(attempt("shop", 3, 1)) == 1);
        assertThat(agent.creationsOf(attempt("shop", 1, 2))).isZero();

        fleet.command("shop", new Command.RetryTask(new TaskId("FR-001")));
        // The executor reads commands beside orders: until it has read this one, it leaves the order to the next time.
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).until(() -> {
            fleet.order(attempt("shop", 1, 3), true);
            return agent.creationsOf(attempt("shop", 1, 3)) == 1;
        });
    }

    @Test
    void refused_credentials_are_reported_and_halt_the_back_end_until_it_works_again() {
        agent.refusal = Optional.of(new Outcome.CredentialsRefused("The token was refused.", "Set CODEGEN_API_TOKEN."));
        fleet.executor("e1", agent, TestSettings.slots(4));
        fleet.order(attempt("shop", 1, 1), false);
        TaskFailed failed = fleet.awaitEvents(Topics.TASK_FAILED, 1).getFirst();
        assertThat(failed.getFailure()).isEqualTo(FailureKind.REFUSED_CREDENTIALS);
        assertThat(failed.getHint()).isEqualTo("Set CODEGEN_API_TOKEN.");
        await().atMost(LIMIT)
                .until(() -> lastBeat()
                        .filter(heartbeat -> heartbeat.getState() == ExecutorState.HALTED
                                && heartbeat.getReason().contains("Set CODEGEN_API_TOKEN."))
                        .isPresent());
        agent.refusal = Optional.empty();
        fleet.order(attempt("shop", 1, 2), false);
        await().atMost(LIMIT)
                .until(() -> lastBeat()
                        .filter(heartbeat -> heartbeat.getState() == ExecutorState.ACTIVE
                                && heartbeat.getBackends().equals(List.of("fake")))
                        .isPresent());
    }

    @Test
    void an_order_for_an_unknown_back_end_says_what_to_set() {
        fleet.executor("e1", agent, TestSettings.slots(4));
        fleet.order(attempt("shop", 1, 1), "codegen", false);
        TaskFailed failed = fleet.awaitEvents(Topics.TASK_FAILED, 1).getFirst();
        assertThat(failed.getFailure()).isEqualTo(FailureKind.AGENT_NOT_CONFIGURED);
        assertThat(failed.getHint()).contains("CODEGEN_ORG_ID", "CODEGEN_API_TOKEN");
        assertThat(fleet.events(Topics.EXECUTION_JOURNAL)).isEmpty();
    }

    @Test
    void a_heartbeat_names_what_is_held() {
        agent.endsAtOnce = false;
        fleet.executor("e1", agent, TestSettings.slots(4));
        fleet.order(attempt("shop", 1, 1), false);
        await().atMost(LIMIT)
                .until(() -> lastBeat()
                        .filter(heartbeat -> heartbeat.getSlots() == 4
                                && heartbeat.getRunning().size() == 1)
                        .isPresent());
        agent.end(attempt("shop", 1, 1), FakeAgent.SUCCESS);
        await().atMost(LIMIT)
                .until(() -> lastBeat()
                        .filter(heartbeat -> heartbeat.getRunning().isEmpty())
                        .isPresent());
    }

    @Test
    void a_shutdown_finishes_what_ends_in_time() throws InterruptedException {
        agent.endsAtOnce = false;
        var executor = fleet.executor("e1", agent, TestSettings.slots(4).drainingFor(LIMIT));
        var attempt = attempt("shop", 1, 1);
        fleet.order(attempt, false);
        await().atMost(LIMIT).until(() -> agent.awaiting.get() == 1);
        var closing = Thread.ofVirtual().start(executor::close);
        await().atMost(LIMIT)
                .until(() -> lastBeat()
                        .filter(heartbeat -> heartbeat.getState() == ExecutorState.DRAINING)
                        .isPresent());
        agent.end(attempt, FakeAgent.SUCCESS);
        closing.join();
        assertThat(fleet.events(Topics.TASK_COMPLETED)).hasSize(1);
    }

    @Test
    void a_shutdown_leaves_the_rest_to_another_executor_which_pays_nothing_again() {
        agent.endsAtOnce = false;
        var executor = fleet.executor("e1", agent, TestSettings.slots(4));
        var attempt = attempt("shop", 1, 1);
        fleet.order(attempt, false);
        await().atMost(LIMIT).until(() -> agent.awaiting.get() == 1);
        executor.close();
        assertThat(agent.cancelled).isEmpty();
        assertThat(fleet.events(Topics.TASK_FAILED)).isEmpty();
        fleet.executor("e2", agent, TestSettings.slots(4));
        fleet.order(attempt, true);
        await().atMost(LIMIT).until(() -> agent.awaiting.get() == 1);
        agent.end(attempt, FakeAgent.SUCCESS);
        var completed = fleet.awaitEvents(Topics.TASK_COMPLETED, 1).getFirst();
        assertThat(completed.getExecutorId()).isEqualTo("e2");
        assertThat(agent.creationsOf(attempt)).isEqualTo(1);
    }

    @Test
    void a_shutdown_ends_what_cannot_be_left_to_others() {
        agent.endsAtOnce = false;
        agent.startsWhenAwaited = true;
        var executor = fleet.executor("e1", agent, TestSettings.slots(4));
        fleet.order(attempt("shop", 1, 1), false);
        await().atMost(LIMIT).until(() -> agent.awaiting.get() == 1);

        executor.close();

        TaskFailed failed = fleet.awaitEvents(Topics.TASK_FAILED, 1).getFirst();
        assertThat(failed.getFailure()).isEqualTo(FailureKind.INTERRUPTED);
        // Nothing of it is left for others to wait for.
        assertThat(fleet.events(Topics.EXECUTION_JOURNAL))
                .extracting(entry -> entry.getState())
                .containsExactly(JournalState.CLAIMED, JournalState.CREATED, JournalState.FINISHED);
        assertThat(fleet.left("e1")).isAfterOrEqualTo(failed.getMeta().getOccurredAt());
    }

    @Test
    void a_shutdown_publishes_the_result_of_what_ended_in_the_same_moment() {
        agent.endsAtOnce = false;
        agent.startsWhenAwaited = true;
        agent.endsWhenInterrupted = true;
        var executor = fleet.executor("e1", agent, TestSettings.slots(4));
        fleet.order(attempt("shop", 1, 1), false);
        await().atMost(LIMIT).until(() -> agent.awaiting.get() == 1);

        executor.close();

        TaskCompleted completed = fleet.awaitEvents(Topics.TASK_COMPLETED, 1).getFirst();
        assertThat(fleet.left("e1")).isAfterOrEqualTo(completed.getMeta().getOccurredAt());
    }

    @Test
    void what_cannot_be_read_is_set_aside_and_the_work_goes_on() {
        fleet.executor("e1", agent, TestSettings.slots(4));
        var garbage = "garbage".getBytes(StandardCharsets.UTF_8);
        fleet.raw(Topics.TASK_READY, "shop/FR-001", garbage);
        fleet.raw(Topics.EXECUTION_JOURNAL, "shop/FR-001/1", garbage);
        fleet.raw(Topics.PLAN_COMMANDS, "shop", garbage);
        fleet.order(attempt("shop", 1, 1), false);
        var letters = fleet.awaitEvents(Topics.DEAD_LETTERS, 3);
        assertThat(letters).extracting(letter -> letter.getReason()).containsOnly(DeadLetters.UNDECODABLE);
        assertThat(letters)
                .extracting(letter -> letter.getTopic())
                .containsExactlyInAnyOrder(
                        Topics.TASK_READY.name(fleet.cluster().topicPrefix()),
                        Topics.EXECUTION_JOURNAL.name(fleet.cluster().topicPrefix()),
                        Topics.PLAN_COMMANDS.name(fleet.cluster().topicPrefix()));
        fleet.order(attempt("shop", 2, 1), true);
        fleet.awaitEvents(Topics.TASK_COMPLETED, 2);
        fleet.cancel("shop");
    }
}
