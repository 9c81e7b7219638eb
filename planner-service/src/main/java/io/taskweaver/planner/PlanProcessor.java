package io.taskweaver.planner;

import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Rejection;
import io.taskweaver.model.SourceFiles;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.Usage;
import io.taskweaver.model.effort.LimitExceeded;
import io.taskweaver.model.event.Command.ArchivePlan;
import io.taskweaver.model.event.Command.CancelPlan;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanEvent.MergeConflicted;
import io.taskweaver.model.event.PlanEvent.Outcome;
import io.taskweaver.model.event.PlanEvent.PlanCommand;
import io.taskweaver.model.event.PlanEvent.RequirementsSubmitted;
import io.taskweaver.scheduling.dispatch.Action;
import io.taskweaver.scheduling.dispatch.Change;
import io.taskweaver.scheduling.dispatch.Decision;
import io.taskweaver.scheduling.dispatch.PlanProgress;
import io.taskweaver.scheduling.dispatch.PlanState;
import io.taskweaver.scheduling.dispatch.Scheduler;
import io.taskweaver.scheduling.dispatch.SchedulerInput;
import io.taskweaver.scheduling.dispatch.TaskState;
import io.taskweaver.scheduling.planning.SubmissionLimits;
import io.taskweaver.wire.CurrentWork;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.DecodedRecord;
import io.taskweaver.wire.EventKeys;
import io.taskweaver.wire.EventReader;
import io.taskweaver.wire.EventWriter;
import io.taskweaver.wire.Outgoing;
import io.taskweaver.wire.PlanPartitioner;
import io.taskweaver.wire.Tickets;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.TraceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The shell around the scheduler: loads a plan, calls the scheduler, stores changes, sends events. Open plans are
 * cached in memory; at the start they are folded from the store.
 */
final class PlanProcessor implements Processor<String, byte[], byte[], Outgoing> {
    private static final Logger LOG = Logger.getLogger(PlanProcessor.class);

    /** Tolerated clock difference of other machines; beyond it a reissue is not marked as one. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(1);

    private final PlannerTopology parts;
    private final PlannerRules rules;
    private final CurrentWork work;
    private final EventReader reader;
    private final EventWriter writer;
    private final Map<String, Topic<?>> topics;
    private final Fleet fleet;
    private final PlannerMetrics metrics;
    private final Tickets tickets;
    private final Scheduler scheduler;
    private final Map<PlanId, PlanProgress> open = new HashMap<>();
    private ProcessorContext<byte[], Outgoing> context;
    private PlanStore store;
    private final PlannerMetrics.Share counts;
    private final Set<PlanId> resumed = new HashSet<>();
    private SubmissionQueue queue;
    private EventSender events;
    private @Nullable Cancellable ticks;
    private Instant startedAt = Instant.MAX;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    PlanProcessor(PlannerTopology parts) {
        this.parts = parts;
        this.rules = parts.rules();
        this.fleet = parts.fleet();
        this.metrics = parts.metrics();
        this.counts = metrics.share();
        this.tickets = parts.tickets();
        this.work = parts.work();
        this.reader = new EventReader(parts.serdes());
        this.writer = new EventWriter(rules.topicPrefix(), parts.serdes());
        this.topics = PlannerTopology.INPUTS.stream()
                .collect(Collectors.toUnmodifiableMap(topic -> topic.name(rules.topicPrefix()), topic -> topic));
        this.scheduler = new Scheduler(rules.backoff(), rules.timeouts());
    }

    @Override
    public void init(ProcessorContext<byte[], Outgoing> context) {
        this.context = context;
        forgetAll(); // May be the second call: Kafka Streams reuses a processor after it restored its store.
        this.store = new PlanStore(context.getStateStore(PlanStore.NAME));
        this.events = new EventSender(context, writer, store.stored());
        this.queue = new SubmissionQueue(parts, counts, store, events, new Planned());
        this.startedAt = now();
        for (var head : store.stored().heads()) opened(head);
        tickWhileNeeded();
    }

    /**
     * Kafka Streams treats every punctuation as work to commit. So that an idle planner writes nothing, punctuation
     * runs only while time can change anything.
     */
    private void tickWhileNeeded() {
        boolean needed = !open.isEmpty() || queue.isBusy();
        if (needed && ticks == null) {
            ticks = context.schedule(rules.tick(), PunctuationType.WALL_CLOCK_TIME, timestamp -> tick());
        } else if (!needed) stopTicking();
    }

