package io.taskweaver.executor;

import io.github.resilience4j.core.IntervalFunction;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.Outcome;
import io.taskweaver.executor.StopSignal.Stopped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Repeats a step of an attempt as long as it fails because of this machine's storage, such as a full disk. No agent is to
 * blame for that, and a result that was paid is still there: the attempt goes on with the same step when there is room
 * again. If this process does not live as long, the next one continues from the journal.
 */
final class StorageWait {
    private static final Logger LOG = Logger.getLogger(StorageWait.class);
    private static final IntervalFunction PAUSES =
            IntervalFunction.ofExponentialBackoff(Duration.ofSeconds(1), 2, Duration.ofMinutes(1));

    private final Attempt attempt;
    private final AttemptRun.Pause pause;
    private final StopSignal stop;
    private final ProgressReporter progress;

    StorageWait(Attempt attempt, AttemptRun.Pause pause, StopSignal stop, ProgressReporter progress) {
        this.attempt = attempt;
        this.pause = pause;
        this.stop = stop;
        this.progress = progress;
    }

    /** A step, which may be repeated. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException, InterruptedException, Stopped;
    }

    /** Repeats what answers with an outcome. */
    Outcome outcome(Work<? extends Outcome> work) throws IOException, InterruptedException, Stopped {
        return repeated(work::run, outcome -> ofStorage(Optional.of(outcome)));
    }

    /** Repeats what answers with an outcome only if it fails. */
    Optional<Outcome.Unsuccessful> failure(Work<Optional<Outcome.Unsuccessful>> work)
            throws IOException, InterruptedException, Stopped {
        return repeated(work, StorageWait::ofStorage);
    }

    /**
     * Repeats what throws.
     *
     * @param what begins what is said
     */
    <T> T stored(String what, Work<T> work) throws IOException, InterruptedException, Stopped {
        return this.<Attempted<T>>repeated(
                        () -> {
                            try {
                                return new Attempted.Done<>(work.run());
                            } catch (UncheckedIOException e) {
                                return Attempted.failed(what, new IOException(e));
                            } catch (IOException e) {
                                return Attempted.failed(what, e);
                            }
                        },
                        Attempted::failure)
                .value();
    }

    /** How a step that throws ended. */
    private sealed interface Attempted<T> {
        record Done<T>(T value) implements Attempted<T> {
            @Override
            public Optional<Outcome.InfraFailed> failure() {
                return Optional.empty();
            }
        }

        record Failed<T>(Outcome.InfraFailed outcome) implements Attempted<T> {
            @Override
            public Optional<Outcome.InfraFailed> failure() {
                return Optional.of(outcome);
            }

            @Override
            public T value() {
                throw new IllegalStateException("it is repeated");
            }
        }

        Optional<Outcome.InfraFailed> failure();

        T value();

        static <T> Attempted<T> failed(String what, IOException thrown) throws IOException {
            var outcome = Outcome.InfraFailed.of(what, thrown);
            if (outcome.storage().isEmpty()) throw thrown;
            return new Failed<>(outcome);
        }
    }

    /** The failure, if storage is its cause. */
    static Optional<Outcome.InfraFailed> ofStorage(Optional<? extends Outcome> outcome) {
        return outcome.filter(Outcome.InfraFailed.class::isInstance)
                .map(Outcome.InfraFailed.class::cast)
                .filter(failed -> failed.storage().isPresent());
    }

    private <T> T repeated(Work<? extends T> work, Function<T, Optional<Outcome.InfraFailed>> failure)
            throws IOException, InterruptedException, Stopped {
        for (int tries = 1; ; tries++) {
            T made = work.run();
            var failed = failure.apply(made);
            if (failed.isEmpty()) return made;
            pause(failed.get(), tries);
        }
    }

    /** Says what is wrong, and waits: the longer, the more often it was tried. */
    void pause(Outcome.InfraFailed failed, int tries) throws Stopped {
        var time = Duration.ofMillis(PAUSES.apply(tries));
        LOG.warnf(
                "An attempt waits for storage plan=%s task=%s attempt=%d tries=%d next=%ds why=%s",
                attempt.plan(), attempt.task(), attempt.number(), tries, time.toSeconds(), failed.reason());
        progress.blocked(failed.reason() + " The attempt goes on from here by itself, and no agent is paid again.");
        stop.interruptibly(() -> {
            pause.of(time);
            return true;
        });
    }
}
