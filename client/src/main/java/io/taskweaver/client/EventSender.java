package io.taskweaver.client;

import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.wire.EventKeys;
import io.taskweaver.wire.EventSerdes;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.TraceContext;
import io.taskweaver.wire.connection.BrokerDiagnosis;
import io.taskweaver.wire.connection.RegistryDiagnosis;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Hands single events in, and waits until the broker has them. */
final class EventSender {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Connection connection;

    EventSender(Connection connection) {
        this.connection = connection;
    }

    /** @throws Unreachable if broker or registry do not take it */
    <T extends SpecificRecord> void send(Topic<T> topic, PlanId plan, T event) {
        var settings = connection.cluster().producer();
        settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
        settings.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, "taskweaver-client");
        var name = topic.name(connection.topicPrefix());
        var bytes = serialized(name, event);
        var message = new ProducerRecord<String, byte[]>(name, EventKeys.plan(plan.value()), bytes);
        TraceContext.ofPlan(plan.value()).addTo(message.headers());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(message).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw refused(name, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | KafkaException e) {
            throw refused(name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(name, e);
        }
    }

    /** Apart from sending, so that trouble with the registry is not taken for trouble with the broker. */
    private <T extends SpecificRecord> byte[] serialized(String topic, T event) {
        var cluster = connection.cluster();
        try (Serializer<T> serializer = EventSerdes.serializer(cluster.serdes())) {
            return serializer.serialize(topic, event);
        } catch (RuntimeException e) {
            // What the serializer throws when the registry cannot be used depends on its class.
            throw Unreachable.of(RegistryDiagnosis.explain(e, cluster), e);
        }
    }

    private Unreachable refused(String topic, Throwable cause) {
        if (cause instanceof RecordTooLargeException)
            return new Unreachable(
                    "The broker does not take a submission of this size on topic " + topic + ".",
                    "Submit less text, or raise max.message.bytes of the topic.",
                    cause);
        return Unreachable.of(BrokerDiagnosis.explain(cause, connection.cluster()), cause);
    }
}
