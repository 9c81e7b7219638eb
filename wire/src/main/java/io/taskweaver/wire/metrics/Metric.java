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
 * Every metric that a service has of its own, named after the conventions of Micrometer; {@link #prometheusName} is what
 * Prometheus reads. Values of tags come from a fixed set or from the configuration, never from what users send: each
 * new value is a time series that is kept for good.
 */
public enum Metric {
    PLANS(
            Kind.GAUGE,
            "planner",
            "taskweaver.plans",
            "Plans and refused submissions that are kept. `state`: planning, active, paused, completed, failed,"
                    + " cancelled, rejected.",
            "state"),
    TASKS(
            Kind.GAUGE,
            "planner",
            "taskweaver.tasks",
            "Tasks and contracts of open plans. `state` as in `GET /api/plans/{plan}`, but that `blocked` counts as"
                    + " `waiting`.",
            "state"),
    QUEUE_DEPTH(
            Kind.GAUGE,
            "planner",
            "taskweaver.queue.depth",
            "Tasks that wait for nothing but a slot, within their plans' limits of concurrent tasks."),
    QUEUE_TIME(
            Kind.TIMER,
            "planner",
            "taskweaver.queue",
            "How long a task waited for a slot, from when all its needs were met, or the planner started, until it was"
                    + " handed out."),
    FLEET_EXECUTORS(Kind.GAUGE, "planner", "taskweaver.fleet.executors", "Executors whose heartbeats arrive."),
    FLEET_SLOTS(Kind.GAUGE, "planner", "taskweaver.fleet.slots", "Slots of all executors that take work."),
    PLANNING_TIME(
            Kind.TIMER,
            "planner",
            "taskweaver.planning",
            "How long it took to make a plan of a submission. `outcome`: planned, rejected, failed.",
            "outcome"),
    EXECUTOR_SLOTS(Kind.GAUGE, "executor", "taskweaver.executor.slots", "Attempts that run at once at most."),
    EXECUTOR_SLOTS_USED(
            Kind.GAUGE, "executor", "taskweaver.executor.slots.used", "Attempts that run. Executors are scaled by it."),
    EXECUTOR_JOURNAL_LAG(
            Kind.GAUGE,
            "executor",
            "taskweaver.executor.journal.lag",
            "Records of the execution journal that are not read yet; -1 while the broker cannot be asked."),
    EXECUTOR_ATTEMPTS(
            Kind.TIMER,
            "executor",
            "taskweaver.executor.attempts",
            "Attempts that ended, and how long they took. `agent`: its name, or `other` where none of that name is"
                    + " configured. `outcome`: how the run ended, in kebab case; `repeated` where an earlier outcome was"
                    + " published again, `left` where it was left to another executor.",
            "agent",
            "outcome"),
    EXECUTOR_TOKENS(
            Kind.COUNTER,
            "executor",
            "taskweaver.executor.tokens",
            "Tokens that agents say they used. `direction`: input, output.",
            "agent",
            "direction"),
    EXECUTOR_COST(
            Kind.COUNTER,
            "executor",
            "taskweaver.executor.cost.micros",
            "What agents say that attempts cost, millionths of a US dollar.",
            "agent"),
    SPECIFICATIONS(
            Kind.COUNTER,
            "interface",
            "taskweaver.interfaces.specifications",
            "Specifications of components. `outcome`: published, published-again, superseded, or the reason of a dead"
                    + " letter.",
            "outcome"),
    CONTEXT_EVENTS(
            Kind.COUNTER,
            "context",
            "taskweaver.context.events",
            "Events. `outcome`: taken-in, merged, conflicted, or the reason of a dead letter.",
            "outcome"),
    HTTP_CONNECTIONS(Kind.GAUGE, "all", "taskweaver.http.connections", "HTTP connections that are open."),
    HTTP_CONNECTIONS_CLOSED(
            Kind.COUNTER,
            "all",
            "taskweaver.http.connections.closed",
            "HTTP connections that the service closed, and bodies that it gave up. `reason`: head, body, answer where a"
                    + " client was too slow with it, idle, answered where it went on sending, pipelined where it sent too"
                    + " many requests ahead, crowded where another needed its place, refused where no place could be made.",
            "reason"),
    DEAD_LETTERS(
            Kind.COUNTER,
            "all",
            "taskweaver.dead.letters",
            "Records that were set aside. `service`: who did it; `topic`: where the record was, without a configured"
                    + " prefix; `reason`: undecodable, unknown-plan, invalid, unticketed, failed,"
                    + " too-large.",
            "service",
            "topic",
            "reason");

    /** What is measured. */
    public enum Kind {
        /** A value that goes up and down. */
        GAUGE,
        /** A count since the service started. */
        COUNTER,
        /** A count, a sum of seconds, and the longest of late. */
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
     * Registers a gauge. It is held on to, as Micrometer by itself does not: a gauge whose value has been collected
     * reads NaN.
     *
     * @param value asked for at each scrape, by any thread
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
