package io.taskweaver.runtime.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Plain text in and out of a broker, whose clients' settings are given. */
final class Records {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Records() {}

    static void createTopic(Map<String, ?> broker, String topic) {
        try (var admin = Admin.create(new HashMap<String, Object>(broker))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    static void produce(Map<String, ?> broker, String topic, String value) {
        try (var producer = producer(broker)) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    static KafkaProducer<String, String> producer(Map<String, ?> broker) {
        var settings = new HashMap<String, Object>(broker);
        settings.put("acks", "all");
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    /** Reads from the beginning until there are as many values as expected, or the time is up. */
    static List<String> consume(Map<String, ?> broker, String topic, int expected) {
        var values = new ArrayList<String>();
        var settings = new HashMap<String, Object>(broker);
        settings.put("auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (values.size() < expected && System.nanoTime() < deadline)
                consumer.poll(Duration.ofMillis(200)).forEach(found -> values.add(found.value()));
        }
        return values;
    }
}