    private void stopTicking() {
        if (ticks != null) ticks.cancel();
        ticks = null;
    }

    @Override
    public void process(Record<String, byte[]> record) {
        var origin = context.recordMetadata().orElseThrow();
        try {
            work.on(origin.topic() + " " + record.key(), () -> handle(record, origin));
        } finally {
            tickWhileNeeded();
        }
    }

    private void handle(Record<String, byte[]> record, RecordMetadata origin) {
        var topic = Objects.requireNonNull(topics.get(origin.topic()));
        switch (reader.read(topic, origin.topic(), record.headers(), record.value())) {
            case DecodedRecord.Tombstone<?>() -> {}
            case DecodedRecord.Invalid<?> invalid
            when topic.equals(Topics.REQUIREMENTS_SUBMITTED) -> refuse(record, invalid);
            case DecodedRecord.Refused<?> refused -> throw new Unprocessable(refused.reason(), refused.cause());
            case DecodedRecord.Understood<?>(var event) -> on((PlanEvent) event, record, origin);
        }
    }

    private void on(PlanEvent event, Record<String, byte[]> record, RecordMetadata origin) {
        var forged = event instanceof Outcome outcome ? tickets.fault(outcome) : Optional.<String>empty();
        if (forged.isPresent()) throw new Unprocessable(DeadLetters.UNTICKETED, forged.get());
        var cause =
                new Cause(Optional.of(event.eventId()), TraceContext.of(record.headers()), isOld(record.timestamp()));
        if (!isOnItsPartition(event.plan(), record, origin)) events.forward(event, cause);
        else if (event instanceof RequirementsSubmitted submitted) submitted(submitted, cause);
        else reported(event, cause);
    }

    @Override
    public void close() {
        forgetAll();
    }

    /** State besides the store. */
    private void forgetAll() {
        stopTicking();
        if (queue != null) queue.stop(); // Kafka Streams may close what it could not initialize.
        open.keySet().forEach(fleet::forget);
        open.clear();
        resumed.clear();
        counts.close();
    }

    /** Stores a submission and schedules its planning; other plans continue meanwhile. */
    private void submitted(RequirementsSubmitted submitted, Cause cause) {
        var plan = submitted.plan();
        switch (store.stored().head(plan).orElse(null)) {
            case PlanHead.Made made -> {
                LOG.infof("Plan was submitted again and exists already plan=%s", plan);
                reported(plan, new SchedulerInput.Resubmitted(), cause);
            }
            case PlanHead.Waiting known -> LOG.infof("Plan was submitted again and is being planned plan=%s", plan);
            case PlanHead.Refused refused -> {
                counts.again(refused);
                queue.await(submitted, cause);
            }
            case PlanHead.Archived archived -> {
                events.send(events.announcements(cause).rejected(plan, List.of(isArchived(archived))), cause);
                LOG.infof("Plan was submitted again and is archived plan=%s", plan);
            }
            case null -> queue.await(submitted, cause);
        }
    }

    private static Rejection isArchived(PlanHead.Archived archived) {
        return new Rejection(
                "archived",
                "The plan " + archived.id() + " was archived at " + archived.at() + ".",
                "For a new plan, run its documents with --again. To see the archived one, use: taskweaver context import"
                        + " FILE.",
                Optional.empty());
    }

    /**
     * Archives a plan that has ended. Its nodes are deleted with the second command: until then each repeats what the first
     * one sent, which a crash may have lost.
     */
    private void archive(PlanId plan, ArchivePlan command, Cause cause) {
        switch (store.stored().head(plan).orElse(null)) {
            case null -> throw new Unprocessable(DeadLetters.UNKNOWN_PLAN, "There is no plan " + plan + ".");
            case PlanHead.Made made
            when made.state() instanceof PlanState.Closed -> {
                var archived = new PlanHead.Archived(
                        plan, made.title(), now(), made.stage().word(), command.digest());
                store.put(archived);
                counts.again(made);
                counts.ended(archived);
                drop(archived, cause);
                LOG.infof("Plan archived plan=%s digest=%s", plan, command.digest());
            }
            case PlanHead.Archived archived -> {
                drop(archived, cause);
                store.forget(plan);
            }
            case PlanHead other ->
                throw new Unprocessable(
                        DeadLetters.INVALID,
                        "The plan " + plan + " is " + other.stage().word()
                                + ". Only a plan that was completed, failed or cancelled can be archived.");
        }
    }

