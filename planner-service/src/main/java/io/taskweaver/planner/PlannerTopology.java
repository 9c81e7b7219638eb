package io.taskweaver.planner;

import io.taskweaver.domain.plan.Planning;
import io.taskweaver.domain.plan.Submission;
import io.taskweaver.events.TaskCompleted;
import io.taskweaver.events.TaskFailed;
import io.taskweaver.events.TaskReady;
import io.taskweaver.wire.CurrentWork;
import io.taskweaver.wire.EventSerdes;
import io.taskweaver.wire.PlanPartitioner;
import io.taskweaver.wire.Rights;
import io.taskweaver.wire.Tickets;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.RecordContext;

/**
 * The planner's topology: what users, executors, interface and context service say is read into the domain's words, {@link
 * PlanProcessor} asks the scheduler what follows, and that is sent. One partition orders one plan; all topics are cut into
 * the same number of partitions by the plan's id.
 */
public final class PlannerTopology {
    private static final Map<Class<?>, Topic<?>> TOPICS =
            Topics.all().stream().collect(Collectors.toUnmodifiableMap(Topic::type, topic -> topic));

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
        read(builder, Topics.REQUIREMENTS_SUBMITTED, EventReader::submitted)
                .merge(read(builder, Topics.PLAN_COMMANDS, EventReader::command))
                .merge(read(builder, Topics.CONTRACT_PUBLISHED, EventReader::published))
                .merge(read(builder, Topics.TASK_STARTED, EventReader::started))
                .merge(read(builder, Topics.TASK_COMPLETED, this::completed))
                .merge(read(builder, Topics.TASK_FAILED, this::failed))
                .merge(read(builder, Topics.CONTEXT_MERGED, EventReader::merged))
                .merge(read(builder, Topics.MERGE_CONFLICTED, EventReader::conflicted))
                .process(this::processor, Named.as("planner-schedule"), PlanStore.NAME)
                .to(
                        this::topicOf,
                        Produced.with(Serdes.String(), this.<SpecificRecord>serde())
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

    private <T extends SpecificRecord> KStream<String, Inbound> read(
            StreamsBuilder builder, Topic<T> topic, Function<T, Inbound> reader) {
        return builder.stream(
                        topic.name(rules.topicPrefix()),
                        Consumed.with(Serdes.String(), this.<T>serde()).withName("planner-" + topic.name()))
                .filter(PlannerTopology::isNoTombstone, Named.as("planner-present-" + topic.name()))
                .mapValues(reader::apply, Named.as("planner-read-" + topic.name()));
    }

    private Inbound completed(TaskCompleted event) {
        return EventReader.completed(event, tickets);
    }

    private Inbound failed(TaskFailed event) {
        return EventReader.failed(event, tickets);
    }

    private PlanProcessor processor() {
        return new PlanProcessor(rules, planner, planning, fleet, metrics, tickets, work, serde());
    }

    private String topicOf(String key, SpecificRecord event, RecordContext context) {
        var topic = TOPICS.get(event.getClass());
        if (topic == null) throw new IllegalArgumentException("no topic for " + event.getClass());
        return topic.name(rules.topicPrefix());
    }

    private <T extends SpecificRecord> Serde<T> serde() {
        return EventSerdes.serde(serdes);
    }

    private static <T> boolean isNoTombstone(String key, T event) {
        return event != null;
    }

    private static Optional<Set<Integer>> partition(String topic, String key, SpecificRecord event, int partitions) {
        // Orders need no order among each other: where the queue has several partitions, they go to all of them.
        var subject = event instanceof TaskReady ready ? ready.getTaskId() : key;
        return Optional.of(Set.of(PlanPartitioner.partition(subject, partitions)));
    }
}
