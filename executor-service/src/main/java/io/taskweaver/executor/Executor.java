package io.taskweaver.executor;

import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.command.ResultCheck;
import io.taskweaver.domain.query.QueryTemplates;
import io.taskweaver.domain.query.QueryWriter;
import io.taskweaver.domain.query.TokenCount;
import io.taskweaver.events.TaskReady;
import io.taskweaver.executor.OrderIntake.Taken;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.Rights;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.TraceContext;
import io.taskweaver.wire.admin.TopicAdmin;
import io.taskweaver.wire.connection.BrokerDiagnosis;
import io.taskweaver.wire.connection.Retries;
import io.taskweaver.wire.connection.TopicWait;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The executor: start reading here. {@link OrderIntake} takes orders from the queue, as many as there are free slots;
 * {@link #take} decides whether an order is carried out; {@link AttemptRun} carries it out on a virtual thread of its
 * own, step by step, with everything that must not be lost or paid twice in {@link KafkaJournal}; {@link Heartbeats}
 * tell the fleet what is held here, and so keep it here; {@link PlanCommands} stop what users cancel, and
 * {@link OrphanedRuns} what nobody looks after any more.
 */
final class Executor implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Executor.class);
    private static final int BEATS_BETWEEN_LOOKS = 5;

    private final String id;
    private final ExecutorSettings settings;
    private final ConfiguredAgents configured;
    private final Backends backends;
    private final ExecutorMetrics metrics;
    private final RunningAttempts running = new RunningAttempts();
    private final Slots slots;
    private final Retries retries;
    private final Admin admin;
    private final EventProducer producer;
    private final KafkaJournal journal;
    private final KafkaReports reports;
    private final PlanCommands commands;
    private final Colleagues colleagues;
    private final Heartbeats heartbeats;
    private final OrphanedRuns orphans;
    private final OrderIntake intake;
    private final QueueGroup group;
    private final ThreadLocal<EventReader<TaskReady>> orders;
    private final AttemptRun.Ports ports;
    private final AttemptRun.Rules rules;
    private final InstantSource clock;
    private final Thread starting;

    private volatile Condition condition = Condition.STARTING;
    private volatile @Nullable String problem;

    /** What this executor knows of attempts that others may have begun. */
    private final class Known implements OrphanedRuns.View {
        @Override
        public List<JournalEntry> unfinished() {
            return journal.unfinished();
        }

        @Override
        public boolean isLookedAfter(JournalEntry begun) {
            return running.holds(begun.attempt()) || colleagues.isLive(begun.executor());
        }

        @Override
        public Optional<StopSignal.Reason> unwanted(JournalEntry begun) {
            var attempt = begun.attempt();
            return commands.cancelled(attempt)
                    .or(() -> journal.newest(attempt).orElse(0) > attempt.number()
                            ? Optional.of(StopSignal.Reason.SUPERSEDED)
                            : Optional.empty());
        }
    }

    private enum Condition {
        STARTING,
        TAKING,
        DRAINING,
        STOPPED
    }

    Executor(
            String id,
            ExecutorSettings settings,
            Connection connection,
            ConfiguredAgents configured,
            Backends backends,
            Contexts contexts,
            ExecutorMetrics metrics,
            InstantSource clock) {
        this.id = id;
        this.settings = settings;
        this.configured = configured;
        this.backends = backends;
        this.metrics = metrics;
        this.clock = clock;
        this.slots = new Slots(settings.slots());
        this.retries = connection.retries(Executor.class, "executor");
        this.admin = Admin.create(connection.admin("executor-admin"));
        var events = new Events(id, clock);
        this.producer = new EventProducer(connection, clock);
        this.journal = new KafkaJournal(connection, admin, producer, events);
        this.reports = new KafkaReports(producer, events);
        this.commands = new PlanCommands(connection, admin, producer, running, backends::resume);
        this.heartbeats = new Heartbeats(
                id, settings, this::beat, events, producer, connection.retries(Heartbeats.class, "heartbeat"));
        this.group = new QueueGroup(
                admin,
                connection.topicPrefix() + TopicAdmin.EXECUTORS,
                Topics.TASK_READY.name(connection.topicPrefix()));
        this.intake = intake(connection);
        this.orders = ThreadLocal.withInitial(() -> new EventReader<>(Topics.TASK_READY, connection));
        this.ports = new AttemptRun.Ports(
                id,
                journal,
                reports,
                contexts,
                backends,
                new ResultCheck(
                        ConfiguredAgents.workFolder(settings),
                        settings.keepWork(),
                        settings.contractChecks(),
                        configured.capabilities(),
                        System.getenv()),
                Thread::sleep,
                clock);
        this.rules = new AttemptRun.Rules(
                settings.settleTime(),
                settings.progressInterval(),
                settings.maxResultBytes(),
                queries(settings),
                Permissions.of(settings));
        this.colleagues = new Colleagues(id, connection, admin, clock);
        backends.share(colleagues);
        this.orphans = new OrphanedRuns(
                id,
                new Known(),
                backends::find,
                (finished, trace) ->
                        CompletableFuture.allOf(journal.finished(finished, trace), reports.ended(finished, trace)),
                settings.heartbeatInterval().multipliedBy(BEATS_BETWEEN_LOOKS),
                clock);
        this.starting = Thread.ofVirtual().name("executor-start").unstarted(() -> begin(connection));
        metrics.watch(settings.slots(), running::count, () -> journal.follower().lag());
    }

    private OrderIntake intake(Connection connection) {
        BooleanSupplier willing = () -> !backends.areAllHalted();
        return switch (settings.queue()) {
            case SHARE ->
                new TaskIntake(
                        connection,
                        group.name(),
                        settings.slots(),
                        settings.consumers(),
                        slots,
                        heartbeats::arrive,
                        willing,
                        this::take);
            case CLASSIC -> new ClassicIntake(connection, group.name() + "-classic", slots, willing, this::take);
        };
    }

    /** Lengths are estimated here: to count exactly takes longer than all else that is done for a small task. */
    private static QueryWriter queries(ExecutorSettings settings) {
        return new QueryWriter(
                settings.templates().map(QueryTemplateFolder::read).orElse(QueryTemplates.DEFAULT),
                settings.queryLimit(),
                TokenCount.estimated());
    }

    /** Starts, in the background: the broker may come later. */
    void start() {
        starting.start();
    }

    String id() {
        return id;
    }

    /** Names of the agents that can work here. */
    List<String> agents() {
        return List.copyOf(backends.configured());
    }

    /** What this machine lacks for a part of the settings. */
    List<String> lacks() {
        return configured.lacks();
    }

    /** Why no work is taken, or none can be done; empty if it is. */
    Optional<String> notReady() {
        if (configured.none().isPresent()) return configured.none();
        return switch (condition) {
            case STARTING ->
                Optional.of(
                        problem != null
                                ? problem
                                : retries.reason().isPresent()
                                        ? retries.reason().get()
                                        : journal.follower().isCaughtUp() ? "starting" : "reads the execution journal");
            case TAKING -> {
                if (!intake.isAlive()) yield Optional.of("taking orders has ended");
                yield journal.follower().isAlive() ? Optional.empty() : Optional.of("reading the journal has ended");
            }
            case DRAINING -> Optional.of("shuts down");
            case STOPPED -> Optional.of("is stopped");
        };
    }

    /** Finishes what can be finished in time, leaves the rest to others, and tells the fleet. */
    @Override
    public void close() {
        if (condition == Condition.STOPPED) return;
        boolean begun = condition == Condition.TAKING;
        condition = Condition.DRAINING;
        starting.interrupt();
        heartbeats.soon();
        intake.close();
        orphans.close();
        if (begun) drain(settings.drainTimeout());
        running.shutDown();
        drain(Duration.ofSeconds(2));
        commands.close();
        colleagues.close();
        journal.close();
        if (begun) heartbeats.close();
        producer.close();
        admin.close(Duration.ofSeconds(1));
        backends.close();
        condition = Condition.STOPPED;
        LOG.infof("Executor stopped executor=%s left=%d", id, running.count());
    }

    private void begin(Connection connection) {
        try {
            awaitGroup(connection);
            heartbeats.start();
            intake.start();
            commands.follower().start();
            colleagues.follower().start();
            journal.follower().start();
            commands.follower().awaitCaughtUp();
            colleagues.follower().awaitCaughtUp();
            journal.follower().awaitCaughtUp();
            if (condition != Condition.STARTING) return;
            intake.open();
            condition = Condition.TAKING;
            orphans.start();
            LOG.infof("Executor ready executor=%s slots=%d backends=%s", id, settings.slots(), backends.configured());
        } catch (InterruptedException e) {
            LOG.debugf("Executor stopped before it was ready executor=%s", id);
        } catch (RuntimeException | Error e) {
            problem = "could not start: " + e;
            LOG.errorf(e, "Executor could not start executor=%s", id);
        }
    }

    private void awaitGroup(Connection connection) throws InterruptedException {
        new TopicWait(connection.cluster(), Rights.EXECUTOR.topics(), retries).await();
        while (true) {
            var why = cannotUseGroup(connection);
            if (why.isEmpty()) break;
            retries.waitFor(why.get());
            retries.pause();
        }
        retries.over();
    }

    private Optional<String> cannotUseGroup(Connection connection) throws InterruptedException {
        if (settings.queue() == QueueKind.CLASSIC) return Optional.empty();
        try {
            return group.prepare();
        } catch (TimeoutException e) {
            return Optional.of(BrokerDiagnosis.explain(e, connection.cluster()).toString());
        }
    }

    /** Decides about an order, at once; what it asks for is done on another thread. */
    private Taken take(ConsumerRecord<byte[], byte[]> source) throws InterruptedException {
        if (source.value() == null) return Taken.DONE;
        try {
            boolean redelivered = source.deliveryCount().orElse((short) 1) > 1;
            return take(Events.ready(orders.get().read(source), TraceContext.of(source.headers()), redelivered));
        } catch (EventReader.Undecodable e) {
            return setAside(source, DeadLetters.UNDECODABLE, e);
        } catch (IllegalArgumentException e) {
            return setAside(source, DeadLetters.INVALID, e);
        }
    }

    private Taken take(Ready ready) {
        var attempt = ready.attempt();
        var cancelled = commands.cancelled(attempt);
        if (cancelled.isPresent()) return ignored(ready, cancelled.get().text());
        var agent = backends.find(ready.agent());
        var stop = new StopSignal();
        return switch (running.admit(attempt, journal.newest(attempt), stop)) {
            case STALE -> ignored(ready, "a newer attempt is known");
            case DUPLICATE -> ignored(ready, "it runs here already");
            case RUN, REPLACE -> {
                heartbeats.soon();
                Thread.ofVirtual().name(attempt.id()).start(() -> run(ready, agent, stop));
                // A command that was read since the first look missed this attempt.
                commands.cancelled(attempt).ifPresent(stop::request);
                yield Taken.STARTED;
            }
        };
    }

    private void run(Ready ready, Optional<CodingAgent> agent, StopSignal stop) {
        var attempt = ready.attempt();
        var begun = clock.instant();
        try {
            switch (agent.isPresent() ? new AttemptRun(ready, agent.get(), ports, rules, stop).run() : refuse(ready)) {
                case AttemptRun.Result.Ended(var outcome) -> {
                    metrics.ended(ready.agent(), outcome, Duration.between(begun, clock.instant()));
                }
                case AttemptRun.Result.Repeated repeated -> metrics.repeated(ready.agent());
                case AttemptRun.Result.Left(String reason) -> {
                    metrics.left(ready.agent());
                    log("Attempt left", attempt, reason);
                }
            }
        } catch (InterruptedException e) {
            log("Attempt left", attempt, "interrupted");
        } catch (RuntimeException | Error e) {
            LOG.errorf(
                    e,
                    "Attempt broken off; it will be ordered again plan=%s task=%s attempt=%d",
                    attempt.plan(),
                    attempt.task(),
                    attempt.number());
            metrics.left(ready.agent());
        } finally {
            running.release(attempt);
            slots.free(1);
        }
    }

    /** Nothing was begun and nothing is journalled, so that an executor that has the back end may still run it. */
    private AttemptRun.Result refuse(Ready ready) {
        var outcome = backends.missing(ready.agent());
        var finished = new Finished(
                ready.attempt(),
                ready.agent(),
                id,
                0,
                clock.instant(),
                Duration.ZERO,
                ready.ticket(),
                ready.eventId(),
                new Ending.Failed(Optional.empty(), outcome));
        reports.ended(finished, ready.trace()).join();
        return new AttemptRun.Result.Ended(outcome);
    }

    private Taken setAside(ConsumerRecord<byte[], byte[]> source, String reason, Exception cause) {
        try {
            producer.deadLetter(source, reason, String.valueOf(cause.getMessage()))
                    .join();
            LOG.warnf("An order was set aside partition=%d offset=%d", source.partition(), source.offset());
            return Taken.DONE;
        } catch (RuntimeException e) {
            LOG.errorf(
                    e, "An order could not be set aside partition=%d offset=%d", source.partition(), source.offset());
            return Taken.RETURNED;
        }
    }

    private Taken ignored(Ready ready, String why) {
        log("Order ignored", ready.attempt(), why);
        return Taken.DONE;
    }

    private Beat beat() {
        var usable = backends.usable();
        var state = condition == Condition.DRAINING
                ? Beat.State.DRAINING
                : usable.isEmpty() || backends.areAllHalted() ? Beat.State.HALTED : Beat.State.ACTIVE;
        var reason = configured.none().or(() -> lines(backends.haltReason(), configured.lacks()));
        return new Beat(settings.slots(), running.held(), usable, state, reason, backends.halts());
    }

    private static Optional<String> lines(Optional<String> first, List<String> more) {
        var all = Stream.concat(first.stream(), more.stream()).collect(Collectors.joining(" "));
        return Optional.of(all).filter(text -> !text.isEmpty());
    }

    private void drain(Duration limit) {
        var end = System.nanoTime() + limit.toNanos();
        try {
            while (running.count() > 0 && System.nanoTime() < end) Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void log(String what, io.taskweaver.agents.Attempt attempt, String why) {
        LOG.infof("%s plan=%s task=%s attempt=%d why=%s", what, attempt.plan(), attempt.task(), attempt.number(), why);
    }
}