    /** Announces that a plan is archived, and removes it from the compacted topics. */
    private void drop(PlanHead.Archived archived, Cause cause) {
        var plan = archived.id();
        events.send(events.announcements(cause).archived(archived), cause);
        events.send(writer.tombstone(Topics.PLAN_CREATED, EventKeys.plan(plan.value())));
        for (var planned : store.stored().tasks(plan))
            events.send(writer.tombstone(
                    Topics.TASK_PLANNED,
                    EventKeys.planAnd(plan.value(), planned.task().id().value())));
        for (var component : store.stored().components(plan))
            events.send(writer.tombstone(
                    Topics.CONTRACT_PUBLISHED,
                    EventKeys.contract(plan, component.spec().name())));
    }

    private void begin(Plan plan, RequirementsSubmitted submitted, Cause cause) {
        var createdAt = now();
        var progress = PlanStore.progress(plan, createdAt);
        progress.recovering(cause.mayBeRepeated());
        store.add(plan, new Announcements(createdAt, Optional.of(submitted.eventId())), cause.trace(), progress);
        open.put(plan.id(), progress);
        announce(plan.id(), cause);
        LOG.infof("Plan created plan=%s nodes=%d", plan.id(), plan.tasks().size());
        // Code without source files cannot fail yet, and a greenfield project has none.
        boolean verified = plan.options().verify().isPresent()
                && submitted.submission().code().stream().anyMatch(file -> SourceFiles.isSource(file.path()));
        guarded(progress, () -> {
            if (verified) perform(progress, Scheduler.verifyBase(progress), cause);
            advance(progress, cause);
        });
    }

    private void reported(PlanEvent event, Cause cause) {
        var plan = event.plan();
        if (event instanceof PlanCommand(var _, ArchivePlan archive)) archive(plan, archive, cause);
        else if (!(event instanceof PlanCommand command) || open.containsKey(plan) || !queue.isWaiting(plan)) {
            reported(plan, SchedulerInput.of(event), cause);
            if (event instanceof MergeConflicted conflicted) store.keep(conflicted);
        } else if (command.command() instanceof CancelPlan) queue.cancel(plan, cause);
        else queue.await(command);
    }

    private void reported(PlanId id, SchedulerInput input, Cause cause) {
        if (input instanceof SchedulerInput.OptionsChanged
                && store.stored().head(id).orElse(null) instanceof PlanHead.Made made
                && made.state() instanceof PlanState.Closed) {
            var ended = store.load(made, now());
            perform(ended, scheduler.decide(ended, input, now()), cause);
            return;
        }
        var plan = progressOf(id, input, cause);
        if (plan == null) return;
        if (input instanceof SchedulerInput.OfTask about && !plan.knows(about.task()))
            throw new Unprocessable(DeadLetters.INVALID, "Plan " + id + " has no task " + about.task() + ".");
        guarded(plan, () -> {
            plan.recovering(cause.mayBeRepeated());
            perform(plan, scheduler.decide(plan, input, now()), cause);
            advance(input instanceof SchedulerInput.OptionsChanged ? reloaded(id) : plan, cause);
        });
    }

    /** An open plan; null if it has ended and all its events were sent. */
    private @Nullable PlanProgress progressOf(PlanId id, SchedulerInput input, Cause cause) {
        var inMemory = open.get(id);
        if (inMemory != null) return inMemory;
        return switch (store.stored().head(id).orElse(null)) {
            case null -> throw new Unprocessable(DeadLetters.UNKNOWN_PLAN, "There is no plan " + id + ".");
            case PlanHead.Refused refused ->
                throw new Unprocessable(DeadLetters.UNKNOWN_PLAN, "The submission " + id + " was rejected.");
            case PlanHead.Archived archived ->
                throw new Unprocessable(DeadLetters.UNKNOWN_PLAN, "The plan " + id + " is archived.");
            case PlanHead.Waiting waits ->
                throw new Unprocessable(DeadLetters.UNKNOWN_PLAN, "The plan " + id + " is still being planned.");
            case PlanHead.Made made
            when made.state() instanceof PlanState.Closed end && !Scheduler.mayReopen(end, input) -> {
                for (var command : Scheduler.afterTheEnd(end, input).commands()) send(id, command, cause);
                yield null;
            }
            case PlanHead.Made made -> loaded(made);
        };
    }

