package io.taskweaver.topics.connection;

import io.taskweaver.topics.RegistryOutage;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a loop does that tries again until Kafka or the registry can be used: pauses that grow, and one line in the log
 * whenever the reason changes, however long it lasts and however often it is tried.
 */
public final class Retries {
    private static final Duration SHORTEST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Duration REMINDER = Duration.ofMinutes(5);
    /** Without a failure for so long, the trouble is over, although nobody may have said so. */
    private static final Duration QUIET = Duration.ofSeconds(30);

    private final Logger log;
    private final String who;
    private final ClusterSettings cluster;

    // Guarded by this.
    private @Nullable String kind;
    private @Nullable String reason;
    private long toldAt;
    private long failedAt;
    private Duration next = SHORTEST;

    /**
     * @param owner in whose name is logged
     * @param who tries, e.g. {@code planner}
     */
    public Retries(Class<?> owner, String who, ClusterSettings cluster) {
        this.log = LoggerFactory.getLogger(owner);
        this.who = who;
        this.cluster = cluster;
    }

    /** Takes note of a failure: in words where they are known, else with its trace. May look at the listener, for seconds. */
    public void failed(Throwable failure) {
        var known = isOfRegistry(failure)
                ? Optional.of(RegistryDiagnosis.explain(failure, cluster))
                : BrokerDiagnosis.known(failure, cluster);
        if (known.isPresent()) waitFor(known.get().toString());
        else if (!isNew(kindOf(failure))) return;
        else if (isOutageOfBroker(failure))
            tell(kindOf(failure), BrokerDiagnosis.explain(failure, cluster).toString());
        else {
            log.error("{} failed and tries again", who, failure);
            remember(kindOf(failure), String.valueOf(failure));
        }
    }

    /** Takes note of what is waited for, a sentence with the remedy. */
    public void waitFor(String sentence) {
        if (isNew(sentence)) tell(sentence, sentence);
    }

    /** Takes note that it works. */
    public synchronized void over() {
        if (kind != null) log.info("{} goes on", who);
        forget();
    }

    /** Why it waits; empty when it does not. */
    public synchronized Optional<String> reason() {
        forgetIfQuiet();
        return Optional.ofNullable(reason);
    }

    private static boolean isOfRegistry(Throwable failure) {
        return RegistryOutage.isBehind(failure) && !isOutageOfBroker(failure);
    }

    private static boolean isOutageOfBroker(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof RetriableException || cause instanceof java.util.concurrent.TimeoutException)
                return !(cause instanceof RegistryTimeout);
        return false;
    }

    private static String kindOf(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) root = root.getCause();
        return root.getClass().getName();
    }

    private synchronized boolean isNew(String what) {
        forgetIfQuiet();
        failedAt = System.nanoTime();
        return !what.equals(kind) || failedAt - toldAt > REMINDER.toNanos();
    }

    private void tell(String what, String sentence) {
        log.warn("{} waits: {}", who, sentence);
        remember(what, sentence);
    }

    private synchronized void remember(String what, String sentence) {
        kind = what;
        reason = sentence;
        toldAt = System.nanoTime();
    }

    private synchronized void forgetIfQuiet() {
        if (kind != null && System.nanoTime() - failedAt > QUIET.toNanos()) forget();
    }

    private synchronized void forget() {
        kind = null;
        reason = null;
        next = SHORTEST;
    }

    /** Waits, each time twice as long as before, for 5 s at most. */
    public void pause() throws InterruptedException {
        Duration now;
        synchronized (this) {
            now = next;
            var doubled = next.multipliedBy(2);
            next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        }
        Thread.sleep(now);
    }
}
