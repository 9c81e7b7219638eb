package io.taskweaver.agents.codegen;

import io.github.resilience4j.core.IntervalFunction;
import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.RunListener;
import io.taskweaver.agents.http.HttpFailures;
import io.taskweaver.agents.http.Reply;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Polls all awaited runs with one poller: it lists the newest runs, a hundred at a time, and requests those that are on
 * no page individually. Without waiters it sends no requests.
 *
 * <p>The poller puts answers into the queues of waiters, which evaluate them on their own threads.
 */
final class RunWatcher implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RunWatcher.class.getName());
    /** How often a run may be unknown: a new one may take a moment to appear. */
    private static final int MISSES_ALLOWED = 5;
    /** Polls take at most this fraction of time, however long the lists are. */
    private static final int REST = 4;

    /** A message to a waiter. */
    private sealed interface Signal {
        record Message(Run run) implements Signal {}

        record Over(Outcome outcome) implements Signal {}
    }

    /** A waiter for a run. */
    private static final class Waiter {
        final String run;
        final LinkedBlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
        /** Accessed only by the poller. */
        @Nullable
        String status;

        int misses;
        long lastAsked;

        Waiter(String run) {
            this.run = run;
        }
    }

    private final CodegenSettings settings;
    private final CodegenHttp http;
    private final HttpFailures refusals;
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition somebodyWaits = lock.newCondition();
    private final Thread poller;
    private volatile boolean closed;
    private final IntervalFunction growing;
    private int failures;

    RunWatcher(CodegenSettings settings, CodegenHttp http, HttpFailures refusals) {
        this.settings = settings;
        this.http = http;
        this.refusals = refusals;
        this.growing = IntervalFunction.ofExponentialBackoff(
                Math.max(1, settings.polling().interval().toMillis()),
                2,
                settings.polling().longestPause().toMillis());
        this.poller = Thread.ofVirtual().name("runs-of-" + settings.name()).start(this::pollUntilClosed);
    }

    /** Waits until a run has ended; progress is reported on the calling thread. */
    Outcome await(String run, Duration limit, RunListener listener) throws InterruptedException {
        long deadline = System.nanoTime() + nanos(limit);
        var waiter = new Waiter(run);
        waiters.add(waiter);
        try {
            wake();
            while (!closed) {
                Signal signal = waiter.signals.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                switch (signal) {
                    case null -> {
                        return new Outcome.TimedOut("The run did not end within " + limit.toSeconds() + " s.", limit);
                    }
                    case Signal.Over over -> {
                        return over.outcome();
                    }
                    case Signal.Message heard -> {
                        var ending = settings.statuses().ending(heard.run().status());
                        if (ending.isPresent()) return RunOutcome.of(heard.run(), ending.get());
                        if (!heard.run().status().isEmpty())
                            listener.active(heard.run().status());
                    }
                }
            }
            return stopped();
        } finally {
            waiters.remove(waiter);
        }
    }

    private static Outcome.Interrupted stopped() {
        return new Outcome.Interrupted("The agent's client was closed while the run continued.", true);
    }

    private void wake() {
        lock.lock();
        try {
            somebodyWaits.signal();
        } finally {
            lock.unlock();
        }
    }

    private void pollUntilClosed() {
        try {
            while (!closed) {
                awaitWaiter();
                long begun = System.nanoTime();
                Duration pause = pollSafely();
                long took = System.nanoTime() - begun;
                long rest = Math.max(nanos(pause) - took, took * REST);
                TimeUnit.NANOSECONDS.sleep(rest);
            }
        } catch (InterruptedException e) {
            // closed: no waiters left
        }
    }

    /** Current waiters get the error; later ones are polled for as usual. */
    private Duration pollSafely() throws InterruptedException {
        try {
            return poll();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "Polling failed agent=" + settings.name(), e);
            waiters.forEach(waiter -> waiter.signals.add(new Signal.Over(
                    new Outcome.InfraFailed("Polling failed with an internal error; see the log: " + e))));
            return settings.polling().longestPause();
        }
    }

    private void awaitWaiter() throws InterruptedException {
        lock.lock();
        try {
            while (waiters.isEmpty()) somebodyWaits.await();
        } finally {
            lock.unlock();
        }
    }

    /** Polls all awaited runs once and informs the waiters; returns the pause. */
    private Duration poll() throws InterruptedException {
        Map<String, List<Waiter>> missing =
                new HashMap<>(waiters.stream().collect(Collectors.groupingBy(waiter -> waiter.run)));
        var polling = settings.polling();
        for (int page = 0; page < polling.pages() && !missing.isEmpty(); page++) {
            Reply reply = http.list(page * polling.pageSize(), polling.pageSize());
            if (reply instanceof Reply.TooLong) break; // one by one they may fit
            if (!(reply instanceof Reply.Done done)) return afterFailure(reply);
            int items = 0;
            for (var item : done.body().path("items")) {
                items++;
                Run.of(item, settings.attemptKey()).ifPresent(run -> notifyWaiters(missing.remove(run.id()), run));
            }
            if (items < polling.pageSize()) break;
        }
        List<Waiter> unlisted = missing.values().stream()
                .map(List::getFirst)
                .sorted(Comparator.comparingLong((Waiter waiter) -> waiter.lastAsked))
                .limit(polling.singles())
                .toList();
        for (Waiter waiter : unlisted) {
            waiter.lastAsked = System.nanoTime();
            Reply reply = http.get(settings.paths().get(), waiter.run);
            if (!hear(reply, waiter, missing.getOrDefault(waiter.run, List.of()))) return afterFailure(reply);
        }
        failures = 0;
        return polling.interval();
    }

    /** Handles the answer about one run; false if it contains nothing about it. */
    private boolean hear(Reply reply, Waiter asked, List<Waiter> same) {
        switch (reply) {
            case Reply.Done done ->
                Run.of(done.body(), settings.attemptKey()).ifPresent(run -> notifyWaiters(same, run));
            case Reply.TooLong tooLong -> over(same, new Outcome.TaskFailed(tooLong.message("The answer")));
            case Reply.Refused refused
            when refused.status() == 404 -> {
                if (++asked.misses > MISSES_ALLOWED)
                    over(same, new Outcome.InfraFailed("The service does not know the run: " + refused.message()));
            }
            case Reply.Refused _, Reply.Unsent _, Reply.Lost _ -> {
                return false;
            }
        }
        return true;
    }

    private void notifyWaiters(@Nullable List<Waiter> concerned, Run run) {
        if (concerned == null) return;
        for (Waiter waiter : concerned) {
            waiter.misses = 0;
            if (run.status().equals(waiter.status)) continue;
            waiter.status = run.status();
            waiter.signals.add(new Signal.Message(run));
        }
    }

    private static void over(Iterable<Waiter> concerned, Outcome outcome) {
        concerned.forEach(waiter -> waiter.signals.add(new Signal.Over(outcome)));
    }

    /** Runs continue even if they are not visible, so every failure but wrong credentials is waited out. */
    private Duration afterFailure(Reply reply) {
        failures++;
        Duration pause = Duration.ofMillis(growing.apply(failures + 1));
        if (reply instanceof Reply.Refused refused) {
            if (refused.status() == 401 || refused.status() == 403) over(waiters, refusals.whileRunning(refused));
            if (refused.retryAfter().isPresent())
                pause = longer(refused.retryAfter().get(), settings.polling().interval());
        }
        LOG.log(
                Level.WARNING,
                "Polling failed agent={0} failures={1} pauseMillis={2}",
                settings.name(),
                failures,
                pause.toMillis());
        return pause;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Durations beyond a century are one. */
    private static long nanos(Duration duration) {
        Duration century = Duration.ofDays(36_500);
        return (duration.compareTo(century) < 0 ? duration : century).toNanos();
    }

    @Override
    public void close() {
        closed = true;
        poller.interrupt();
        over(waiters, stopped());
    }
}
