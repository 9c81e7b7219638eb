package io.taskweaver.scheduling.projection;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.taskweaver.model.CodeResult;
import io.taskweaver.model.Usage;
import io.taskweaver.model.Verifications;
import io.taskweaver.model.event.Failure;
import io.taskweaver.model.event.PlanEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of one attempt. Each event says one thing; which comes first does not matter, and a repetition says
 * nothing new.
 *
 * @param number from 1
 * @param message its last sign of life
 * @param completed its outcome without the files, which are in the merged context
 */
@RecordBuilder
@RecordBuilder.Options(enableWither = false)
public record AttemptView(
        int number,
        Optional<PlanEvent.TaskReady> ready,
        Optional<PlanEvent.TaskStarted> started,
        Optional<PlanEvent.TaskProgressed> message,
        Optional<PlanEvent.TaskCompleted> completed,
        Optional<PlanEvent.TaskFailed> failed,
        Optional<PlanEvent.ContextMerged> merged,
        Optional<PlanEvent.MergeConflicted> conflicted,
        Optional<PlanEvent.ResultApproved> approved,
        Optional<PlanEvent.ResultWithdrawn> withdrawn,
        Optional<PlanEvent.TaskResolved> resolved) {

    /** An attempt of which nothing is known. */
    static AttemptView unknown(int number) {
        return AttemptViewBuilder.builder().number(number).build();
    }

    /** This attempt with what an event says; an equal one if that is nothing new. */
    AttemptView with(PlanEvent.OfAttempt event) {
        var changed = AttemptViewBuilder.builder(this);
        switch (event) {
            case PlanEvent.TaskReady e -> changed.ready(earlier(ready, e));
            case PlanEvent.TaskStarted e -> changed.started(isTakenOver(e) ? Optional.of(e) : started);
            case PlanEvent.TaskProgressed e -> changed.message(isNews(e) ? Optional.of(e) : message);
            case PlanEvent.TaskCompleted e -> changed.completed(completed.or(() -> Optional.of(e.withoutChanges())));
            case PlanEvent.TaskFailed e -> changed.failed(failed.or(() -> Optional.of(e)));
            case PlanEvent.ContextMerged e -> changed.merged(merged.or(() -> Optional.of(e)));
            case PlanEvent.MergeConflicted e -> changed.conflicted(counting(e));
            case PlanEvent.ResultApproved e -> changed.approved(earlier(approved, e));
            case PlanEvent.ResultWithdrawn e -> changed.withdrawn(earlier(withdrawn, e));
            case PlanEvent.TaskResolved e -> changed.resolved(earlier(resolved, e));
            case PlanEvent.ExecutionJournal _, PlanEvent.TaskOutput _ -> {}
        }
        return changed.build();
    }

    /** That a person's resolution was refused counts only while the plan is open, and is told again once it is again. */
    private Optional<PlanEvent.MergeConflicted> counting(PlanEvent.MergeConflicted e) {
        return conflicted
                .filter(known -> known.refused().isEmpty()
                        || e.refused().isEmpty()
                        || !known.at().isBefore(e.at()))
                .or(() -> Optional.of(e));
    }

    /** What follows from a command is told again, at a later time, when the command comes again. */
    private static <E extends PlanEvent> Optional<E> earlier(Optional<E> known, E event) {
        return known.filter(first -> !first.at().isAfter(event.at())).or(() -> Optional.of(event));
    }

    /** After an executor's death, another one starts the same attempt. */
    private boolean isTakenOver(PlanEvent.TaskStarted e) {
        return started.isEmpty() || started.get().at().isBefore(e.at());
    }

    private boolean isNews(PlanEvent.TaskProgressed e) {
        return message.isEmpty() || message.get().at().isBefore(e.at());
    }

    /** Whether it was stopped, not before a moment. */
    boolean isCancelledSince(Instant moment) {
        return failed.filter(
                        end -> end.failure() == Failure.CANCELLED && !end.at().isBefore(moment))
                .isPresent();
    }

    /** What its result lacks, each with the reason. */
    public List<String> leftOut() {
        return completed
                .flatMap(PlanEvent.TaskCompleted::code)
                .or(() -> resolved.flatMap(settled -> settled.resolution().code()))
                .map(CodeResult::leftOut)
                .orElse(List.of());
    }

    /** Whether it ended, well or not. */
    public boolean isOver() {
        return completed.isPresent()
                || failed.isPresent()
                || merged.isPresent()
                || conflicted.isPresent()
                || resolved.isPresent();
    }

    /** Who runs it, once an executor has it. */
    Optional<String> executor() {
        return started.map(PlanEvent.TaskStarted::executor).or(() -> message.map(PlanEvent.TaskProgressed::executor));
    }

    /** When the executor began, or the first that is known of it. */
    Instant startedAt() {
        return started.map(PlanEvent.TaskStarted::at).orElseGet(this::firstAt);
    }

    /** When the first thing happened that is known of it. */
    Instant firstAt() {
        return events().map(PlanEvent::at).min(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    }

    /** Its result; empty if it has none that is known, or it changed nothing. */
    public Optional<String> commit() {
        return completed
                .flatMap(PlanEvent.TaskCompleted::code)
                .or(() -> resolved.flatMap(event -> event.resolution().code()))
                .map(CodeResult::commit);
    }

    /** Why a person rejected its result; empty if nobody did. */
    public Optional<String> rejection() {
        return withdrawn.flatMap(PlanEvent.ResultWithdrawn::rejection);
    }

    /** When it ended; meaningful once it is over. */
    Instant endedAt() {
        return completed
                .<PlanEvent>map(event -> event)
                .or(() -> failed)
                .or(() -> resolved)
                .or(() -> conflicted)
                .or(() -> merged)
                .map(PlanEvent::at)
                .orElse(Instant.EPOCH);
    }

    /** What was known of it before a moment. */
    AttemptView before(Instant moment) {
        if (moment.equals(Instant.MAX)) return this;
        var earlier = unknown(number);
        for (var event : events().toList()) if (event.at().isBefore(moment)) earlier = earlier.with(event);
        return earlier;
    }

    private Stream<PlanEvent.OfAttempt> events() {
        return Stream.<Optional<? extends PlanEvent.OfAttempt>>of(
                        ready, started, message, completed, failed, merged, conflicted, approved, withdrawn, resolved)
                .flatMap(Optional::stream);
    }

    /** Its cost, as far as its agent reports it. */
    public Usage usage() {
        return completed
                .map(PlanEvent.TaskCompleted::usage)
                .or(() -> failed.map(PlanEvent.TaskFailed::usage))
                .orElse(Usage.NONE);
    }

    /** What failed, for a person: where the plan's command ran and failed, not the agent. */
    public static String what(PlanEvent.TaskFailed failure) {
        boolean verified = failure.agent().equals(Verifications.AGENT)
                ? failure.failure() == Failure.TASK_FAILED
                : !failure.failures().isEmpty();
        return verified ? "the verification failed" : failure.failure().words();
    }
}
