package io.taskweaver.client;

import io.taskweaver.model.event.DeadLetter;
import io.taskweaver.model.event.Event;
import io.taskweaver.model.event.ExecutorHeartbeat;
import io.taskweaver.wire.DecodedRecord;
import io.taskweaver.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What happens to one plan, from its beginning on, and to the executors. For one thread. */
public final class PlanFeed implements AutoCloseable {
    private final EventFeed events;
    private final Map<String, ExecutorHeartbeat> executors = new TreeMap<>();

    PlanFeed(EventFeed events) {
        this.events = events;
    }

    /** Waits for events; those that it hands out may repeat earlier ones, and between topics there is no order. */
    public List<Event> poll(Duration atMost) {
        var news = new ArrayList<Event>();
        for (var received : events.poll(atMost)) {
            if (received.topic().key() == Topic.Key.EXECUTOR) heard(received);
            else reported(received).ifPresent(news::add);
        }
        return news;
    }

    /** What a record tells about its plan; one that cannot be understood tells just that. */
    static Optional<Event> reported(EventFeed.Received received) {
        return switch (received.reading()) {
            case DecodedRecord.Understood<?>(Event event) -> Optional.of(event);
            case DecodedRecord.Tombstone<?> ignored -> Optional.empty();
            case DecodedRecord.Refused<?> refused ->
                Optional.of(new DeadLetter(
                        "client",
                        refused.reason(),
                        refused.cause(),
                        received.topic().name(),
                        received.partition(),
                        received.offset(),
                        Optional.of(received.key()),
                        received.timestamp()));
        };
    }

    private void heard(EventFeed.Received received) {
        if (received.event().orElse(null) instanceof ExecutorHeartbeat heartbeat)
            executors.put(received.key(), heartbeat);
        else executors.remove(received.key());
    }

    /** The last heartbeat of each live executor. */
    public Collection<ExecutorHeartbeat> executors(Instant now) {
        return executors.values().stream()
                .filter(last -> last.isLive(last.at(), now))
                .toList();
    }

    /**
     * From now on, the feed is caught up when what has happened by now has been handed out. An event may overtake those
     * that led to it, which are on other topics: who has seen the end of a plan extends the feed, and catches up.
     *
     * @throws SystemUnavailable if the broker cannot be used
     */
    public void extend() {
        events.extend();
    }

    /** Whether everything that had happened when the feed was opened, or extended, has been handed out. */
    public boolean isCaughtUp() {
        return events.isCaughtUp();
    }

    @Override
    public void close() {
        events.close();
    }
}
