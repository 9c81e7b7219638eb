package io.taskweaver.wire.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * All custom metrics of services, named by the conventions of Micrometer; {@link #prometheusName} is the Prometheus
 * name. Tag values come from a fixed set or from the configuration, never from user input: each new value creates a
 * permanent time series.
 */
public enum Metric {
    PLANS(
            Kind.GAUGE,
            "planner",
            "taskweaver.plans",
            "Stored plans and rejected submissions. `state`: planning, active, paused, completed, failed,"
                    + " cancelled, rejected, archived.",
            "state"),
    TASKS(
            Kind.GAUGE,
            "planner",
            "taskweaver.tasks",
            "Nodes of open plans. `state` as in `GET /api/plans/{plan}`, except that `blocked` counts as"
                    + " `waiting`.",
            "state"),
    QUEUE_DEPTH(
            Kind.GAUGE,
            "planner",
            "taskweaver.queue.depth",
            "Tasks that wait only for a slot, within their plans' limits of concurrent tasks."),
    QUEUE_TIME(
            Kind.TIMER,
            "planner",
            "taskweaver.queue",
            "Time that a task waited for a slot, from when all its needs were met, or the planner started, until it was"
                    + " issued."),
    FLEET_EXECUTORS(Kind.GAUGE, "planner", "taskweaver.fleet.executors", "Live executors, by their heartbeats."),
    FLEET_SLOTS(Kind.GAUGE, "planner", "taskweaver.fleet.slots", "Total slots of executors that take work."),
    PLANNING_TIME(
            Kind.TIMER,
            "planner",
            "taskweaver.planning",
            "Time to plan a submission. `outcome`: planned, rejected, failed.",
            "outcome"),
    EXECUTOR_SLOTS(Kind.GAUGE, "executor", "taskweaver.executor.slots", "Slots of this executor."),
    EXECUTOR_SLOTS_USED(
            Kind.GAUGE, "executor", "taskweaver.executor.slots.used", "Running attempts. Autoscaling uses it."),
    EXECUTOR_JOURNAL_LAG(
            Kind.GAUGE,
            "executor",
            "taskweaver.executor.journal.lag",
            "Unread records of the execution journal; -1 while the broker does not answer."),
    EXECUTOR_ATTEMPTS(
            Kind.TIMER,
            "executor",
            "taskweaver.executor.attempts",
            "Ended attempts and their duration. `agent`: its name, or `other` if none of that name is"
                    + " configured. `outcome`: how the run ended, in kebab case; `repeated` if an earlier outcome was"
                    + " republished, `left` if the attempt was left to another executor.",
            "agent",
            "outcome"),
    EXECUTOR_TOKENS(
            Kind.COUNTER,
            "executor",
            "taskweaver.executor.tokens",
            "Tokens used, as agents report. `direction`: input, output.",
            "agent",
            "direction"),
    EXECUTOR_COST(
            Kind.COUNTER,
            "executor",
            "taskweaver.executor.cost.micros",
            "Cost of attempts, as agents report, millionths of a US dollar.",
            "agent"),
    SPECIFICATIONS(
            Kind.COUNTER,
            "interface",
            "taskweaver.interfaces.specifications",
            "Specifications of components processed. `outcome`: published, published-again, superseded, or the reason of a dead"
                    + " letter.",
            "outcome"),
    CONTEXT_EVENTS(
            Kind.COUNTER,
            "context",
            "taskweaver.context.events",
            "Events processed. `outcome`: accepted, merged, conflicted, imported, replaced, cleared, archived, or the reason of a dead letter.",
            "outcome"),
    HTTP_CONNECTIONS(Kind.GAUGE, "all", "taskweaver.http.connections", "Open HTTP connections."),
    HTTP_CONNECTIONS_CLOSED(
            Kind.COUNTER,
            "all",
            "taskweaver.http.connections.closed",
            "HTTP connections that the service closed, and bodies that it stopped reading. `reason`: head, body, answer: the"
                    + " client was too slow with it; idle; answered: it continued to send after the answer; pipelined: it sent too"
                    + " many requests ahead; crowded: closed in favour of another; refused: no connection was free.",
            "reason"),
    DEAD_LETTERS(
            Kind.COUNTER,
            "all",
            "taskweaver.dead.letters",
            "Dead letters. `service`: the writer; `topic`: the source, without a configured"
                    + " prefix; `reason`: undecodable, unknown-plan, invalid, unticketed, failed,"
                    + " too-large.",
            "service",
            "topic",
            "reason");

    /** What is measured. */
    public enum Kind {
        /** A current value. */
        GAUGE,
        /** A count since the service started. */
        COUNTER,
        /** A count, a sum of seconds, and a recent maximum. */
        TIMER
    }

    private final Kind kind;
    private final String service;
    private final String meter;
    private final String meaning;
    private final List<String> tags;

    Metric(Kind kind, String service, String meter, String meaning, String... tags) {
        this.kind = kind;
        this.service = service;
        this.meter = meter;
        this.meaning = meaning;
        this.tags = List.of(tags);
    }

    public Kind kind() {
        return kind;
    }

    /** The service that has it, or {@code all}. */
    public String service() {
        return service;
    }

    public String meaning() {
        return meaning;
    }

    /** Names of its tags. */
    public List<String> tags() {
        return tags;
    }

    /**
     * Its name for Prometheus; that of a timer has {@code _count}, {@code _sum} and {@code _max} appended.
     */
    public String prometheusName() {
        var name = meter.replace('.', '_');
        return switch (kind) {
            case GAUGE -> name;
            case COUNTER -> name + "_total";
            case TIMER -> name + "_seconds";
        };
    }

    /**
     * Registers a gauge with a strong reference, unlike Micrometer: a gauge whose value was garbage-collected reads
     * NaN.
     *
     * @param value read at each scrape, by any thread
     * @param tagValues in the order of {@link #tags}
     */
    public void gauge(MeterRegistry registry, Supplier<Number> value, String... tagValues) {
        require(Kind.GAUGE);
        Gauge.builder(meter, value)
                .strongReference(true)
                .description(meaning)
                .tags(tagged(tagValues))
                .register(registry);
    }

    /** @param tagValues in the order of {@link #tags} */
    public Counter counter(MeterRegistry registry, String... tagValues) {
        require(Kind.COUNTER);
        return Counter.builder(meter)
                .description(meaning)
                .tags(tagged(tagValues))
                .register(registry);
    }

    /** @param tagValues in the order of {@link #tags} */
    public Timer timer(MeterRegistry registry, String... tagValues) {
        require(Kind.TIMER);
        return Timer.builder(meter).description(meaning).tags(tagged(tagValues)).register(registry);
    }

    private void require(Kind asked) {
        if (kind != asked) throw new IllegalArgumentException(this + " is a " + kind + ", no " + asked);
    }

    private List<Tag> tagged(String... values) {
        if (values.length != tags.size())
            throw new IllegalArgumentException(this + " has the tags " + tags + ", not " + values.length);
        var tagged = new ArrayList<Tag>(values.length);
        for (int i = 0; i < values.length; i++) tagged.add(Tag.of(tags.get(i), values[i]));
        return tagged;
    }
}
