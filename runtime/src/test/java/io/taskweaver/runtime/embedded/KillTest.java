package io.taskweaver.runtime.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed without a chance to say goodbye, and started again. */
class KillTest {
    private static final String TOPIC = "greetings";
    private static final int KILLS = Integer.getInteger("kills", 2);

    @TempDir
    Path folder;

    @Test
    void what_a_killed_broker_had_confirmed_is_there_and_no_transaction_hangs() throws Exception {
        int confirmed = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (var child = ChildJvm.start(BrokerChild.class, folder.toString())) {
                var settings = BrokerChild.settings(child.firstLine());
                if (kill == 0) Records.createTopic(settings, TOPIC);
                try (var producer = Records.producer(settings)) {
                    for (int i = 0; i < 50; i++)
                        producer.send(new ProducerRecord<>(TOPIC, "value " + confirmed++))
                                .get();
                }
                leaveTransactionOpen(settings);
                child.kill();
            }
        }

        try (var broker = EmbeddedBroker.start(folder)) {
            assertThat(Records.consume(broker.clientSettings(), TOPIC, confirmed).stream()
                            .filter(value -> value.startsWith("value "))
                            .distinct())
                    .hasSize(confirmed);
            transactional(broker.clientSettings()).close(); // A new life of the writer ends what the old one left open.
            assertThat(openTransactions(broker.clientSettings())).isZero();
        }
    }

    @Test
    void a_registry_ends_when_its_parent_is_killed() throws IOException {
        var child = ChildJvm.start(
                RegistryChild.class, Path.of("target/registry").toAbsolutePath().toString(), folder.toString());
        var registry = ProcessHandle.of(Long.parseLong(child.firstLine())).orElseThrow();

        child.kill();

        assertThat(registry.onExit().orTimeout(30, TimeUnit.SECONDS).join().isAlive())
                .isFalse();
    }

    private static KafkaProducer<String, String> transactional(Map<String, String> broker) {
        var settings = new HashMap<String, Object>(broker);
        settings.putAll(Map.of("acks", "all", "transactional.id", "writer"));
        var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        producer.initTransactions();
        return producer;
    }

    @SuppressWarnings("resource") // Closing it would abort what is to be left open; the broker it writes to is killed.
    private static void leaveTransactionOpen(Map<String, String> broker)
            throws InterruptedException, ExecutionException {
        var producer = transactional(broker);
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(TOPIC, "unconfirmed")).get();
        producer.close(java.time.Duration.ZERO);
    }

    private static long openTransactions(Map<String, String> broker) throws InterruptedException, ExecutionException {
        var partition = new TopicPartition(TOPIC, 0);
        try (var admin = Admin.create(new HashMap<String, Object>(broker))) {
            return admin.describeProducers(List.of(partition)).all().get().values().stream()
                    .flatMap(state -> state.activeProducers().stream())
                    .filter(producer -> producer.currentTransactionStartOffset().isPresent())
                    .count();
        }
    }
}
