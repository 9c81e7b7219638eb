package io.taskweaver.planner;

import io.taskweaver.domain.plan.Planning;
import io.taskweaver.domain.plan.Submission;
import io.taskweaver.wire.CurrentWork;
import io.taskweaver.wire.EventSerdes;
import io.taskweaver.wire.Outgoing;
import io.taskweaver.wire.PlanPartitioner;
import io.taskweaver.wire.Rights;
import io.taskweaver.wire.Tickets;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/**
 * The planner's topology: what users, executors, interface and context service say is read, {@link PlanProcessor} asks the scheduler what follows, and that is sent. One partition orders one plan; all topics are cut into
 * the same number of partitions by the plan's id.
 */
public final class PlannerTopology {
    /** Topics that are read. */
    static final List<Topic<?>> INPUTS = List.of(
            Topics.REQUIREMENTS_SUBMITTED,
            Topics.PLAN_COMMANDS,
            Topics.CONTRACT_PUBLISHED,
            Topics.TASK_STARTED,
            Topics.TASK_COMPLETED,
            Topics.TASK_FAILED,
            Topics.CONTEXT_MERGED,
            Topics.MERGE_CONFLICTED);

    private final PlannerRules rules;
    private final Function<Submission, Planning> planner;
    private final PlanningThread planning;
    private final Fleet fleet;
    private final PlannerMetrics metrics;
    private final Tickets tickets;
    private final CurrentWork work;
    private final Map<String, ?> serdes;

    /**
     * @param planner makes a plan of a submission
     * @param planning where that happens
     * @param fleet the executors that are alive
     * @param metrics what is counted of plans
     * @param tickets of the attempts that it orders
     * @param work is told what is worked on
     * @param serdes settings of {@link EventSerdes}
     */
    public PlannerTopology(
            PlannerRules rules,
            Function<Submission, Planning> planner,
            PlanningThread planning,
            Fleet fleet,
            PlannerMetrics metrics,
            Tickets tickets,
            CurrentWork work,
            Map<String, ?> serdes) {
        this.rules = rules;
        this.planner = planner;
        this.planning = planning;
        this.fleet = fleet;
        this.metrics = metrics;
        this.tickets = tickets;
        this.work = work;
        this.serdes = serdes;
    }

    /** Adds the planner to a topology. */
    public void addTo(StreamsBuilder builder) {
        builder.addStateStore(PlanStore.builder(Topics.MAX_MESSAGE_BYTES));
        var inputs =
                INPUTS.stream().map(topic -> topic.name(rules.topicPrefix())).toList();
        builder.stream(
                        inputs,
                        Consumed.with(Serdes.String(), Serdes.ByteArray()).withName("planner-events"))
                .process(this::processor, Named.as("planner-schedule"), PlanStore.NAME)
                .to(
                        Outgoing::topic,
                        Produced.with(Serdes.ByteArray(), Outgoing.serde())
                                .withStreamPartitioner(PlannerTopology::partition)
                                .withName("planner-send"));
    }

    /** Topics where one partition orders one plan; the queue of orders has one of its own. */
    static List<Topic<?>> topicsByPlan() {
        return Rights.PLANNER.topics().stream()
                .filter(topic -> topic.key() != Topic.Key.EXECUTOR && topic.key() != Topic.Key.SOURCE)
                .filter(topic -> !topic.equals(Topics.TASK_READY))
                .toList();
    }

    private PlanProcessor processor() {
        return new PlanProcessor(rules, planner, planning, fleet, metrics, tickets, work, serdes);
    }

    private static Optional<Set<Integer>> partition(String topic, byte[] key, Outgoing record, int partitions) {
        var text = new String(key, StandardCharsets.UTF_8);
        // Attempts need no order among each other: where the queue has several partitions, they go to all of them.
        var subject = topic.endsWith(Topics.TASK_READY.name()) ? text.substring(text.indexOf('/') + 1) : text;
        return Optional.of(Set.of(PlanPartitioner.partition(subject, partitions)));
    }
}
