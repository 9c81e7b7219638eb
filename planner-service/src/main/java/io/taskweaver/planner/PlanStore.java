package io.taskweaver.planner;

import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.PlanEvent.MergeConflicted;
import io.taskweaver.model.event.PlanEvent.PlanCommand;
import io.taskweaver.model.event.PlanEvent.PlanCreated;
import io.taskweaver.model.event.PlanEvent.TaskPlanned;
import io.taskweaver.scheduling.dispatch.Change;
import io.taskweaver.scheduling.dispatch.Node;
import io.taskweaver.scheduling.dispatch.PlanProgress;
import io.taskweaver.scheduling.dispatch.Reconciliation;
import io.taskweaver.scheduling.dispatch.VerificationTasks;
import io.taskweaver.wire.TraceContext;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Stores plans and their changes, from which the next planner continues after a kill. */
final class PlanStore {
    static final String NAME = "plans";

    private final KeyValueStore<String, byte[]> store;
    private final StoredPlans stored;
    /** Known numbers of events that wait for a plan. */
    private final Map<PlanId, Integer> waiting = new HashMap<>();

    PlanStore(KeyValueStore<String, byte[]> store) {
        this.store = store;
        this.stored = new StoredPlans(store);
    }

    /** @param maxMessageBytes largest value of the changelog, bytes */
    static StoreBuilder<KeyValueStore<String, byte[]>> builder(int maxMessageBytes) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(NAME), Serdes.String(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of("max.message.bytes", Integer.toString(maxMessageBytes)));
    }

    StoredPlans stored() {
        return stored;
    }

    /**
     * Stores a new plan. The head is written last: without it, the rest is ignored.
     *
     * @param announcements creates its events
     * @param trace of the submission
     */
    void add(Plan plan, Announcements announcements, Optional<TraceContext> trace, PlanProgress progress) {
        for (var key : stored.keysOf(plan.id())) store.delete(key);
        store.delete(StoredPlans.key(StoredPlans.TRACE, plan.id()));
        int position = 0;
        var titles = HashMap.<TaskId, String>newHashMap(plan.tasks().size());
        for (var task : plan.tasks()) titles.put(task.id(), task.title());
        for (var task : plan.tasks()) keep(announcements.planned(plan.id(), task, position++, titles));
        for (var component : plan.components())
            store.put(
                    StoredPlans.key(StoredPlans.COMPONENT, plan.id(), component.node()),
                    PlanFormats.COMPONENT.encode(announcements.specified(plan.id(), component)));
        keep(announcements.created(plan));
        keep(plan.id(), trace);
        put(new PlanHead.Made(
                plan.id(),
                plan.title(),
                announcements.now(),
                progress.state(),
                progress.priority(),
                progress.limits()));
    }

    /** A plan without progress. */
    static PlanProgress progress(Plan plan, Instant createdAt) {
        var nodes =
                plan.tasks().stream().map(task -> Node.of(task, plan.options())).toList();
        return new PlanProgress(plan.id(), plan.options(), nodes, createdAt);
    }

    /**
     * Progress of a stored plan.
     *
     * @param now default for the time since when tasks are ready
     */
    PlanProgress load(PlanHead.Made head, Instant now) {
        var options = stored.created(head.id()).summary().options();
        var nodes = stored.tasks(head.id()).stream()
                .map(planned -> Node.of(planned.task(), options))
                .toList();
        var progress = new PlanProgress(head.id(), options, nodes, head.createdAt());
        progress.at(now);
        stored.states(head.id()).forEach((task, state) -> progress.apply(new Change.TaskMoved(task, state)));
        progress.apply(new Change.PriorityMoved(head.priority()));
        progress.apply(new Change.LimitsMoved(head.limits()));
        progress.apply(new Change.PlanMoved(head.state()));
        return progress;
    }

    /** Deletes what is stored of a plan, except its head. */
    void forget(PlanId plan) {
        for (var key : stored.keysOf(plan)) store.delete(key);
        store.delete(StoredPlans.key(StoredPlans.SUMMARY, plan));
        store.delete(StoredPlans.key(StoredPlans.TRACE, plan));
        awaitNoMore(plan);
    }

    void put(PlanHead head) {
        store.put(StoredPlans.key(StoredPlans.HEAD, head.id()), PlanFormats.HEAD.encode(head));
    }

    /**
     * Stores a change of a plan.
     *
     * @param announcements its events
     */
    void keep(PlanId plan, Change change, Announcements announcements) {
        switch (change) {
            case Change.TaskMoved moved ->
                store.put(
                        StoredPlans.key(StoredPlans.STATE, plan, moved.task()),
                        PlanFormats.STATE.encode(moved.state()));
            case Change.ReconcileAdded added -> {
                var conflicted = stored.task(plan, added.conflicted());
                var task = Reconciliation.task(conflicted.task(), added.node().id(), added.paths(), added.reason());
                keep(announcements.planned(plan, task, added.position(), conflicted.dependents()));
            }
            case Change.VerificationAdded added -> {
                var command = stored.created(plan).summary().options().verify().orElseThrow();
                var task = VerificationTasks.of(added.node().id(), command, added.results());
                keep(announcements.planned(plan, task, added.position(), Map.of()));
            }
            case Change.PlanMoved moved -> put(made(plan).with(moved.state()));
            case Change.LimitsMoved moved -> put(made(plan).with(moved.limits()));
            case Change.PriorityMoved moved -> put(made(plan).with(moved.priority()));
            case Change.OptionsMoved moved -> keep(stored.created(plan).with(moved.options()));
        }
    }

    /** Stores what is said about a conflict, which may come again, for those who ask. */
    void keep(MergeConflicted conflicted) {
        var plan = conflicted.plan();
        var task = conflicted.task();
        boolean isOld = stored.conflict(plan, task)
                .filter(known -> known.attempt() >= conflicted.attempt())
                .isPresent();
        if (!isOld && stored.has(plan, task))
            store.put(StoredPlans.key(StoredPlans.CONFLICT, plan, task), PlanFormats.CONFLICT.encode(conflicted));
    }

    /**
     * Stores a submission until it is planned.
     *
     * @param submission encoded
     * @param trace its trace
     */
    void await(PlanHead.Waiting head, byte[] submission, Optional<TraceContext> trace) {
        keep(head.id(), trace);
        await(head.id(), submission);
        put(head);
    }

    /** Stores a command for a submission that is not planned yet. */
    void await(PlanCommand command) {
        await(command.plan(), PlanFormats.COMMAND.encode(command));
    }

    private void keep(PlanId plan, Optional<TraceContext> trace) {
        trace.ifPresent(begun -> store.put(StoredPlans.key(StoredPlans.TRACE, plan), PlanFormats.TRACE.encode(begun)));
    }

    private void await(PlanId plan, byte[] event) {
        int number = waiting(plan);
        store.put(StoredPlans.waitingKey(plan, number), event);
        waiting.put(plan, number + 1);
    }

    /** Deletes the events that waited for a plan. */
    void awaitNoMore(PlanId plan) {
        for (int number = waiting(plan) - 1; number >= 0; number--) store.delete(StoredPlans.waitingKey(plan, number));
        waiting.remove(plan);
    }

    /** How many events wait for a plan. Counted once, because the submission among them may be large. */
    private int waiting(PlanId plan) {
        return waiting.computeIfAbsent(plan, id -> stored.waitingCount(id));
    }

    /** When a plan was created. */
    Instant createdAt(PlanId plan) {
        return made(plan).createdAt();
    }

    private void keep(PlanCreated created) {
        store.put(StoredPlans.key(StoredPlans.SUMMARY, created.plan()), PlanFormats.CREATED.encode(created));
    }

    private void keep(TaskPlanned planned) {
        store.put(
                StoredPlans.key(StoredPlans.NODE, planned.plan(), planned.task().id()),
                PlanFormats.NODE.encode(planned));
    }

    private PlanHead.Made made(PlanId plan) {
        if (stored.head(plan).orElse(null) instanceof PlanHead.Made made) return made;
        throw new IllegalStateException("no plan " + plan + " is stored");
    }
}
