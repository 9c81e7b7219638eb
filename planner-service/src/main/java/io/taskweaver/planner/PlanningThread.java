package io.taskweaver.planner;

import io.taskweaver.domain.effort.Effort;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.Planning;
import io.taskweaver.domain.plan.Rejection;
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
 * Makes plans on a thread of its own, one after the other, so that the threads that order what is planned already go on
 * meanwhile. A computation is stopped at its time limit. One that does not let itself be stopped is given up some time
 * later, also if nobody waits for it any more: its thread is left behind, and another one makes the next plan.
 */
final class PlanningThread implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PlanningThread.class);
    private static final String LIMIT = "planning-limit";
    private static final String FAILED = "planning-failed";
    /** Enough for documents that nest as deeply as the parser lets them. */
    private static final long STACK_BYTES = 8L * 1024 * 1024;

    private final Duration limit;
    private final Duration grace;
    private final CurrentWork work;
    private final BlockingQueue<Attempt> queue = new LinkedBlockingQueue<>();

    // Guarded by this.
    private final Set<Thread> leftBehind = new HashSet<>();
    /** What a plan's count of starts came to when this process added its own. */
    private final Map<PlanId, Integer> unsettled = new HashMap<>();

    private @Nullable Thread worker;
    private @Nullable Attempt running;

    /**
     * @param limit how long a plan may take
     * @param grace how long a computation may go on after it was stopped
     * @param work is told what is planned
     */
    PlanningThread(Duration limit, Duration grace, CurrentWork work) {
        this.limit = limit;
        this.grace = grace;
        this.work = work;
    }

    /** A plan in the making. */
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

        /** What became of it, as soon as that is known. */
        Optional<Planning> result() {
            return Optional.ofNullable(result.getNow(null));
        }

        /** What became of it, if that is known within a time. */
        Optional<Planning> result(Duration within) throws InterruptedException {
            try {
                return Optional.of(result.get(within.toMillis(), TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                return Optional.empty();
            } catch (java.util.concurrent.ExecutionException e) {
                throw new IllegalStateException("results are never exceptional", e);
            }
        }

        /** Nobody waits for it any more. */
        void stop() {
            if (stopped) return;
            stoppedAt = System.nanoTime();
            stopped = true;
        }

        /** How long it took, or takes by now. */
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

    /**
     * Whether a plan's count of starts contains the one of this process, which lives, so that planning did not end it.
     */
    synchronized boolean isCounted(PlanId plan, int starts) {
        var own = unsettled.get(plan);
        return own != null && starts >= own;
    }

    /** This process added its start to a plan's count. */
    synchronized void counted(PlanId plan, int starts) {
        unsettled.put(plan, starts);
    }

    /** It is known what became of a plan. */
    synchronized void settled(PlanId plan) {
        unsettled.remove(plan);
    }

    /** Begins to make a plan, when those that were begun before are made. */
    synchronized Attempt begin(PlanId plan, Supplier<Planning> computation) {
        var attempt = new Attempt(plan, computation);
        queue.add(attempt);
        if (worker == null) startWorker();
        return attempt;
    }

    /** Whether anything is computed or waits to be, whoever began it, and has to be looked after. */
    synchronized boolean isBusy() {
        return running != null || !queue.isEmpty();
    }

    /** Gives up what is computed, whoever began it, if it goes on although it was stopped. */
    synchronized void giveUpOverdue() {
        var deaf = worker;
        var attempt = running;
        if (deaf == null || attempt == null) return;
        if (!attempt.hasRunFor(limit.plus(grace)) && !attempt.wasStoppedBefore(grace)) return;
        attempt.result.complete(new Planning.Rejected(List.of(tooLong())));
        leftBehind.add(deaf);
        work.giveUp(deaf);
        LOG.errorf(
                "planning does not stop, its thread is left behind plan=%s left=%d", attempt.plan, leftBehind.size());
        startWorker();
    }

    /** How many threads that were left behind have not ended yet. */
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
            LOG.infof("planning that was given up has ended left=%d", leftBehind.size());
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
            LOG.warnf("planning was stopped plan=%s limit=%s", attempt.plan, limit);
            return new Planning.Rejected(List.of(tooLong()));
        } catch (RuntimeException | Error e) {
            // Whatever it is, who handed it in gets an answer, and the next is planned.
            LOG.errorf(e, "planning failed plan=%s", attempt.plan);
            return new Planning.Rejected(List.of(failed(e)));
        } finally {
            attempt.endedAt = System.nanoTime();
        }
    }

    /** Whether there is no plan because of the planner rather than of what was handed in. */
    static boolean isFailure(Planning.Rejected rejected) {
        return rejected.rejections().stream()
                .map(Rejection::code)
                .anyMatch(code -> code.equals(LIMIT) || code.equals(FAILED));
    }

    private Rejection tooLong() {
        return new Rejection(
                LIMIT,
                "Planning takes longer than " + limit.toSeconds()
                        + " s, the limit taskweaver.planner.planning-limit, and was stopped.",
                "Submit the parts of the documents that belong together as separate plans, or raise the limit.",
                Optional.empty());
    }

    private static Rejection failed(Throwable thrown) {
        return switch (thrown) {
            case StackOverflowError e ->
                rejection(
                        "The documents nest more deeply than can be planned.",
                        "Write what is nested as headings and plain lists.");
            case OutOfMemoryError e ->
                rejection(
                        "Planning needs more memory than the planner has.",
                        "Submit the parts of the documents that belong together as separate plans, or give the planner"
                                + " more memory.");
            default ->
                rejection(
                        "The planner failed on this submission: "
                                + thrown.getClass().getSimpleName() + ".",
                        "This is a defect of TaskWeaver. The submission stays on its topic; please report it.");
        };
    }

    private static Rejection rejection(String message, String hint) {
        return new Rejection(FAILED, message, hint, Optional.empty());
    }
}