    /** What a plan's options name decides what is remembered of its tasks. */
    private PlanProgress reloaded(PlanId id) {
        if (!(store.stored().head(id).orElse(null) instanceof PlanHead.Made made))
            throw new IllegalStateException("no plan " + id + " is stored");
        return loaded(made);
    }

    private void opened(PlanHead head) {
        if (head instanceof PlanHead.Made made && !(made.state() instanceof PlanState.Closed)) loaded(made);
        else counts.ended(head);
    }

    private PlanProgress loaded(PlanHead.Made made) {
        var plan = store.load(made, now());
        plan.recovering(true);
        open.put(plan.id(), plan);
        // A closed plan has nothing to announce unless it is reopened.
        if (made.state() instanceof PlanState.Closed end) {
            counts.reopened(plan.id(), end);
        } else {
            resumed.add(plan.id());
            demand(plan);
        }
        LOG.infof("Plan continues plan=%s nodes=%d", plan.id(), plan.size());
        return plan;
    }

    private void tick() {
        try {
            work.on("tick", this::look);
        } finally {
            tickWhileNeeded();
        }
    }

    private void look() {
        queue.look();
        if (startedAt.isAfter(now())) startedAt = now(); // the clock was set back
        for (var plan : List.copyOf(open.values())) {
            var cause = new Cause(Optional.empty(), Optional.empty(), false);
            guarded(plan, () -> {
                // Its last status event may have been lost with the planner that sent it.
                if (resumed.remove(plan.id())) send(plan.id(), new Action.AnnounceStanding(Optional.empty()), cause);
                advance(plan, cause);
                var now = now();
                perform(
                        plan,
                        scheduler.overdue(plan, fleet.leasesOf(plan.id()), startedAt, fleet.idle(now), now),
                        cause);
            });
        }
    }

    /** Applies what depends on time alone. */
    private void advance(PlanProgress plan, Cause cause) {
        var now = now();
        int before = plan.inFlight();
        plan.arrangeFor(slotsFor(plan, now));
        int room = fleet.roomFor(plan.id(), before, plan.priority(), now);
        var closed = fleet.closed(now);
        for (var next = scheduler.next(plan, room, closed, now);
                !next.isNothing();
                next = scheduler.next(plan, room - (plan.inFlight() - before), closed, now)) perform(plan, next, cause);
        demand(plan);
    }

    /** Slots that a plan could have if there were no other plans. */
    private int slotsFor(PlanProgress plan, Instant now) {
        int most = plan.options().maxConcurrent();
        int slots = fleet.slots(now);
        return most > 0 ? Math.min(most, slots) : slots;
    }

    private void demand(PlanProgress plan) {
        counts.stands(plan);
        if (plan.state() instanceof PlanState.Closed) {
            open.remove(plan.id());
            resumed.remove(plan.id());
            fleet.forget(plan.id());
            return;
        }
        int ready = plan.state() instanceof PlanState.Active ? plan.readyCount() : 0;
        int most = plan.options().maxConcurrent();
        if (most > 0) ready = Math.min(ready, Math.max(0, most - plan.inFlight()));
        fleet.demand(plan.id(), plan.inFlight(), ready, plan.priority());
    }

    private void perform(PlanProgress plan, Decision decision, Cause cause) {
        plan.at(now());
        for (var change : decision.changes()) {
            measure(plan, change);
            store.keep(plan.id(), change, events.announcements(cause));
            plan.apply(change);
        }
        for (var command : decision.commands()) send(plan.id(), command, cause);
    }

    private void measure(PlanProgress plan, Change change) {
        if (change instanceof Change.TaskMoved(TaskId task, TaskState.Issued issued))
            plan.readySince(task).ifPresent(since -> metrics.issued(Duration.between(since, issued.since())));
    }

