package io.taskweaver.client;

import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.wire.EventWriter;
import io.taskweaver.wire.TraceContext;
import io.taskweaver.wire.connection.BrokerDiagnosis;
import io.taskweaver.wire.connection.RegistryDiagnosis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Hands single events in, and waits until the broker has them. */
final class EventSender {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Connection connection;

    EventSender(Connection connection) {
        this.connection = connection;
    }

    /** @throws SystemUnavailable if broker or registry do not take it */
    void send(PlanEvent event) {
        send(List.of(event));
    }

    /** @throws SystemUnavailable if broker or registry do not take them */
    void send(List<? extends PlanEvent> events) {
        var settings = connection.cluster().producer("taskweaver-client");
        settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT.toMillis());
        var records = records(events);
        var topic = records.getFirst().topic();
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            var sent = new ArrayList<Future<RecordMetadata>>();
            for (var record : records) sent.add(producer.send(record));
            for (var each : sent) each.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw refused(topic, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | KafkaException e) {
            throw refused(topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(topic, e);
        }
    }

    /** Apart from sending, so that trouble with the registry is not taken for trouble with the broker. */
    private List<ProducerRecord<byte[], byte[]>> records(List<? extends PlanEvent> events) {
        var cluster = connection.cluster();
        try (var writer = new EventWriter(connection.topicPrefix(), cluster.serdes())) {
            return events.stream()
                    .map(event -> writer.record(
                            event, TraceContext.ofPlan(event.plan().value())))
                    .toList();
        } catch (RuntimeException e) {
            // What the serializer throws when the registry cannot be used depends on its class.
            throw SystemUnavailable.of(RegistryDiagnosis.explain(e, cluster), e);
        }
    }

    private SystemUnavailable refused(String topic, Throwable cause) {
        if (cause instanceof RecordTooLargeException)
            return new SystemUnavailable(
                    "The broker does not accept a submission of this size on topic " + topic + ".",
                    "Submit less text, or raise max.message.bytes of the topic.",
                    cause);
        return SystemUnavailable.of(BrokerDiagnosis.explain(cause, connection.cluster()), cause);
    }
}
