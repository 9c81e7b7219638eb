package io.taskweaver.context;

import io.taskweaver.wire.CurrentWork;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.EventSerdes;
import io.taskweaver.wire.Outgoing;
import io.taskweaver.wire.Rights;
import io.taskweaver.wire.Tickets;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.code.PlanRepositories;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The context service as a topology: folds the events of a plan into one store, and announces what becomes of results.
 * Start reading here; {@link ContextRules} decides, {@link ContextFold} applies.
 *
 * <p>One processor reads all input topics, because the fold order of a plan's events matters; all are partitioned by
 * the plan's id.
 */
public final class ContextTopology {
    /** Name of the only store. */
    static final String STORE = "context";

    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private ContextTopology() {}

    /** Input topics; code is read apart from them, when it is needed. */
    static List<Topic<?>> inputs() {
        return Rights.CONTEXT.reads().stream()
                .filter(topic -> !topic.equals(Topics.CODE_OBJECTS))
                .<Topic<?>>map(topic -> topic)
                .toList();
    }

    /**
     * Adds the topology to a builder.
     *
     * @param prefix prefix of topic names
     * @param tickets required of results
     * @param code repositories of plans
     * @param serdes settings of serializers and deserializers, see {@link EventSerdes}
     * @param tally receives the outcome of each record: accepted, merged, conflicted, or the reason of its dead letter
     * @param work is informed of the current work
     */
    public static void add(
            StreamsBuilder builder,
            String prefix,
            Tickets tickets,
            PlanRepositories code,
            Map<String, ?> serdes,
            Consumer<String> tally,
            CurrentWork work) {
        var topics = inputs().stream().map(topic -> topic.name(prefix)).toList();
        var deadLetters = new DeadLetters("context", prefix, serdes);
        builder.addStateStore(store());
        builder.stream(topics, Consumed.with(BYTES, BYTES).withName("plan-events"))
                .process(
                        () -> new ContextFold(
                                prefix, serdes, tickets, new ContextRules(code), deadLetters, tally, work),
                        Named.as("fold"),
                        STORE)
                .to(Outgoing::topic, Produced.with(BYTES, Outgoing.serde()).withName("announcements"));
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), BYTES)
                .withCachingDisabled()
                .withLoggingEnabled(Map.of("max.message.bytes", Integer.toString(Writes.MAX_CHANGELOG_BYTES)));
    }
}