    /** After a failure, the cached plan is dropped and folded again from the store. */
    private void guarded(PlanProgress plan, Runnable steps) {
        try {
            steps.run();
        } catch (RuntimeException e) {
            open.remove(plan.id());
            fleet.forget(plan.id());
            throw e;
        }
    }

    private void send(PlanId plan, Action command, Cause cause) {
        switch (command) {
            case Action.SpecifyComponent specify -> events.send(store.stored().component(plan, specify.task()), cause);
            case Action.IssueAttempt issue -> {
                var ticket = tickets.of(
                        plan.value(), issue.task().value(), issue.attempts().number());
                events.send(
                        events.announcements(cause).ready(plan, optionsOf(plan), issue, Optional.ofNullable(ticket)),
                        cause);
            }
            case Action.AnnounceTask announce -> events.send(store.stored().task(plan, announce.task()), cause);
            case Action.AnnounceResolution settled ->
                events.send(events.announcements(cause).resolved(plan, settled), cause);
            case Action.StopAttempts stop ->
                events.send(events.announcements(cause).stopped(plan, stop), cause);
            case Action.ApproveResult approve ->
                events.send(events.announcements(cause).approved(plan, approve), cause);
            case Action.Withdraw withdraw ->
                events.send(events.announcements(cause).withdrawn(plan, withdraw), cause);
            case Action.AnnouncePlan announce -> announce(plan, cause);
            case Action.AnnounceStanding announce -> {
                var progress = open.get(plan);
                if (progress != null)
                    events.send(events.announcements(cause).standing(progress, announce.warning()), cause);
            }
            case Action.AnnounceEnd announce -> {
                events.send(
                        events.announcements(cause).ended(plan, announce.end(), store.createdAt(plan), used(plan)),
                        cause);
                LOG.infof(
                        "Plan ended plan=%s end=%s",
                        plan, announce.end().getClass().getSimpleName());
            }
        }
    }

    private Usage used(PlanId plan) {
        var progress = open.get(plan);
        return progress == null ? store.stored().used(plan) : progress.used();
    }

    private PlanOptions optionsOf(PlanId plan) {
        var progress = open.get(plan);
        return progress == null ? store.stored().created(plan).summary().options() : progress.options();
    }

    private void announce(PlanId plan, Cause cause) {
        events.send(store.stored().created(plan), cause);
        for (var planned : store.stored().tasks(plan)) events.send(planned, cause);
    }

    private void refuse(Record<String, byte[]> record, DecodedRecord.Invalid<?> invalid) {
        var why = invalid.problem() instanceof LimitExceeded limit
                ? SubmissionLimits.rejection(limit)
                : new Rejection(
                        "invalid-submission",
                        "The submission is invalid: " + invalid.cause() + ".",
                        "Correct it and submit it again.",
                        Optional.empty());
        var routing = record.key() == null || record.key().isEmpty() ? "unknown" : record.key();
        var trace = TraceContext.of(record.headers(), EventKeys.planOf(routing));
        events.send(writer.rejected(routing, invalid, why, now(), trace));
        throw new Unprocessable(DeadLetters.INVALID, why.message());
    }

    /** Producers with another partitioner, or without a key, may write to a different partition than the plan's. */
    private boolean isOnItsPartition(PlanId plan, Record<String, byte[]> record, RecordMetadata origin) {
        return EventSender.isForwarded(record)
                || origin.partition() == PlanPartitioner.partition(plan.value(), rules.partitions());
    }

    private Instant now() {
        return events.now();
    }

    /** Whether a killed planner may have processed a record before. */
    private boolean isOld(long timestamp) {
        return timestamp <= startedAt.plus(CLOCK_SKEW).toEpochMilli();
    }

    /** What becomes of submissions here. */
    private final class Planned implements SubmissionQueue.Plans {
        @Override
        public void begin(Plan plan, RequirementsSubmitted submitted, Cause cause) {
            PlanProcessor.this.begin(plan, submitted, cause);
        }

        @Override
        public void apply(PlanCommand command, Cause cause) {
            reported(command.plan(), SchedulerInput.of(command), cause);
        }
    }
}
