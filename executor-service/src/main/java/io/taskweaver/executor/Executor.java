package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.command.CodeVerifier;
import io.taskweaver.agents.command.ResultCheck;
import io.taskweaver.agents.command.TreePreparation;
import io.taskweaver.agents.command.WorkRemains;
import io.taskweaver.code.RemoteAccess;
import io.taskweaver.executor.AttemptIntake.Taken;
import io.taskweaver.executor.JournalIndex.Begun;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.Verifications;
import io.taskweaver.model.event.ExecutorHeartbeat;
import io.taskweaver.model.event.ExecutorHeartbeat.RunningAttempt;
import io.taskweaver.model.event.PlanEvent.TaskOutput;
import io.taskweaver.model.event.PlanEvent.TaskReady;
import io.taskweaver.model.storage.StorageFailure;
import io.taskweaver.prompts.QueryTemplates;
import io.taskweaver.prompts.QueryWriter;
import io.taskweaver.prompts.TokenCount;
import io.taskweaver.wire.DecodedRecord;
import io.taskweaver.wire.EventReader;
import io.taskweaver.wire.Rights;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.admin.TopicAdmin;
import io.taskweaver.wire.code.CodeStore;
import io.taskweaver.wire.connection.BrokerDiagnosis;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.connection.Retries;
import io.taskweaver.wire.connection.TopicWait;
import io.taskweaver.wire.output.OutputFolder;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The executor: start reading here. {@link AttemptIntake} takes as many issued attempts from the queue as there are free
 * slots; {@link #take} decides whether an attempt is run; {@link AttemptRun} runs it on its own virtual thread, step by
 * step, and keeps in {@link KafkaJournal} what must not be lost or paid twice; {@link Heartbeats} renew the leases of
 * running attempts; {@link PlanCommands} stops cancelled attempts, {@link RunRecovery} takes up runs of this machine whose
 * executor died, {@link OrphanedRuns} stops those that are not wanted any more, and {@link WorkCleanup} removes folders that
 * are not used any more.
 */
final class Executor implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Executor.class);
    private static final int HEARTBEATS_BETWEEN_SEARCHES = 5;
    /** How long attempts may take to leave: a program that does not end when it is asked to is killed after a while. */
    private static final Duration LEAVING = Duration.ofSeconds(5);
    /** How long it takes at most to break off the start, or what attempts do after the time that they had. */
    private static final Duration BREAKING_OFF = Duration.ofSeconds(5);

    private final String id;
    private final ExecutorSettings settings;
    private final ConfiguredAgents configured;
    private final AgentPool pool;
    private final CodeVerifier verifier;
    private final ExecutorMetrics metrics;
    private final RunningAttempts running = new RunningAttempts();
    private final Slots slots;
    private final Retries retries;
    private final Admin admin;
    private final AttemptEvents events;
    private final EventProducer producer;
    private final CodeStore code;
    private final KafkaJournal journal;
    private final PlanCommands commands;
    private final Optional<ArchivedPlans> archived;
    private final OtherExecutors others;
    private final Heartbeats heartbeats;
    /** Whether the fleet knows of this executor. */
    private volatile boolean beating;

    private final List<SearchLoop> searches;
    private final RecordLookup<TaskReady> issued;
    private final AttemptIntake intake;
    private final QueueGroup group;
    private final JournalTopic journalTopic;
    private final ThreadLocal<EventReader> readers;
    private final Retries reading;
    private final OutputPublisher outputs;
    private final AttemptRun.Ports ports;
    private final MachineIdentity machine;
    private final QueryWriter queries;
    private final Permissions permissions;
    private final InstantSource clock;
    private final Thread starting;

    private volatile Condition condition = Condition.STARTING;
    private volatile @Nullable String problem;

    /** State of attempts that other executors may have started. */
    private final class Known implements OrphanedRuns.View {
        @Override
        public List<Begun> unfinished() {
            return journal.unfinished();
        }

        @Override
        public boolean isHeld(Begun started) {
            return running.holds(started.attempt());
        }

        @Override
        public boolean isOwned(Begun started) {
            return isHeld(started) || others.isLive(started.last().executor());
        }

        @Override
        public Optional<StopSignal.Reason> unwanted(Begun started) {
            var attempt = started.attempt();
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
            ClusterSettings cluster,
            ConfiguredAgents configured,
            AgentPool pool,
            ContextSource contexts,
            ExecutorMetrics metrics,
            InstantSource clock) {
        this.id = id;
        this.settings = settings;
        this.configured = configured;
        this.pool = pool;
        this.metrics = metrics;
        this.clock = clock;
        this.slots = new Slots(settings.slots());
        this.retries = new Retries(Executor.class, "executor", cluster);
        this.admin = Admin.create(cluster.admin("executor-admin"));
        this.events = new AttemptEvents(id, clock);
        this.producer = new EventProducer(cluster, clock);
        this.journal = new KafkaJournal(cluster, admin, producer);
        this.commands = new PlanCommands(cluster, producer, running, pool::resume);
        this.heartbeats = new Heartbeats(
                id, settings, this::heartbeat, producer, new Retries(Heartbeats.class, "heartbeat", cluster));
        this.group = new QueueGroup(
                admin, cluster.topicPrefix() + TopicAdmin.EXECUTORS, Topics.TASK_READY.name(cluster.topicPrefix()));
        this.journalTopic = new JournalTopic(admin, Topics.EXECUTION_JOURNAL.name(cluster.topicPrefix()));
        this.intake = intake(cluster);
        this.readers = ThreadLocal.withInitial(() -> new EventReader(cluster.serdes()));
        this.reading = new Retries(EventReader.class, "reading of " + Topics.TASK_READY.name(), cluster);
        this.machine = new MachineIdentity(
                ConfiguredAgents.workFolder(settings),
                configured.agents().stream().anyMatch(CodingAgent::startsWhenAwaited));
        this.queries = queries(settings);
        this.permissions = Permissions.of(settings, configured.sandbox());
        var preparation = new TreePreparation(
                ConfiguredAgents.setupCache(settings),
                settings.setupCacheBytes(),
                configured.sandbox(),
                System.getenv());
        this.code = CodeStore.shared(cluster, settings.code().orElse(CodeStore.USUAL_FOLDER));
        var folder = settings.output().map(OutputFolder::new);
        this.archived = folder.map(files -> new ArchivedPlans(cluster, files));
        this.outputs = new OutputPublisher(
                settings.outputAfter(),
                settings.outputLimit(),
                events,
                (part, trace) -> {
                    producer.sendOutput(part, trace);
                    folder.ifPresent(files -> keep(files, part));
                },
                clock);
        this.ports = new AttemptRun.Ports(
                events,
                journal,
                producer,
                contexts,
                code,
                pool,
                new ResultCheck(
                        ConfiguredAgents.workFolder(settings),
                        settings.keepWork(),
                        settings.contractChecks(),
                        configured.capabilities(),
                        preparation,
                        configured.sandbox(),
                        System.getenv()),
                outputs,
                new RemoteWork(RemoteAccess.ofProcess()),
                Thread::sleep,
                executor -> others().isLive(executor),
                clock);
        this.verifier = new CodeVerifier(
                ConfiguredAgents.workFolder(settings),
                settings.keepWork(),
                preparation,
                configured.sandbox(),
                System.getenv());
        this.others = new OtherExecutors(id, cluster, clock);
        pool.share(others);
        this.issued = new RecordLookup<>(cluster, Topics.TASK_READY, TaskReady.class);
        this.searches = searches();
        this.starting = Thread.ofVirtual().name("executor-start").unstarted(() -> begin(cluster));
        metrics.watch(settings.slots(), running::count, () -> journal.follower().lag(admin));
    }

    private List<SearchLoop> searches() {
        var known = new Known();
        var recovery = new RunRecovery(
                machine::id,
                pool.configured()::contains,
                known,
                started -> journal.known(started.attempt()),
                run -> others.isLive(run.executor()),
                slots,
                place -> issued.read(place.partition(), place.offset())
                        .map(found -> IssuedAttempt.again(found.value(), found.source())),
                this::take);
        var orphans = new OrphanedRuns(events, known, pool::find, producer);
        var cleanup = new WorkCleanup(
                id,
                new WorkRemains(ConfiguredAgents.workFolder(settings), settings.keepWork()),
                running::held,
                this::knownAttempts);
        var soon = settings.heartbeatInterval();
        var rarely = soon.multipliedBy(HEARTBEATS_BETWEEN_SEARCHES);
        return List.of(
                new SearchLoop("search for runs of this machine", soon, recovery::search),
                new SearchLoop("search for orphaned runs", rarely, orphans::search),
                new SearchLoop("cleanup of work folders", rarely, cleanup::clean));
    }

    private AttemptRun.Rules rules() {
        return new AttemptRun.Rules(
                machine.id(),
                settings.machineWait(),
                settings.settleTime(),
                settings.progressInterval(),
                settings.maxResultBytes(),
                queries,
                permissions,
                configured.secrets());
    }

    /**
     * What the journal says of attempts whose folders may be here. One that is not finished may be continued: whether anybody
     * wants it is not certain while owners die and their successors start.
     */
    private WorkRemains.Known knownAttempts() {
        return new WorkRemains.Known(
                journal.over(),
                journal.unfinished().stream().map(Begun::attempt).toList(),
                archived.map(ArchivedPlans::plans).orElse(Set.of()));
    }

    /** Made after what asks it. */
    private OtherExecutors others() {
        return others;
    }

    private static void keep(OutputFolder files, TaskOutput part) {
        try {
            files.add(part);
        } catch (IOException e) {
            LOG.warnf("A part of an output could not be kept in %s: %s", files.folder(), StorageFailure.explained(e));
        }
    }

    private AttemptIntake intake(ClusterSettings cluster) {
        BooleanSupplier willing = () -> !pool.areAllHalted();
        return switch (settings.queue()) {
            case SHARE ->
                new ShareGroupIntake(
                        cluster,
                        group.name(),
                        settings.slots(),
                        settings.consumers(),
                        slots,
                        heartbeats::arrive,
                        willing,
                        this::take);
            case CLASSIC -> new ClassicGroupIntake(cluster, group.name() + "-classic", slots, willing, this::take);
        };
    }

    /** Prompt lengths are estimated here: exact counting takes longer than everything else for a small task. */
    private static QueryWriter queries(ExecutorSettings settings) {
        return new QueryWriter(
                settings.templates().map(QueryTemplateFolder::read).orElse(QueryTemplates.DEFAULT),
                settings.queryLimit(),
                TokenCount.estimated());
    }

    /** Starts in the background: the broker may become available later. */
    void start() {
        starting.start();
    }

    /** Names of the agents that can run here. */
    List<String> agents() {
        return List.copyOf(pool.configured());
    }

    /** Missing requirements of this machine for a part of the settings. */
    List<String> lacks() {
        return configured.lacks();
    }

    /** Why no work is taken or can be done; empty if it can. */
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
                if (!intake.isAlive()) yield Optional.of("taking attempts has ended");
                yield journal.follower().isAlive() ? Optional.empty() : Optional.of("reading the journal has ended");
            }
            case DRAINING -> Optional.of("shuts down");
            case STOPPED -> Optional.of("is stopped");
        };
    }

    /**
     * Finishes running attempts within the time limit, and leaves the others to other executors. The fleet is informed when
     * nothing runs here any more: until then no other executor waits for this one or takes up what it still has.
     */
    @Override
    public void close() {
        if (condition == Condition.STOPPED) return;
        breakOffStart();
        boolean started = condition == Condition.TAKING;
        condition = Condition.DRAINING;
        heartbeats.soon();
        intake.close();
        SearchLoop.closeAll(searches);
        if (started) drain(settings.drainTimeout());
        running.shutDown();
        drain(LEAVING);
        // What takes longer than the end of a run, such as a check of its result, is left to the next executor.
        running.shutDown();
        drain(BREAKING_OFF);
        closeAgents();
        commands.follower().close();
        others.follower().close();
        archived.ifPresent(plans -> plans.follower().close());
        journal.close();
        issued.close();
        outputs.close();
        if (beating) heartbeats.close();
        producer.close();
        code.close();
        admin.close(Duration.ofSeconds(1));
        condition = Condition.STOPPED;
        LOG.infof("Executor stopped executor=%s left=%d", id, running.count());
    }

    private void breakOffStart() {
        starting.interrupt();
        try {
            // A thread that was never started cannot be joined.
            if (starting.isAlive()) starting.join(BREAKING_OFF);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever happens there, the fleet is informed. */
    private void closeAgents() {
        try {
            pool.close();
        } catch (RuntimeException e) {
            LOG.errorf(e, "What agents left running could not be stopped executor=%s", id);
        }
    }

    private void begin(ClusterSettings cluster) {
        try {
            await(machine::find);
            new TopicWait(cluster, Rights.EXECUTOR.topics(), retries).await();
            await(answered(journalTopic::problem, cluster));
            if (settings.queue() == QueueKind.SHARE) await(answered(group::prepare, cluster));
            code.start();
            heartbeats.start();
            beating = true;
            intake.start();
            var followers = List.of(commands.follower(), others.follower(), journal.follower());
            for (var follower : followers) follower.start();
            archived.ifPresent(plans -> plans.follower().start());
            for (var follower : followers) follower.awaitCaughtUp();
            if (condition != Condition.STARTING) return;
            intake.open();
            condition = Condition.TAKING;
            searches.forEach(SearchLoop::start);
            LOG.infof(
                    "Executor ready executor=%s slots=%d agents=%s sandbox=%s",
                    id,
                    settings.slots(),
                    pool.configured(),
                    configured.sandbox().about());
        } catch (InterruptedException e) {
            LOG.debugf("Executor stopped before it was ready executor=%s", id);
        } catch (RuntimeException | Error e) {
            problem = "could not start: " + e;
            LOG.errorf(e, "Executor could not start executor=%s", id);
        }
    }

    /** What an executor cannot start without. */
    @FunctionalInterface
    private interface Need {
        /** Why it is not there, and the remedy; empty if it is. */
        Optional<String> problem() throws InterruptedException;
    }

    /** The same, of a broker that may not answer. */
    @FunctionalInterface
    private interface BrokerNeed {
        Optional<String> problem() throws InterruptedException, TimeoutException;
    }

    private void await(Need need) throws InterruptedException {
        for (var why = need.problem(); why.isPresent(); why = need.problem()) {
            retries.waitFor(why.get());
            retries.pause();
        }
        retries.over();
    }

    private static Need answered(BrokerNeed need, ClusterSettings cluster) {
        return () -> {
            try {
                return need.problem();
            } catch (TimeoutException e) {
                return Optional.of(BrokerDiagnosis.explain(e, cluster).toString());
            }
        };
    }

    /** Decides about an issued attempt without blocking; the attempt runs on another thread. */
    private Taken take(ConsumerRecord<byte[], byte[]> source) throws InterruptedException {
        return switch (readers.get().read(TaskReady.class, source, reading)) {
            case DecodedRecord.Tombstone<TaskReady> none -> Taken.DONE;
            case DecodedRecord.Refused<TaskReady> refused -> deadLetter(source, refused);
            case DecodedRecord.Understood<TaskReady>(var event) -> take(IssuedAttempt.of(event, source));
        };
    }

    private Taken take(IssuedAttempt ready) {
        var attempt = ready.attempt();
        var cancelled = commands.cancelled(attempt);
        if (cancelled.isPresent()) return ignored(ready, cancelled.get().text());
        var agent = agent(ready.event().agent());
        var stop = new StopSignal();
        return switch (running.admit(attempt, journal.newest(attempt), stop)) {
            case STALE -> ignored(ready, "a newer attempt is known");
            case DUPLICATE -> ignored(ready, "it is already running here");
            case RUN, REPLACE -> {
                heartbeats.soon();
                Thread.ofVirtual().name(attempt.id()).start(() -> run(ready, agent, stop));
                // A command read since the first check did not see this attempt.
                commands.cancelled(attempt).ifPresent(stop::request);
                yield Taken.STARTED;
            }
        };
    }

    private void run(IssuedAttempt ready, Optional<CodingAgent> agent, StopSignal stop) {
        var attempt = ready.attempt();
        var backend = ready.event().agent();
        var started = clock.instant();
        try {
            switch (agent.isPresent()
                    ? new AttemptRun(ready, agent.get(), ports, rules(), stop).run()
                    : refuse(ready)) {
                case AttemptRun.Result.Ended(var outcome) -> {
                    metrics.ended(backend, outcome, Duration.between(started, clock.instant()));
                }
                case AttemptRun.Result.Repeated repeated -> metrics.repeated(backend);
                case AttemptRun.Result.Left(String reason) -> {
                    metrics.left(backend);
                    log("Attempt left", attempt, reason);
                }
            }
        } catch (InterruptedException e) {
            log("Attempt left", attempt, "interrupted");
        } catch (RuntimeException | Error e) {
            LOG.errorf(
                    e,
                    "Attempt aborted; it will be reissued plan=%s task=%s attempt=%d",
                    attempt.plan(),
                    attempt.task(),
                    attempt.number());
            metrics.left(backend);
        } finally {
            running.release(attempt);
            slots.free(1);
        }
    }

    private Optional<CodingAgent> agent(String name) {
        return name.equals(Verifications.AGENT) ? Optional.of(verifier) : pool.find(name);
    }

    /** No run was created and nothing is in the journal, so that an executor that has the agent can still run it. */
    private AttemptRun.Result refuse(IssuedAttempt ready) {
        var outcome = configured.missing(ready.event().agent());
        var end = events.ended(ready.event(), ready.event().eventId(), Optional.empty(), 0, clock.instant(), outcome);
        producer.send(end.outcome().orElseThrow(), ready.trace()).join();
        return new AttemptRun.Result.Ended(outcome);
    }

    private Taken deadLetter(ConsumerRecord<byte[], byte[]> source, DecodedRecord.Refused<?> refused) {
        try {
            producer.deadLetter(source, refused).join();
            LOG.warnf(
                    "A record of task-ready was written to the dead letters partition=%d offset=%d",
                    source.partition(), source.offset());
            return Taken.DONE;
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "A record of task-ready could not be written to the dead letters partition=%d offset=%d",
                    source.partition(),
                    source.offset());
            return Taken.RETURNED;
        }
    }

    private Taken ignored(IssuedAttempt ready, String why) {
        log("Attempt ignored", ready.attempt(), why);
        return Taken.DONE;
    }

    private ExecutorHeartbeat heartbeat() {
        var usable = pool.usable();
        var state = condition == Condition.DRAINING
                ? ExecutorHeartbeat.State.DRAINING
                : usable.isEmpty() || pool.areAllHalted()
                        ? ExecutorHeartbeat.State.HALTED
                        : ExecutorHeartbeat.State.ACTIVE;
        var reason = configured.none().or(() -> lines(pool.haltReason(), configured.lacks()));
        var held = running.held().stream()
                .map(attempt ->
                        new RunningAttempt(new PlanId(attempt.plan()), new TaskId(attempt.task()), attempt.number()))
                .toList();
        return new ExecutorHeartbeat(
                id,
                clock.instant(),
                settings.heartbeatInterval(),
                settings.slots(),
                held,
                usable,
                state,
                reason,
                pool.halts());
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

    private static void log(String what, Attempt attempt, String why) {
        LOG.infof("%s plan=%s task=%s attempt=%d why=%s", what, attempt.plan(), attempt.task(), attempt.number(), why);
    }
}
