package io.taskweaver.wire.code;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.WorkFolders;
import io.taskweaver.code.WorkTree;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.event.PlanEvent.CodeObjects;
import io.taskweaver.model.storage.StorageFailure;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.DecodedRecord;
import io.taskweaver.wire.EventKeys;
import io.taskweaver.wire.TopicFollower;
import io.taskweaver.wire.connection.ClusterSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The repositories of plans in a folder, one each, filled from the topic {@code code-objects}. Services of one process that
 * name the same folder share one store; processes may share the folder.
 */
public final class CodeStore implements PlanRepositories, AutoCloseable {
    /** Where the repositories are unless a service is told otherwise. */
    public static final Path USUAL_FOLDER = Path.of(".taskweaver", "code");

    private static final Logger LOG = LoggerFactory.getLogger(CodeStore.class);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(1);
    private static final Map<Path, CodeStore> SHARED = new HashMap<>();

    private final Path folder;
    private final ClusterSettings cluster;
    private final TopicFollower<CodeObjects> follower;
    private final Map<PlanId, CodeRepository> repositories = new ConcurrentHashMap<>();
    /** Keys of the records that hold the code of a plan. */
    private final Map<String, Set<String>> records = new ConcurrentHashMap<>();

    /** Received parts of packs that are not complete, by their file. */
    private final Map<Path, BitSet> incomplete = new HashMap<>();

    private final Object arrived = new Object();
    private final Admin admin;
    private final DeadLetters deadLetters;
    private @Nullable KafkaProducer<byte[], byte[]> producer;
    // Guarded by SHARED.
    private int users;
    private boolean isStarted;

    private CodeStore(ClusterSettings cluster, Path folder) {
        this.cluster = cluster;
        this.folder = folder;
        this.follower =
                new TopicFollower<>(cluster, "code-objects", CodeObjects.class, Optional.empty(), this::received);
        this.admin = Admin.create(cluster.admin("code-objects-end"));
        this.deadLetters = new DeadLetters("code", cluster.topicPrefix(), cluster.serdes());
    }

    /** The store of a folder, which has to be started; each user closes it. */
    public static CodeStore shared(ClusterSettings cluster, Path folder) {
        var path = folder.toAbsolutePath().normalize();
        synchronized (SHARED) {
            var store = SHARED.computeIfAbsent(path, any -> new CodeStore(cluster, path));
            store.users++;
            return store;
        }
    }

    /** Begins to follow the topic, once the broker is known to answer: another part of the user says what it waits for. */
    public void start() {
        synchronized (SHARED) {
            if (!isStarted) follower.start();
            isStarted = true;
        }
    }

    @Override
    public CodeRepository of(PlanId plan) throws IOException {
        try {
            return repositories.computeIfAbsent(plan, any -> {
                try {
                    return CodeRepository.open(folder.resolve(plan.value()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public boolean await(PlanId plan, String commit) throws IOException, InterruptedException {
        var code = of(plan);
        if (arrives(code, commit)) return true;
        follower.readUpToEnd(admin, LIMIT);
        return code.has(commit);
    }

    /** Whether a commit is here, or comes soon: usually its record is on its way. */
    private boolean arrives(CodeRepository code, String commit) throws IOException, InterruptedException {
        long end = System.nanoTime() + ON_ITS_WAY.toNanos();
        synchronized (arrived) {
            while (!code.has(commit)) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) return false;
                arrived.wait(left);
            }
        }
        return true;
    }

    private void received(ConsumerRecord<byte[], byte[]> source, DecodedRecord<CodeObjects> reading) {
        switch (reading) {
            case DecodedRecord.Tombstone<CodeObjects>() -> removed(source);
            case DecodedRecord.Refused<CodeObjects> refused -> setAside(source, refused);
            case DecodedRecord.Understood<CodeObjects>(var event) -> {
                remember(source);
                received(event);
            }
        }
    }

    private void remember(ConsumerRecord<byte[], byte[]> source) {
        if (source.key() == null) return;
        var key = new String(source.key(), StandardCharsets.UTF_8);
        records.computeIfAbsent(EventKeys.planOf(key), any -> ConcurrentHashMap.newKeySet())
                .add(key);
    }

    @Override
    public List<String> records(PlanId plan) throws InterruptedException {
        follower.readUpToEnd(admin, LIMIT);
        return records.getOrDefault(plan.value(), Set.of()).stream().sorted().toList();
    }

    private void setAside(ConsumerRecord<byte[], byte[]> source, DecodedRecord.Refused<CodeObjects> refused) {
        LOG.warn(
                "A record of code-objects was written to the dead letters partition={} offset={}",
                source.partition(),
                source.offset());
        if (producer == null) {
            producer = new KafkaProducer<>(
                    cluster.producer("code-dead-letters"), new ByteArraySerializer(), new ByteArraySerializer());
        }
        try {
            producer.send(deadLetters.of(source, refused.reason(), refused.cause(), Instant.now()))
                    .get();
        } catch (ExecutionException e) {
            throw new KafkaException("a dead letter cannot be written", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private void received(CodeObjects event) {
        try {
            var code = of(event.plan());
            if (!code.has(event.commit())) take(event, code);
            if (event.root() && code.has(event.commit())) code.cutAbove(event.commit());
        } catch (IOException e) {
            // What is wrong with the disk is not wrong with the record: it is read again.
            if (StorageFailure.behind(e).isPresent()) throw new UncheckedIOException(e);
            LOG.warn("Code of a plan cannot be stored plan={} commit={}", event.plan(), event.commit(), e);
        }
        synchronized (arrived) {
            arrived.notifyAll();
        }
    }

    /** Takes up a pack once all of its parts are here. */
    private void take(CodeObjects event, CodeRepository code) throws IOException {
        var content = event.content().array();
        if (event.parts() == 1) {
            code.unpack(content);
            return;
        }
        // Another process that shares the folder collects the same parts.
        var file = code.folder()
                .resolve(event.pack() + "." + ProcessHandle.current().pid() + ".incoming");
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(content), (long) event.part() * CodePacks.PART_BYTES);
        }
        var parts = incomplete.computeIfAbsent(file, any -> new BitSet());
        parts.set(event.part());
        if (parts.cardinality() < event.parts()) return;
        incomplete.remove(file);
        try {
            code.unpack(Files.readAllBytes(file));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** The plan's code was removed from the topic. */
    private void removed(ConsumerRecord<byte[], byte[]> source) {
        if (source.key() == null) return;
        var key = new String(source.key(), StandardCharsets.UTF_8);
        var name = EventKeys.planOf(key);
        var known = records.get(name);
        if (known != null && known.remove(key) && known.isEmpty()) records.remove(name);
        try {
            var plan = new PlanId(name);
            var code = repositories.remove(plan);
            if (code != null) code.close();
            var repository = folder.resolve(plan.value());
            incomplete.keySet().removeIf(file -> file.startsWith(repository));
            WorkFolders.delete(repository);
        } catch (IllegalArgumentException | IOException e) {
            LOG.warn("The code of a plan cannot be removed plan={}", name, e);
        }
    }

    @Override
    public void close() {
        synchronized (SHARED) {
            if (--users > 0) return;
            SHARED.remove(folder);
        }
        follower.close();
        if (producer != null) producer.close(CLOSING);
        admin.close(CLOSING);
        for (var code : repositories.values()) {
            try {
                WorkTree.removeSpares(code.folder());
            } catch (IOException e) {
                LOG.warn("Unused work trees cannot be removed from {}", code.folder(), e);
            }
            code.close();
        }
    }
}
