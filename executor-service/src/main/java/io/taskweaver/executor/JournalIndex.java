package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import io.taskweaver.model.event.PlanEvent.ExecutionJournal;
import io.taskweaver.model.event.PlanEvent.ExecutionJournal.State;
import io.taskweaver.model.event.PlanEvent.TaskFailed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Index of the journal, by the newest attempt at each task: a fold over its records. One thread applies records, any
 * thread may read.
 */
final class JournalIndex {
    private final Map<String, Known> newest = new ConcurrentHashMap<>();
    private final Map<Attempt, Begun> unfinished = new ConcurrentHashMap<>();

    /** Attempts that ended while their runs go on, which the next ones await. */
    private final Set<Attempt> goingOn = ConcurrentHashMap.newKeySet();

    /**
     * An attempt that was started and has not ended.
     *
     * @param last last entry
     * @param run the agent's id of its run, if one is known
     */
    record Begun(ExecutionJournal last, Optional<String> run) {
        Attempt attempt() {
            return Attempt.of(last);
        }

        /** A claim does not name an existing run. */
        private Begun then(Begun next) {
            return next.run.isPresent() ? next : new Begun(next.last, run);
        }
    }

    /** @param earlier position of the outcome of the previous attempt, if that one ended */
    private record Known(Attempt at, AttemptState recorded, Optional<AttemptState.Finished> earlier) {}

    /**
     * Applies a record.
     *
     * @param partition its partition
     * @param offset its offset
     * @return state of the attempt before the record
     */
    AttemptState apply(ExecutionJournal entry, int partition, long offset) {
        var attempt = Attempt.of(entry);
        var known = newest.get(task(attempt));
        var before = recorded(attempt, known);
        if (entry.state() == State.FINISHED) {
            if (ends(before, entry)) end(attempt, entry);
        } else if (counts(before, entry)) unfinished.merge(attempt, new Begun(entry, entry.agentRun()), Begun::then);
        if (!(before instanceof AttemptState.Superseded))
            newest.put(
                    task(attempt),
                    new Known(attempt, after(before, entry, partition, offset), earlier(attempt, known)));
        return before;
    }

    private void end(Attempt attempt, ExecutionJournal entry) {
        unfinished.remove(attempt);
        goingOn.removeIf(other -> task(other).equals(task(attempt)) && other.number() < attempt.number());
        if (entry.failed().filter(TaskFailed::runGoesOn).isPresent()) goingOn.add(attempt);
    }

    /**
     * Whether an end counts: a run of one machine is ended by the executor that has it, or by another one that knows the
     * last entry. One that gives up while the run is taken up does not.
     *
     * @param before state just before it
     */
    static boolean ends(AttemptState before, ExecutionJournal end) {
        return !(before instanceof AttemptState.Created run)
                || run.place().isEmpty()
                || run.executor().equals(end.executor())
                || continues(run, end);
    }

    /** Whether an entry that is no end says who has the attempt now. */
    private static boolean counts(AttemptState before, ExecutionJournal entry) {
        return switch (before) {
            case AttemptState.Finished _, AttemptState.Superseded _ -> false;
            case AttemptState.Created run -> run.place().isEmpty() || continues(run, entry);
            case AttemptState.Nothing _, AttemptState.Claimed _ -> true;
        };
    }

    /** State of an attempt. */
    AttemptState of(Attempt attempt) {
        return recorded(attempt, newest.get(task(attempt)));
    }

    /** Attempts that were started and have not ended, including superseded ones. */
    List<Begun> unfinished() {
        return List.copyOf(unfinished.values());
    }

    /** Attempts whose runs nobody awaits any more: they ended, or were never started and are superseded. */
    List<Attempt> over() {
        var over = new ArrayList<Attempt>();
        for (var known : newest.values()) {
            var last = known.at();
            for (int number = 1; number <= last.number(); number++) {
                var attempt = new Attempt(last.plan(), last.task(), number);
                boolean isEnded = number < last.number() || known.recorded() instanceof AttemptState.Finished;
                if (isEnded && !unfinished.containsKey(attempt) && !goingOn.contains(attempt)) over.add(attempt);
            }
        }
        return over;
    }

    /** Position of the outcome of the previous attempt; empty if that one did not end, or a newer one is known. */
    Optional<AttemptState.Finished> earlier(Attempt attempt) {
        return earlier(attempt, newest.get(task(attempt)));
    }

    private static Optional<AttemptState.Finished> earlier(Attempt attempt, @Nullable Known known) {
        if (known == null) return Optional.empty();
        if (known.at().number() == attempt.number()) return known.earlier();
        return known.at().number() == attempt.number() - 1 && known.recorded() instanceof AttemptState.Finished finished
                ? Optional.of(finished)
                : Optional.empty();
    }

    /** Number of the newest attempt known at the task of an attempt. */
    OptionalInt newest(Attempt attempt) {
        var known = newest.get(task(attempt));
        return known == null ? OptionalInt.empty() : OptionalInt.of(known.at().number());
    }

    private static AttemptState recorded(Attempt attempt, @Nullable Known known) {
        if (known == null || known.at().number() < attempt.number()) return new AttemptState.Nothing();
        return known.at().number() > attempt.number()
                ? new AttemptState.Superseded(known.at().number())
                : known.recorded();
    }

    /** The state never moves backwards, and context and time of the first claim are kept. */
    private static AttemptState after(AttemptState before, ExecutionJournal entry, int partition, long offset) {
        return switch (before) {
            case AttemptState.Finished finished -> finished;
            case AttemptState other
            when entry.state() == State.FINISHED && ends(other, entry) -> new AttemptState.Finished(partition, offset);
            case AttemptState.Created created when entry.state() == State.FINISHED -> created;
            case AttemptState.Created created
            when continues(created, entry) -> created(entry, created.runId(), created.since());
            case AttemptState.Created created -> created;
            case AttemptState.Claimed claimed ->
                entry.agentRun().isPresent()
                        ? created(entry, entry.agentRun().get(), claimed.since())
                        : new AttemptState.Claimed(entry.executor(), claimed.contextVersion(), claimed.since());
            case AttemptState.Nothing nothing -> first(entry);
            case AttemptState.Superseded superseded -> superseded;
        };
    }

    private static AttemptState created(ExecutionJournal entry, String run, Instant since) {
        return new AttemptState.Created(
                entry.executor(), run, entry.place(), entry.contextVersion(), since, entry.eventId());
    }

    /** Of several that take the same run up, the first does: the cause of the others is not the last entry any more. */
    private static boolean continues(AttemptState.Created run, ExecutionJournal entry) {
        return entry.meta().causationId().filter(run.entry()::equals).isPresent();
    }

    private static AttemptState first(ExecutionJournal entry) {
        return entry.agentRun().isPresent()
                ? created(entry, entry.agentRun().get(), entry.at())
                : new AttemptState.Claimed(entry.executor(), entry.contextVersion(), entry.at());
    }

    private static String task(Attempt attempt) {
        return attempt.plan() + "/" + attempt.task();
    }
}
