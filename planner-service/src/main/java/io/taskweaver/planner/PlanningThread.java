package io.taskweaver.planner;

import io.taskweaver.model.PlanId;
import io.taskweaver.model.Rejection;
import io.taskweaver.model.effort.Effort;
import io.taskweaver.scheduling.planning.Planning;
import io.taskweaver.wire.CurrentWork;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Creates plans on a separate thread, one after the other, so that stream threads continue with existing plans. A
 * computation is stopped at its time limit. One that does not react is abandoned some time later, even if nobody waits
 * for it any more: its thread is left, and another one creates the next plan.
 */
final class PlanningThread implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PlanningThread.class);
    private static final String LIMIT = "planning-limit";
    private static final String FAILED = "planning-failed";
    /** Enough for the deepest nesting that the parser permits. */
    private static final long STACK_BYTES = 8L * 1024 * 1024;

    private final Duration limit;
    private final Duration grace;
    private final CurrentWork work;
    private final BlockingQueue<Attempt> queue = new LinkedBlockingQueue<>();

    // Guarded by this.
    private final Set<Thread> leftBehind = new HashSet<>();
    /** A plan's count of starts after this process added its own. */
    private final Map<PlanId, Integer> unsettled = new HashMap<>();

    private @Nullable Thread worker;
    private @Nullable Attempt running;

    /**
     * @param limit time limit of planning
     * @param grace how long a computation may continue after it was stopped
     * @param work is informed of the current work
     */
    PlanningThread(Duration limit, Duration grace, CurrentWork work) {
        this.limit = limit;
        this.grace = grace;
        this.work = work;
    }

    /** A plan that is being created. */
    static final class Attempt {
        private final PlanId plan;
        private final Supplier<Planning> computation;
        private final CompletableFuture<Planning> result = new CompletableFuture<>();
        private volatile boolean stopped;
        private volatile long stoppedAt;
        private volatile long startedAt;
        private volatile boolean started;
        private volatile long endedAt;

        private Attempt(PlanId plan, Supplier<Planning> computation) {
            this.plan = plan;
            this.computation = computation;
        }

        PlanId plan() {
            return plan;
        }

        /** The result, when it is available. */
        Optional<Planning> result() {
            return Optional.ofNullable(result.getNow(null));
        }

        /** The result, if it is available within a time. */
        Optional<Planning> result(Duration within) throws InterruptedException {
            try {
                return Optional.of(result.get(within.toMillis(), TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                return Optional.empty();
            } catch (java.util.concurrent.ExecutionException e) {
                throw new IllegalStateException("results are never exceptional", e);
            }
        }

        /** The result is no longer needed. */
        void stop() {
            if (stopped) return;
            stoppedAt = System.nanoTime();
            stopped = true;
        }

        /** Time taken so far. */
        Duration took() {
            if (!started) return Duration.ZERO;
            return Duration.ofNanos((endedAt == 0 ? System.nanoTime() : endedAt) - startedAt);
        }

        private boolean hasRunFor(Duration time) {
            return started && System.nanoTime() - startedAt > time.toNanos();
        }

        private boolean wasStoppedBefore(Duration time) {
            return stopped && System.nanoTime() - stoppedAt > time.toNanos();
        }
    }

    /** Whether a plan's count of starts includes this live process, so that planning did not kill it. */
    synchronized boolean isCounted(PlanId plan, int starts) {
        var own = unsettled.get(plan);
        return own != null && starts >= own;
    }

    /** Records that this process added its start to a plan's count. */
    synchronized void counted(PlanId plan, int starts) {
        unsettled.put(plan, starts);
    }

    /** The result of a planning is known. */
    synchronized void settled(PlanId plan) {
        unsettled.remove(plan);
    }

    /** Queues the planning of a submission. */
    synchronized Attempt begin(PlanId plan, Supplier<Planning> computation) {
        var attempt = new Attempt(plan, computation);
        queue.add(attempt);
        if (worker == null) startWorker();
        return attempt;
    }

    /** Whether a computation runs or is queued, of any processor, and must be supervised. */
    synchronized boolean isBusy() {
        return running != null || !queue.isEmpty();
    }

    /** Abandons the current computation, of any processor, if it continues after it was stopped. */
    synchronized void giveUpOverdue() {
        var deaf = worker;
        var attempt = running;
        if (deaf == null || attempt == null) return;
        if (!attempt.hasRunFor(limit.plus(grace)) && !attempt.wasStoppedBefore(grace)) return;
        attempt.result.complete(new Planning.Rejected(List.of(tooLong())));
        leftBehind.add(deaf);
        work.giveUp(deaf);
        LOG.errorf("Planning does not stop, its thread is abandoned plan=%s left=%d", attempt.plan, leftBehind.size());
        startWorker();
    }

    /** How many abandoned threads have not ended yet. */
    synchronized int leftBehind() {
        return leftBehind.size();
    }

    @Override
    public synchronized void close() {
        queue.forEach(Attempt::stop);
        if (running != null) running.stop();
        var last = worker;
        worker = null;
        if (last != null) last.interrupt();
    }

    private void startWorker() {
        running = null;
        worker = new Thread(null, this::work, "planning", STACK_BYTES);
        worker.setDaemon(true);
        worker.start();
    }

    private synchronized boolean isReplaced() {
        return worker != Thread.currentThread();
    }

    private synchronized void runs(@Nullable Attempt attempt) {
        if (!isReplaced()) running = attempt;
    }

    private synchronized void ended() {
        if (leftBehind.remove(Thread.currentThread()))
            LOG.infof("Abandoned planning has ended left=%d", leftBehind.size());
    }

    private void work() {
        try {
            while (!isReplaced()) {
                var attempt = queue.take();
                if (attempt.stopped) continue;
                runs(attempt);
                work.on("planning " + attempt.plan, () -> attempt.result.complete(made(attempt)));
                runs(null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended();
        }
    }

    private Planning made(Attempt attempt) {
        attempt.startedAt = System.nanoTime();
        attempt.started = true;
        try {
            return Effort.until(() -> attempt.stopped || attempt.hasRunFor(limit), attempt.computation);
        } catch (Effort.Stopped e) {
            LOG.warnf("Planning was stopped plan=%s limit=%s", attempt.plan, limit);
            return new Planning.Rejected(List.of(tooLong()));
        } catch (RuntimeException | Error e) {
            // After any failure the submitter gets an answer, and the next submission is planned.
            LOG.errorf(e, "Planning failed plan=%s", attempt.plan);
            return new Planning.Rejected(List.of(failed(e)));
        } finally {
            attempt.endedAt = System.nanoTime();
        }
    }

    /** Whether planning failed because of the planner rather than the submission. */
    static boolean isFailure(Planning.Rejected rejected) {
        return rejected.rejections().stream()
                .map(Rejection::code)
                .anyMatch(code -> code.equals(LIMIT) || code.equals(FAILED));
    }

    private Rejection tooLong() {
        return new Rejection(
                LIMIT,
                "Planning took longer than " + limit.toSeconds()
                        + " s (taskweaver.planner.planning-limit) and was stopped.",
                "Split the documents into several plans, or raise the limit.",
                Optional.empty());
    }

    private static Rejection failed(Throwable thrown) {
        return switch (thrown) {
            case StackOverflowError e ->
                rejection("The documents are nested too deeply.", "Use headings and flat lists instead of nesting.");
            case OutOfMemoryError e ->
                rejection(
                        "Planning needs more memory than the planner has.",
                        "Split the documents into several plans, or give the planner" + " more memory.");
            default ->
                rejection(
                        "Internal error while planning this submission: "
                                + thrown.getClass().getSimpleName() + ".",
                        "This is a defect of TaskWeaver; please report it. The submission remains on its topic.");
        };
    }

    private static Rejection rejection(String message, String hint) {
        return new Rejection(FAILED, message, hint, Optional.empty());
    }
}
