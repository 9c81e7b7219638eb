package io.taskweaver.planner;

import io.taskweaver.domain.contract.ComponentSpec;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.TaskId;
import io.taskweaver.domain.plan.Usage;
import io.taskweaver.domain.schedule.TaskState;
import io.taskweaver.wire.TraceContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Plans as the state store keeps them. Keys are a letter and the plan, for what there is many of followed by the node:
 * {@code h} head, {@code q} events that wait for their plan, numbered, {@code s} summary, {@code w} the trace that a user began, {@code n} nodes, {@code c} components, {@code t} states of tasks.
 */
final class StoredPlans {
    static final String HEAD = "h/";
    static final String SUMMARY = "s/";
    static final String TRACE = "w/";
    static final String NODE = "n/";
    static final String COMPONENT = "c/";
    static final String STATE = "t/";
    static final String EVENT = "q/";

    /** How many orders wait for a plan at most: people give a few, and each is kept until the plan is made. */
    static final int MOST_ORDERS = 1_000;

    private static final StringSerializer KEYS = new StringSerializer();

    private final ReadOnlyKeyValueStore<String, byte[]> store;

    StoredPlans(ReadOnlyKeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    static String key(String letter, PlanId plan) {
        return letter + plan;
    }

    static String key(String letter, PlanId plan, TaskId node) {
        return letter + plan + "/" + node;
    }

    List<PlanHead> heads() {
        var heads = new ArrayList<PlanHead>();
        scan(HEAD, (key, value) -> heads.add(Encoding.head(value)));
        return heads;
    }

    Optional<PlanHead> head(PlanId plan) {
        return Optional.ofNullable(store.get(key(HEAD, plan))).map(Encoding::head);
    }

    PlanSummary summary(PlanId plan) {
        return get(key(SUMMARY, plan), Encoding::summary);
    }

    /** The trace that the submission of a plan came with. */
    Optional<TraceContext> trace(String plan) {
        return Optional.ofNullable(store.get(TRACE + plan)).map(StoredPlans::trace);
    }

    static byte[] encode(TraceContext trace) {
        var out = new BinaryWriter();
        out.text(trace.traceparent());
        out.optional(trace.tracestate(), BinaryWriter::text);
        out.optional(trace.baggage(), BinaryWriter::text);
        return out.bytes();
    }

    private static TraceContext trace(byte[] bytes) {
        var in = new BinaryReader(bytes);
        return new TraceContext(in.text(), in.optional(BinaryReader::text), in.optional(BinaryReader::text));
    }

    PlannedTask task(PlanId plan, TaskId task) {
        return get(key(NODE, plan, task), Encoding::task);
    }

    ComponentSpec component(PlanId plan, TaskId node) {
        return get(key(COMPONENT, plan, node), Encoding::component);
    }

    /** Whether the plan has a node of this id. */
    boolean has(PlanId plan, TaskId task) {
        return store.get(key(NODE, plan, task)) != null;
    }

    /** All nodes, in the plan's order. */
    List<PlannedTask> tasks(PlanId plan) {
        var tasks = new ArrayList<PlannedTask>();
        scan(key(NODE, plan) + "/", (key, value) -> tasks.add(Encoding.task(value)));
        tasks.sort(Comparator.comparingInt(PlannedTask::position));
        return tasks;
    }

    /** States of the nodes that have moved. */
    Map<TaskId, TaskState> states(PlanId plan) {
        var states = new HashMap<TaskId, TaskState>();
        var prefix = key(STATE, plan) + "/";
        scan(prefix, (key, value) -> states.put(new TaskId(key.substring(prefix.length())), Encoding.state(value)));
        return states;
    }

    /** What all attempts of a plan cost. */
    Usage used(PlanId plan) {
        return states(plan).values().stream()
                .filter(TaskState.Tried.class::isInstance)
                .map(state -> ((TaskState.Tried) state).attempts().used())
                .reduce(Usage.NONE, Usage::plus);
    }

    /** Keys of everything kept of a plan but its head. */
    List<String> keysOf(PlanId plan) {
        var keys = new ArrayList<String>();
        for (var letter : List.of(NODE, COMPONENT, STATE)) scan(key(letter, plan) + "/", (key, value) -> keys.add(key));
        return keys;
    }

    /** Plans for which events wait. */
    Set<PlanId> awaited() {
        var plans = new LinkedHashSet<PlanId>();
        scan(EVENT, (key, value) -> plans.add(new PlanId(key.substring(EVENT.length(), key.lastIndexOf('/')))));
        return plans;
    }

    /** Events that wait for a plan to be made, as they came; the submission first. */
    List<byte[]> waiting(PlanId plan) {
        var events = new ArrayList<byte[]>();
        scan(key(EVENT, plan) + "/", (key, value) -> events.add(value));
        return events;
    }

    /** The submission of a plan that waits to be made, as it came. */
    byte[] submission(PlanId plan) {
        return get(waitingKey(plan, 0), event -> event);
    }

    /** Whether so many orders wait for a plan to be made that no more are taken. */
    boolean isFull(PlanId plan) {
        return store.get(waitingKey(plan, MOST_ORDERS)) != null;
    }

    /** @param number 0 for the submission, from 1 for what was ordered after it */
    static String waitingKey(PlanId plan, int number) {
        return key(EVENT, plan) + String.format(Locale.ROOT, "/%08d", number);
    }

    private <T> T get(String key, Function<byte[], T> decode) {
        var bytes = store.get(key);
        if (bytes == null) throw new IllegalStateException("the planner's state has no " + key);
        return decode.apply(bytes);
    }

    private void scan(String prefix, Visitor visitor) {
        try (var found = store.prefixScan(prefix, KEYS)) {
            while (found.hasNext()) {
                var entry = found.next();
                visitor.visit(entry.key, entry.value);
            }
        }
    }

    @FunctionalInterface
    private interface Visitor {
        void visit(String key, byte[] value);
    }
}
