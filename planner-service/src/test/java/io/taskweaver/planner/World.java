package io.taskweaver.planner;

import io.taskweaver.events.ComponentSpecified;
import io.taskweaver.events.DeadLetter;
import io.taskweaver.events.ExecutorHeartbeat;
import io.taskweaver.events.PlanCompleted;
import io.taskweaver.events.TaskReady;
import io.taskweaver.wire.EventKeys;
import io.taskweaver.wire.EventSerdes;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.testing.SingleObjectSerializer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Executors, interface and context service on a real broker: each does at once what it is asked for. */
final class World implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(300);

    final List<TaskReady> ready = new CopyOnWriteArrayList<>();
    final List<PlanCompleted> completed = new CopyOnWriteArrayList<>();
    final Set<String> setAside = ConcurrentHashMap.newKeySet();
    final Set<String> merged = ConcurrentHashMap.newKeySet();
    private final List<String> unsent = new CopyOnWriteArrayList<>();
    private final int slots;
    private final KafkaProducer<String, SpecificRecord> producer;
    private final KafkaConsumer<String, SpecificRecord> consumer;
    private final Thread thread;
    private volatile boolean stopping;

    World(Map<String, String> broker, int slots) {
        this.slots = slots;
        var settings = new HashMap<String, Object>(EventSerdes.producerSettings(SingleObjectSerializer.settings()));
        settings.putAll(broker);
        this.producer = new KafkaProducer<>(
                settings,
                new StringSerializer(),
                EventSerdes.<SpecificRecord>serializer(SingleObjectSerializer.settings()));
        var reading = new HashMap<String, Object>(broker);
        reading.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.consumer = new KafkaConsumer<>(
                reading,
                new StringDeserializer(),
                EventSerdes.<SpecificRecord>deserializer(SingleObjectSerializer.settings()));
        this.thread = Thread.ofPlatform().name("world").daemon().start(this::live);
    }

    void send(Topic<?> topic, String key, SpecificRecord event) {
        producer.send(new ProducerRecord<>(topic.name(), key, event), (_, failure) -> {
            if (failure != null) unsent.add(topic.name() + " " + key + ": " + failure);
        });
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        consumer.wakeup();
        thread.join();
        consumer.close();
        producer.close();
        if (!unsent.isEmpty()) throw new AssertionError("not delivered: " + unsent);
    }

    private void live() {
        var topics = List.of(Topics.TASK_READY, Topics.COMPONENT_SPECIFIED, Topics.PLAN_COMPLETED, Topics.DEAD_LETTERS);
        consumer.assign(topics.stream()
                .flatMap(topic -> java.util.stream.IntStream.range(0, TestTopics.PARTITIONS)
                        .mapToObj(partition -> new TopicPartition(topic.name(), partition)))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
        var nextHeartbeat = Instant.MIN;
        try {
            while (!stopping) {
                if (Instant.now().isAfter(nextHeartbeat)) {
                    heartbeat();
                    nextHeartbeat = Instant.now().plus(POLL);
                }
                for (var record : consumer.poll(POLL.dividedBy(3))) answer(record.value());
            }
        } catch (WakeupException e) {
            stopping = true;
        }
    }

    private void answer(SpecificRecord event) {
        switch (event) {
            case TaskReady task -> {
                ready.add(task);
                var plan = task.getMeta().getPlanId();
                var key = EventKeys.plan(plan);
                send(Topics.TASK_STARTED, key, SomeEvents.started(plan, task.getTaskId(), task.getAttempt()));
                send(Topics.TASK_COMPLETED, key, SomeEvents.completed(plan, task.getTaskId(), task.getAttempt()));
                send(Topics.CONTEXT_MERGED, key, SomeEvents.merged(plan, task.getTaskId(), task.getAttempt()));
                merged.add(task.getTaskId());
            }
            case ComponentSpecified component ->
                send(
                        Topics.CONTRACT_PUBLISHED,
                        EventKeys.planAnd(component.getMeta().getPlanId(), component.getTaskId()),
                        SomeEvents.published(component.getMeta().getPlanId(), component.getTaskId()));
            case PlanCompleted end -> completed.add(end);
            case DeadLetter letter -> setAside.add(letter.getReason() + " " + letter.getTopic());
            default -> throw new IllegalStateException("nobody reads " + event.getClass());
        }
    }

    private void heartbeat() {
        send(
                Topics.EXECUTOR_HEARTBEAT,
                "e1",
                ExecutorHeartbeat.newBuilder()
                        .setExecutorId("e1")
                        .setBeatAt(Instant.now())
                        .setIntervalMillis((int) POLL.toMillis())
                        .setSlots(slots)
                        .build());
    }
}
