package io.taskweaver.wire.connection;

import io.github.resilience4j.core.IntervalFunction;
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
 * Retry policy of a loop until Kafka or the registry can be used: growing pauses, and one log line whenever the reason
 * changes, regardless of duration and number of retries.
 */
public final class Retries {
    private static final IntervalFunction PAUSES =
            IntervalFunction.ofExponentialBackoff(Duration.ofMillis(250), 2, Duration.ofSeconds(5));
    private static final Duration REMINDER = Duration.ofMinutes(5);
    /** After this time without a failure, the problem counts as resolved. */
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
    private int pauses;

    /**
     * @param owner class of the logger
     * @param who name for messages, e.g. {@code planner}
     */
    public Retries(Class<?> owner, String who, ClusterSettings cluster) {
        this(owner, who, cluster, BrokerDiagnosis::explain);
    }

    /** @param outage diagnoses an outage of the broker */
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
     * Logs a failure: its diagnosis if there is one, else its stack trace. May probe the listener for seconds; of many
     * concurrent failures one probes, and the result is not logged if the problem is resolved by then.
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
        log.error("{} failed and retries", who, failure);
        reason = String.valueOf(failure);
    }

    /** Logs what is waited for, a sentence with the remedy. */
    public void waitFor(String sentence) {
        claim(sentence).ifPresent(claim -> tell(claim, sentence));
    }

    /** Records that it works. */
    public synchronized void over() {
        if (reason != null) log.info("{} continues", who);
        forget();
    }

    /** Why it waits; empty if it does not. */
    public synchronized Optional<String> reason() {
        forgetIfQuiet();
        return Optional.ofNullable(reason);
    }

    /** Whether the failure is independent of the record: broker or registry are unreachable, or refuse this user. */
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

    /** A claim to log why it waits; empty if another thread logged the same recently, or is about to. */
    private synchronized OptionalLong claim(String what) {
        forgetIfQuiet();
        failedAt = System.nanoTime();
        if (what.equals(kind) && failedAt - toldAt <= REMINDER.toNanos()) return OptionalLong.empty();
        kind = what;
        toldAt = failedAt;
        return OptionalLong.of(++claims);
    }

    /** Logs it, unless the state changed since the claim. */
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
        pauses = 0;
    }

    /** Waits with a doubling pause, at most 5 s. */
    public void pause() throws InterruptedException {
        int number;
        synchronized (this) {
            number = ++pauses;
        }
        Thread.sleep(PAUSES.apply(number));
    }
}
