package io.taskweaver.client;

import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.topics.EventKeys;
import io.taskweaver.topics.EventSerdes;
import io.taskweaver.topics.Topic;
import io.taskweaver.topics.TraceContext;
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
        var settings = EventSerdes.producerSettings(connection.kafka());
        settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
        settings.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, "taskweaver-client");
        settings.keySet()
                .removeIf(name -> name.startsWith("apicurio.")
                        || name.startsWith("taskweaver.")
                        || name.equals("specific.avro.reader"));
        var name = topic.name(connection.topicPrefix());
        var message = new ProducerRecord<>(name, EventKeys.plan(plan.value()), event);
        TraceContext.ofPlan(plan.value()).addTo(message.headers());
        try (Serializer<T> serializer = EventSerdes.serializer(connection.kafka());
                var producer = new KafkaProducer<>(settings, new StringSerializer(), serializer)) {
            producer.send(message).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw refused(name, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | KafkaException e) {
            throw refused(name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(name, e);
        } catch (RuntimeException e) {
            // What the serializer throws when the registry does not answer depends on its class.
            throw new Unreachable(
                    "The schema registry at " + connection.registryUrl() + " can not be used: " + e.getMessage() + ".",
                    "Check that it runs and that the address is right.",
                    e);
        }
    }

    private Unreachable refused(String topic, Throwable cause) {
        if (cause instanceof RecordTooLargeException)
            return new Unreachable(
                    "The broker does not take a submission of this size on topic " + topic + ".",
                    "Submit less text, or raise max.message.bytes of the topic.",
                    cause);
        return new Unreachable(
                "The Kafka broker at " + connection.bootstrap() + " did not take a record on topic " + topic + ": "
                        + cause.getMessage() + ".",
                "Check that it runs and that the address is right.",
                cause);
    }
}
