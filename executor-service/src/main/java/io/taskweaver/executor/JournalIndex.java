package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import io.taskweaver.domain.event.PlanEvent.ExecutionJournal;
import io.taskweaver.domain.event.PlanEvent.ExecutionJournal.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the journal says, of the newest attempt at each task: a fold over its records. One thread applies them, any may
 * ask.
 */
final class JournalIndex {
    private final Map<String, Known> newest = new ConcurrentHashMap<>();
    private final Map<Attempt, Begun> unfinished = new ConcurrentHashMap<>();

    /**
     * An attempt that was begun and has not ended.
     *
     * @param last last entry of it
     * @param run the agent's id of its run, if one is known
     */
    record Begun(ExecutionJournal last, Optional<String> run) {
        Attempt attempt() {
            return Attempt.of(last);
        }

        /** A claim does not say which run there is already. */
        private Begun then(Begun next) {
            return next.run.isPresent() ? next : new Begun(next.last, run);
        }
    }

    /** @param earlier where the end of the attempt before is, if that one ended */
    private record Known(int attempt, Recorded recorded, Optional<Recorded.Finished> earlier) {}

    /**
     * Applies a record.
     *
     * @param partition where it is
     * @param offset where it is
     * @return what was known of the attempt before
     */
    Recorded apply(ExecutionJournal entry, int partition, long offset) {
        var attempt = Attempt.of(entry);
        var known = newest.get(task(attempt));
        var before = recorded(attempt, known);
        if (entry.state() == State.FINISHED) unfinished.remove(attempt);
        else if (!(before instanceof Recorded.Finished || before instanceof Recorded.Superseded))
            unfinished.merge(attempt, new Begun(entry, entry.agentRun()), Begun::then);
        if (!(before instanceof Recorded.Superseded))
            newest.put(
                    task(attempt),
                    new Known(attempt.number(), after(before, entry, partition, offset), earlier(attempt, known)));
        return before;
    }

    /** What is known of an attempt. */
    Recorded of(Attempt attempt) {
        return recorded(attempt, newest.get(task(attempt)));
    }

    /** Attempts that were begun and have not ended, superseded ones too. */
    List<Begun> unfinished() {
        return List.copyOf(unfinished.values());
    }

    /** Where the end of the attempt before is; empty if that one did not end, or a newer one is known. */
    Optional<Recorded.Finished> earlier(Attempt attempt) {
        return earlier(attempt, newest.get(task(attempt)));
    }

    private static Optional<Recorded.Finished> earlier(Attempt attempt, @Nullable Known known) {
        if (known == null) return Optional.empty();
        if (known.attempt() == attempt.number()) return known.earlier();
        return known.attempt() == attempt.number() - 1 && known.recorded() instanceof Recorded.Finished finished
                ? Optional.of(finished)
                : Optional.empty();
    }

    /** Number of the newest attempt known at the task of an attempt. */
    OptionalInt newest(Attempt attempt) {
        var known = newest.get(task(attempt));
        return known == null ? OptionalInt.empty() : OptionalInt.of(known.attempt());
    }

    private static Recorded recorded(Attempt attempt, @Nullable Known known) {
        if (known == null || known.attempt() < attempt.number()) return new Recorded.Nothing();
        return known.attempt() > attempt.number() ? new Recorded.Superseded(known.attempt()) : known.recorded();
    }

    /** How far it has come never goes back, and the first claim's context and time stay. */
    private static Recorded after(Recorded before, ExecutionJournal entry, int partition, long offset) {
        if (entry.state() == State.FINISHED) return new Recorded.Finished(partition, offset);
        return switch (before) {
            case Recorded.Finished finished -> finished;
            case Recorded.Created created -> created;
            case Recorded.Claimed claimed ->
                entry.agentRun().isPresent()
                        ? new Recorded.Created(entry.agentRun().get(), entry.contextVersion(), claimed.since())
                        : new Recorded.Claimed(entry.executor(), claimed.contextVersion(), claimed.since());
            case Recorded.Nothing nothing -> first(entry);
            case Recorded.Superseded superseded -> superseded;
        };
    }

    private static Recorded first(ExecutionJournal entry) {
        return entry.agentRun().isPresent()
                ? new Recorded.Created(entry.agentRun().get(), entry.contextVersion(), entry.at())
                : new Recorded.Claimed(entry.executor(), entry.contextVersion(), entry.at());
    }

    private static String task(Attempt attempt) {
        return attempt.plan() + "/" + attempt.task();
    }
}
