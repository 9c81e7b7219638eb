package io.taskweaver.client;

import io.taskweaver.domain.plan.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one attempt. Each event says one thing; which comes first does not matter, and a repetition says
 * nothing new.
 *
 * @param number from 1
 * @param message its last sign of life
 */
public record AttemptView(
        int number,
        Optional<PlanEvent.Ready> ready,
        Optional<PlanEvent.Started> started,
        Optional<PlanEvent.Progressed> message,
        Optional<PlanEvent.Completed> completed,
        Optional<PlanEvent.Failed> failed,
        Optional<PlanEvent.Merged> merged,
        Optional<PlanEvent.Conflicted> conflicted) {

    /** An attempt of which nothing is known. */
    static AttemptView unknown(int number) {
        return new AttemptView(
                number,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** This attempt with what an event says; an equal one if that is nothing new. */
    AttemptView with(PlanEvent.OfAttempt event) {
        return switch (event) {
            case PlanEvent.Ready e
            when ready.isEmpty() -> copy(Optional.of(e), started, message, completed, failed, merged, conflicted);
            case PlanEvent.Started e
            when started.isEmpty() -> copy(ready, Optional.of(e), message, completed, failed, merged, conflicted);
            case PlanEvent.Progressed e
            when isNews(e) -> copy(ready, started, Optional.of(e), completed, failed, merged, conflicted);
            case PlanEvent.Completed e
            when completed.isEmpty() -> copy(ready, started, message, Optional.of(e), failed, merged, conflicted);
            case PlanEvent.Failed e
            when failed.isEmpty() -> copy(ready, started, message, completed, Optional.of(e), merged, conflicted);
            case PlanEvent.Merged e
            when merged.isEmpty() -> copy(ready, started, message, completed, failed, Optional.of(e), conflicted);
            case PlanEvent.Conflicted e
            when conflicted.isEmpty() -> copy(ready, started, message, completed, failed, merged, Optional.of(e));
            case PlanEvent.Ready ignored -> this;
            case PlanEvent.Started ignored -> this;
            case PlanEvent.Progressed ignored -> this;
            case PlanEvent.Completed ignored -> this;
            case PlanEvent.Failed ignored -> this;
            case PlanEvent.Merged ignored -> this;
            case PlanEvent.Conflicted ignored -> this;
        };
    }

    private boolean isNews(PlanEvent.Progressed e) {
        return message.isEmpty() || message.get().at().isBefore(e.at());
    }

    private AttemptView copy(
            Optional<PlanEvent.Ready> ready,
            Optional<PlanEvent.Started> started,
            Optional<PlanEvent.Progressed> message,
            Optional<PlanEvent.Completed> completed,
            Optional<PlanEvent.Failed> failed,
            Optional<PlanEvent.Merged> merged,
            Optional<PlanEvent.Conflicted> conflicted) {
        return new AttemptView(number, ready, started, message, completed, failed, merged, conflicted);
    }

    /** Whether it runs: begun and neither way ended. */
    public boolean isRunning() {
        return started.isPresent() && !isOver();
    }

    /** Whether it ended, well or not. */
    public boolean isOver() {
        return completed.isPresent() || failed.isPresent() || merged.isPresent() || conflicted.isPresent();
    }

    /** When it began, where that is known. */
    public Optional<Instant> startedAt() {
        return started.map(PlanEvent.Started::at);
    }

    /** What it cost, as far as its agent said. */
    public Usage usage() {
        return completed
                .map(PlanEvent.Completed::usage)
                .or(() -> failed.map(PlanEvent.Failed::usage))
                .orElse(Usage.NONE);
    }

    /** How long it took; zero while it is not over. */
    public Duration duration() {
        return completed
                .map(PlanEvent.Completed::duration)
                .or(() -> failed.map(PlanEvent.Failed::duration))
                .orElse(Duration.ZERO);
    }
}
