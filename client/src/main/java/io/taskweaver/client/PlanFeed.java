package io.taskweaver.client;

import io.taskweaver.events.ExecutorHeartbeat;
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
    private final Map<String, Executor> executors = new TreeMap<>();

    PlanFeed(EventFeed events) {
        this.events = events;
    }

    /** Waits for events; those that it hands out may repeat earlier ones, and between topics there is no order. */
    public List<PlanEvent> poll(Duration atMost) {
        var news = new ArrayList<PlanEvent>();
        for (var received : events.poll(atMost)) {
            if (received.topic().key() == Topic.Key.EXECUTOR) heard(received);
            else told(received).ifPresent(news::add);
        }
        return news;
    }

    /** What a record tells about its plan; one that can not be understood tells just that. */
    static Optional<PlanEvent> told(EventFeed.Received received) {
        if (received.problem().isPresent())
            return Optional.of(setAside(received, received.problem().get()));
        try {
            return received.event().flatMap(Translation::planEvent);
        } catch (IllegalArgumentException e) {
            return Optional.of(setAside(received, String.valueOf(e.getMessage())));
        }
    }

    private static PlanEvent setAside(EventFeed.Received received, String cause) {
        return new PlanEvent.SetAside(
                received.timestamp(), "client", received.topic().name(), "undecodable", cause);
    }

    private void heard(EventFeed.Received received) {
        if (received.event().orElse(null) instanceof ExecutorHeartbeat beat)
            executors.put(received.key(), Translation.executor(beat));
        else executors.remove(received.key());
    }

    /** The executors that were heard of lately. */
    public Collection<Executor> executors(Instant now) {
        return executors.values().stream()
                .filter(executor -> executor.isAlive(now))
                .toList();
    }

    /** Whether everything that had happened when the feed was opened has been handed out. */
    public boolean isCaughtUp() {
        return events.isCaughtUp();
    }

    @Override
    public void close() {
        events.close();
    }
}
