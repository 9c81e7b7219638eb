package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import io.taskweaver.events.ExecutionJournal;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.EventKeys;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.TraceContext;
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
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** The journal on its topic: one follower keeps an index of it, and tells claims what came before them. */
final class KafkaJournal implements AttemptJournal, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KafkaJournal.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final EventProducer producer;
    private final Events events;
    private final EventReader<ExecutionJournal> reader;
    private final JournalIndex index = new JournalIndex();
    private final Map<String, CompletableFuture<Recorded>> claims = new ConcurrentHashMap<>();
    private final AtomicLong claimed = new AtomicLong();
    private final TopicFollower follower;
    private final JournalPlaces places;

    KafkaJournal(Connection connection, Admin admin, EventProducer producer, Events events) {
        this.producer = producer;
        this.events = events;
        this.reader = new EventReader<>(Topics.EXECUTION_JOURNAL, connection);
        this.places = new JournalPlaces(connection);
        this.follower = new TopicFollower(
                Topics.EXECUTION_JOURNAL.name(connection.topicPrefix()),
                connection.consumer("executor-journal"),
                connection.retries(TopicFollower.class, "executor-journal"),
                admin,
                this::apply);
    }

    TopicFollower follower() {
        return follower;
    }

    /** Number of the newest attempt known at the task of an attempt. */
    OptionalInt newest(Attempt attempt) {
        return index.newest(attempt);
    }

    /** Attempts that were begun and have not ended: the last entry of each. */
    List<JournalEntry> unfinished() {
        return index.unfinished();
    }

    @Override
    public Recorded known(Attempt attempt) {
        return index.of(attempt);
    }

    @Override
    public Recorded upToDate(Attempt attempt) throws InterruptedException {
        follower.readUpToEnd(LIMIT);
        return index.of(attempt);
    }

    @Override
    public Recorded claim(Ready ready, long contextVersion) throws InterruptedException {
        var event = events.claimed(ready, contextVersion, claimed.incrementAndGet());
        var id = Events.entry(event).id();
        var before = new CompletableFuture<Recorded>();
        claims.put(id, before);
        try {
            producer.send(Topics.EXECUTION_JOURNAL, key(ready.attempt()), event, ready.trace())
                    .join();
            return before.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new KafkaException("the claim was not read back from the journal in time", e);
        } finally {
            claims.remove(id);
        }
    }

    @Override
    public void created(Ready ready, String runId, long contextVersion) {
        var attempt = ready.attempt();
        var _ = producer.send(
                        Topics.EXECUTION_JOURNAL,
                        key(attempt),
                        events.created(ready, runId, contextVersion),
                        ready.trace())
                .exceptionally(failure -> {
                    LOG.warnf(
                            failure,
                            "The run of an attempt was not journalled plan=%s task=%s attempt=%d",
                            attempt.plan(),
                            attempt.task(),
                            attempt.number());
                    return null;
                });
    }

    @Override
    public CompletableFuture<Void> finished(Finished finished, TraceContext trace) {
        return producer.send(Topics.EXECUTION_JOURNAL, key(finished.attempt()), Events.journalled(finished), trace);
    }

    @Override
    public Optional<Finished> earlier(Attempt attempt) {
        return index.earlier(attempt).flatMap(this::read);
    }

    @Override
    public Optional<Finished> read(Recorded.Finished place) {
        return places.read(place).flatMap(Events::finished);
    }

    @Override
    public void close() {
        follower.close();
        places.close();
    }

    private void apply(ConsumerRecord<byte[], byte[]> source) {
        if (source.value() == null) return;
        try {
            var entry = Events.entry(reader.read(source));
            var before = index.apply(entry, source.partition(), source.offset());
            if (entry.state() == JournalEntry.State.CLAIMED) {
                var waiting = claims.get(entry.id());
                if (waiting != null) waiting.complete(before);
            }
        } catch (EventReader.Undecodable e) {
            setAside(source, DeadLetters.UNDECODABLE, e);
        } catch (IllegalArgumentException e) {
            setAside(source, DeadLetters.INVALID, e);
        } catch (InterruptedException e) {
            throw new org.apache.kafka.common.errors.InterruptException(e);
        }
    }

    private void setAside(ConsumerRecord<byte[], byte[]> source, String reason, Exception cause) {
        LOG.warnf("A journal record was set aside partition=%d offset=%d", source.partition(), source.offset());
        producer.deadLetter(source, reason, String.valueOf(cause.getMessage())).join();
    }

    private static String key(Attempt attempt) {
        return EventKeys.attempt(attempt.plan(), attempt.task(), attempt.number());
    }
}
