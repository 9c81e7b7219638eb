package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import io.taskweaver.executor.JournalIndex.Begun;
import io.taskweaver.model.event.PlanEvent.ExecutionJournal;
import io.taskweaver.wire.DecodedRecord;
import io.taskweaver.wire.TopicFollower;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.TraceContext;
import io.taskweaver.wire.connection.ClusterSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** The journal on its topic: one follower maintains an index, and returns to who appends an entry the state before it. */
final class KafkaJournal implements AttemptJournal, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KafkaJournal.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Admin admin;
    private final EventProducer producer;
    private final JournalIndex index = new JournalIndex();
    /** Entries of this executor that are to be read back, by event id. */
    private final Map<String, CompletableFuture<AttemptState>> appended = new ConcurrentHashMap<>();
    /** Notified when the index changes. */
    private final Object changes = new Object();

    private final TopicFollower<ExecutionJournal> follower;
    private final RecordLookup<ExecutionJournal> records;

    KafkaJournal(ClusterSettings cluster, Admin admin, EventProducer producer) {
        this.admin = admin;
        this.producer = producer;
        this.records = new RecordLookup<>(cluster, Topics.EXECUTION_JOURNAL, ExecutionJournal.class);
        this.follower =
                new TopicFollower<>(cluster, "executor-journal", ExecutionJournal.class, Optional.empty(), this::apply);
    }

    TopicFollower<ExecutionJournal> follower() {
        return follower;
    }

    /** Number of the newest attempt known at the task of an attempt. */
    OptionalInt newest(Attempt attempt) {
        return index.newest(attempt);
    }

    /** Attempts that were started and have not ended. */
    List<Begun> unfinished() {
        return index.unfinished();
    }

    /** Attempts whose runs nobody awaits any more. */
    List<Attempt> over() {
        return index.over();
    }

    @Override
    public AttemptState known(Attempt attempt) {
        return index.of(attempt);
    }

    @Override
    public AttemptState upToDate(Attempt attempt) throws InterruptedException {
        follower.readUpToEnd(admin, LIMIT);
        return index.of(attempt);
    }

    @Override
    public AttemptState append(ExecutionJournal entry, TraceContext trace) throws InterruptedException {
        var before = new CompletableFuture<AttemptState>();
        appended.put(entry.eventId(), before);
        try {
            producer.send(entry, trace).join();
            return before.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new KafkaException("the entry was not read back from the journal in time", e);
        } finally {
            appended.remove(entry.eventId());
        }
    }

    @Override
    public AttemptState awaitOther(Attempt attempt, AttemptState from, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        synchronized (changes) {
            while (true) {
                var now = index.of(attempt);
                long left = end - System.nanoTime();
                if (!now.equals(from) || left <= 0) return now;
                TimeUnit.NANOSECONDS.timedWait(changes, left);
            }
        }
    }

    @Override
    public Optional<ExecutionJournal> earlier(Attempt attempt) {
        return index.earlier(attempt).flatMap(this::read);
    }

    @Override
    public Optional<ExecutionJournal> read(AttemptState.Finished place) {
        return records.read(place.partition(), place.offset()).map(RecordLookup.Found::value);
    }

    @Override
    public void close() {
        follower.close();
        records.close();
    }

    private void apply(ConsumerRecord<byte[], byte[]> source, DecodedRecord<ExecutionJournal> reading) {
        switch (reading) {
            case DecodedRecord.Tombstone<ExecutionJournal> none -> {}
            case DecodedRecord.Understood<ExecutionJournal>(var entry) -> apply(source, entry);
            case DecodedRecord.Refused<ExecutionJournal> refused -> {
                LOG.warnf(
                        "A journal record was written to the dead letters partition=%d offset=%d",
                        source.partition(), source.offset());
                producer.deadLetter(source, refused).join();
            }
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> source, ExecutionJournal entry) {
        var before = index.apply(entry, source.partition(), source.offset());
        synchronized (changes) {
            changes.notifyAll();
        }
        var waiting = appended.get(entry.eventId());
        if (waiting != null) waiting.complete(before);
    }
}
