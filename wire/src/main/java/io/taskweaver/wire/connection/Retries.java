package io.taskweaver.wire.connection;

import io.taskweaver.wire.RegistryOutage;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
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
    private final BiFunction<Throwable, ClusterSettings, ConnectionProblem> outage;

    // Guarded by this.
    private @Nullable String kind;
    private @Nullable String reason;
    private long claims;
    private long toldAt;
    private long failedAt;
    private Duration next = SHORTEST;

    /**
     * @param owner in whose name is logged
     * @param who tries, e.g. {@code planner}
     */
    public Retries(Class<?> owner, String who, ClusterSettings cluster) {
        this(owner, who, cluster, BrokerDiagnosis::explain);
    }

    /** @param outage looks for what is behind an outage of the broker */
    Retries(
            Class<?> owner,
            String who,
            ClusterSettings cluster,
            BiFunction<Throwable, ClusterSettings, ConnectionProblem> outage) {
        this.log = LoggerFactory.getLogger(owner);
        this.who = who;
        this.cluster = cluster;
        this.outage = outage;
    }

    /**
     * Takes note of a failure: in words where they are known, else with its trace. May look at the listener, for seconds; of
     * many that fail together one looks, and what it finds is not said if all is well again by then.
     */
    public void failed(Throwable failure) {
        var known = isOfRegistry(failure)
                ? Optional.of(RegistryDiagnosis.explain(failure, cluster))
                : BrokerDiagnosis.known(failure, cluster);
        if (known.isPresent()) {
            waitFor(known.get().toString());
            return;
        }
        claim(kindOf(failure)).ifPresent(claim -> {
            if (isOutageOfBroker(failure)) lookFor(claim, failure);
            else fail(claim, failure);
        });
    }

    private void lookFor(long claim, Throwable failure) {
        try {
            tell(claim, outage.apply(failure, cluster).toString());
        } catch (RuntimeException e) {
            fail(claim, failure);
            throw e;
        }
    }

    private synchronized void fail(long claim, Throwable failure) {
        if (claim != claims) return;
        log.error("{} failed and tries again", who, failure);
        reason = String.valueOf(failure);
    }

    /** Takes note of what is waited for, a sentence with the remedy. */
    public void waitFor(String sentence) {
        claim(sentence).ifPresent(claim -> tell(claim, sentence));
    }

    /** Takes note that it works. */
    public synchronized void over() {
        if (reason != null) log.info("{} goes on", who);
        forget();
    }

    /** Why it waits; empty when it does not. */
    public synchronized Optional<String> reason() {
        forgetIfQuiet();
        return Optional.ofNullable(reason);
    }

    /** Whether the record that was worked on is not to blame: broker or registry cannot be reached, or refuse us. */
    public static boolean isOutage(Throwable failure) {
        if (RegistryOutage.isBehind(failure)) return true;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof RetriableException
                    || cause instanceof AuthenticationException
                    || cause instanceof AuthorizationException) return true;
        return false;
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

    /** Only whoever gets a number says why it waits: nobody else said the same lately, or is about to. */
    private synchronized OptionalLong claim(String what) {
        forgetIfQuiet();
        failedAt = System.nanoTime();
        if (what.equals(kind) && failedAt - toldAt <= REMINDER.toNanos()) return OptionalLong.empty();
        kind = what;
        toldAt = failedAt;
        return OptionalLong.of(++claims);
    }

    /** Says it, unless it works again or fails for another reason since it was claimed. */
    private synchronized void tell(long claim, String sentence) {
        if (claim != claims) return;
        log.warn("{} waits: {}", who, sentence);
        reason = sentence;
    }

    private synchronized void forgetIfQuiet() {
        if (kind != null && System.nanoTime() - failedAt > QUIET.toNanos()) forget();
    }

    private synchronized void forget() {
        kind = null;
        reason = null;
        claims++;
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
