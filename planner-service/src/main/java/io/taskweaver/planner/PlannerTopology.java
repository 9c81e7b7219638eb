package io.taskweaver.planner;

import io.taskweaver.model.Submission;
import io.taskweaver.scheduling.planning.Planning;
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
 * The planner's topology: it reads the events of users, executors, interface and context service, {@link PlanProcessor}
 * calls the scheduler, and the resulting events are sent. One partition orders one plan; all topics have the same
 * number of partitions and are partitioned by plan id.
 *
 * @param planner creates a plan from a submission
 * @param planning thread of the planner
 * @param fleet live executors
 * @param metrics counts of plans
 * @param tickets of issued attempts
 * @param work is informed of the current work
 * @param serdes settings of {@link EventSerdes}
 */
public record PlannerTopology(
        PlannerRules rules,
        Function<Submission, Planning> planner,
        PlanningThread planning,
        Fleet fleet,
        PlannerMetrics metrics,
        Tickets tickets,
        CurrentWork work,
        Map<String, ?> serdes) {
    /** Input topics: those that it may forward an event on, to the partition of the event's plan. */
    static final List<Topic<?>> INPUTS = Rights.PLANNER.reads().stream()
            .filter(Rights.PLANNER.writes()::contains)
            .toList();

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

    private PlanProcessor processor() {
        return new PlanProcessor(this);
    }

    private static Optional<Set<Integer>> partition(String topic, byte[] key, Outgoing record, int partitions) {
        var text = new String(key, StandardCharsets.UTF_8);
        // Attempts need no order: if the queue has several partitions, they are spread over all.
        var subject = topic.endsWith(Topics.TASK_READY.name()) ? text.substring(text.indexOf('/') + 1) : text;
        return Optional.of(Set.of(PlanPartitioner.partition(subject, partitions)));
    }
}
