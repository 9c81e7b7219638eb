package io.taskweaver.planner;

import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.Usage;
import io.taskweaver.model.effort.LimitExceeded;
import io.taskweaver.model.event.PlanEvent.ComponentSpecified;
import io.taskweaver.model.event.PlanEvent.MergeConflicted;
import io.taskweaver.model.event.PlanEvent.PlanCommand;
import io.taskweaver.model.event.PlanEvent.PlanCreated;
import io.taskweaver.model.event.PlanEvent.RequirementsSubmitted;
import io.taskweaver.model.event.PlanEvent.TaskPlanned;
import io.taskweaver.scheduling.dispatch.TaskState;
import io.taskweaver.wire.StateFormat;
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
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jboss.logging.Logger;

/**
 * Plans in the state store. A key is a letter and the plan, for multiple values followed by the node: {@code h} head,
 * {@code q} events that wait for their plan, numbered, {@code s} summary, {@code w} trace of the submission, {@code n}
 * nodes, {@code c} components, {@code x} what was said last about a task's conflict, {@code t} states of tasks.
 */
final class StoredPlans {
    private static final Logger LOG = Logger.getLogger(StoredPlans.class);

    static final String HEAD = "h/";
    static final String SUMMARY = "s/";
    static final String TRACE = "w/";
    static final String NODE = "n/";
    static final String COMPONENT = "c/";
    static final String CONFLICT = "x/";
    static final String STATE = "t/";
    static final String EVENT = "q/";

    /** Maximum number of commands that wait for a plan; each is stored until the plan exists. */
    static final int MOST_COMMANDS = 1_000;

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
        scan(HEAD, (key, value) -> heads.add(PlanFormats.HEAD.decode(value)));
        return heads;
    }

    Optional<PlanHead> head(PlanId plan) {
        return Optional.ofNullable(store.get(key(HEAD, plan))).map(PlanFormats.HEAD::decode);
    }

    PlanCreated created(PlanId plan) {
        return get(key(SUMMARY, plan), PlanFormats.CREATED);
    }

    /** The trace of a plan's submission. */
    Optional<TraceContext> trace(String plan) {
        return Optional.ofNullable(store.get(TRACE + plan)).map(PlanFormats.TRACE::decode);
    }

    TaskPlanned task(PlanId plan, TaskId task) {
        return get(key(NODE, plan, task), PlanFormats.NODE);
    }

    ComponentSpecified component(PlanId plan, TaskId node) {
        return get(key(COMPONENT, plan, node), PlanFormats.COMPONENT);
    }

    /** Components of a plan that has contract nodes. */
    List<ComponentSpecified> components(PlanId plan) {
        var components = new ArrayList<ComponentSpecified>();
        scan(key(COMPONENT, plan) + "/", (key, value) -> components.add(PlanFormats.COMPONENT.decode(value)));
        return components;
    }

    /** Whether the plan has a node of this id. */
    boolean has(PlanId plan, TaskId task) {
        return store.get(key(NODE, plan, task)) != null;
    }

    /** All nodes, in the plan's order. */
    List<TaskPlanned> tasks(PlanId plan) {
        var tasks = new ArrayList<TaskPlanned>();
        scan(key(NODE, plan) + "/", (key, value) -> tasks.add(PlanFormats.NODE.decode(value)));
        tasks.sort(Comparator.comparingInt(TaskPlanned::position));
        return tasks;
    }

    /** State of a node, if it changed. */
    Optional<TaskState> state(PlanId plan, TaskId task) {
        return Optional.ofNullable(store.get(key(STATE, plan, task))).map(PlanFormats.STATE::decode);
    }

    /** What was said last about a conflict of a node. */
    Optional<MergeConflicted> conflict(PlanId plan, TaskId task) {
        return Optional.ofNullable(store.get(key(CONFLICT, plan, task))).map(PlanFormats.CONFLICT::decode);
    }

    /** States of nodes that changed. */
    Map<TaskId, TaskState> states(PlanId plan) {
        var states = new HashMap<TaskId, TaskState>();
        var prefix = key(STATE, plan) + "/";
        scan(
                prefix,
                (key, value) ->
                        states.put(new TaskId(key.substring(prefix.length())), PlanFormats.STATE.decode(value)));
        return states;
    }

    /** Usage of all attempts of a plan. */
    Usage used(PlanId plan) {
        return states(plan).values().stream()
                .filter(TaskState.Tried.class::isInstance)
                .map(state -> ((TaskState.Tried) state).attempts().used())
                .reduce(Usage.NONE, Usage::plus);
    }

    /** Keys of all values of a plan except its head. */
    List<String> keysOf(PlanId plan) {
        var keys = new ArrayList<String>();
        for (var letter : List.of(NODE, COMPONENT, CONFLICT, STATE))
            scan(key(letter, plan) + "/", (key, value) -> keys.add(key));
        return keys;
    }

    /** Plans for which events wait. */
    Set<PlanId> awaited() {
        var plans = new LinkedHashSet<PlanId>();
        scan(EVENT, (key, value) -> plans.add(new PlanId(key.substring(EVENT.length(), key.lastIndexOf('/')))));
        return plans;
    }

    /** Commands that wait for a plan, in order of arrival. */
    List<PlanCommand> commands(PlanId plan) {
        var commands = new ArrayList<PlanCommand>();
        var submission = waitingKey(plan, 0);
        scan(key(EVENT, plan) + "/", (key, value) -> {
            if (!key.equals(submission)) command(plan, value).ifPresent(commands::add);
        });
        return commands;
    }

    /** An earlier version may have stored what this one rejects. */
    private static Optional<PlanCommand> command(PlanId plan, byte[] kept) {
        try {
            return Optional.of(PlanFormats.COMMAND.decode(kept));
        } catch (LimitExceeded e) {
            LOG.warnf("Command is invalid plan=%s cause=%s", plan, e.getMessage());
            return Optional.empty();
        }
    }

    /** How many events wait for a plan, including the submission. */
    int waitingCount(PlanId plan) {
        var keys = new ArrayList<String>();
        scan(key(EVENT, plan) + "/", (key, value) -> keys.add(key));
        return keys.size();
    }

    /** The submission of a plan that is not created yet. */
    RequirementsSubmitted submission(PlanId plan) {
        return get(waitingKey(plan, 0), PlanFormats.SUBMITTED);
    }

    /** Whether the maximum number of commands waits for a plan. */
    boolean isFull(PlanId plan) {
        return store.get(waitingKey(plan, MOST_COMMANDS)) != null;
    }

    /** @param number 0 for the submission, from 1 for the commands after it */
    static String waitingKey(PlanId plan, int number) {
        return key(EVENT, plan) + String.format(Locale.ROOT, "/%08d", number);
    }

    private <T> T get(String key, StateFormat<T> format) {
        var bytes = store.get(key);
        if (bytes == null) throw new IllegalStateException("the planner's state has no " + key);
        return format.decode(bytes);
    }

    private void scan(String prefix, BiConsumer<String, byte[]> visitor) {
        try (var found = store.prefixScan(prefix, KEYS)) {
            while (found.hasNext()) {
                var entry = found.next();
                visitor.accept(entry.key, entry.value);
            }
        }
    }
}
