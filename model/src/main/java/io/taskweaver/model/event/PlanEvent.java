package io.taskweaver.model.event;

import io.taskweaver.model.Bytes;
import io.taskweaver.model.CodeRemote;
import io.taskweaver.model.CodeResult;
import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.Contract;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileConflict;
import io.taskweaver.model.Limits;
import io.taskweaver.model.PlanChange;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Preparation;
import io.taskweaver.model.RejectedResult;
import io.taskweaver.model.Rejection;
import io.taskweaver.model.Resolution;
import io.taskweaver.model.Submission;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something that happened to a plan; each record is named after its topic. Between topics there is no order: any may come
 * first.
 */
public sealed interface PlanEvent extends Event {
    Meta meta();

    default PlanId plan() {
        return meta().plan();
    }

    @Override
    default Instant at() {
        return meta().at();
    }

    default String eventId() {
        return meta().eventId();
    }

    /** Something that happened to one attempt at a task. */
    sealed interface OfAttempt extends PlanEvent {
        TaskId task();

        /** From 1: the fencing token. */
        int attempt();
    }

    /** What an attempt's ticket proves: that it was issued, its journal, its outcome. */
    sealed interface Ticketed extends OfAttempt {
        /** Name of the agent that runs it. */
        String agent();

        /** Proof that the planner issued the attempt. */
        Optional<String> ticket();
    }

    /** How an attempt ended. */
    sealed interface Outcome extends Ticketed {
        String executor();

        Usage usage();

        Instant startedAt();

        Duration duration();
    }

    /** How a plan was closed. */
    sealed interface End extends PlanEvent {
        /** Work nodes merged. */
        int done();

        /** Cost of all attempts, as far as their agents report it. */
        Usage usage();
    }

    /**
     * The plan was asked for.
     *
     * @param changes to make in the plan, in their order
     */
    record RequirementsSubmitted(Meta meta, Submission submission, List<PlanChange> changes) implements PlanEvent {
        public RequirementsSubmitted {
            if (!submission.plan().equals(meta.plan()))
                throw new IllegalArgumentException("a submission of " + submission.plan() + " for " + meta.plan());
            changes = List.copyOf(changes);
        }
    }

    /** What was submitted cannot become a plan. */
    record RequirementsRejected(Meta meta, List<Rejection> rejections) implements PlanEvent {
        public RequirementsRejected {
            rejections = List.copyOf(rejections);
        }
    }

    /** It became a plan; its nodes follow. */
    record PlanCreated(Meta meta, PlanSummary summary) implements PlanEvent {
        /** The same, of a plan whose options were changed. */
        public PlanCreated with(PlanOptions options) {
            return new PlanCreated(meta, summary.with(options));
        }
    }

    /**
     * One node of the plan.
     *
     * @param dependents titles of the tasks that wait for it, by id
     * @param position place in the plan's order, from 0
     */
    record TaskPlanned(Meta meta, Task task, Map<TaskId, String> dependents, int position) implements PlanEvent {
        public TaskPlanned {
            var titles = new LinkedHashMap<TaskId, String>();
            for (var dependent : task.unlocks())
                titles.put(dependent, dependents.getOrDefault(dependent, dependent.value()));
            dependents = Collections.unmodifiableMap(titles);
        }

        /** The titles by the ids' texts, in the plan's order. */
        public Map<String, String> dependentTitles() {
            var titles = new LinkedHashMap<String, String>();
            dependents.forEach((dependent, title) -> titles.put(dependent.value(), title));
            return titles;
        }
    }

    /** A contract was asked for. */
    record ComponentSpecified(Meta meta, ComponentSpec spec) implements PlanEvent {}

    /**
     * A contract is there.
     *
     * @param task contract node that it satisfies
     */
    record ContractPublished(Meta meta, TaskId task, Contract contract) implements PlanEvent {}

    /**
     * An attempt may begin.
     *
     * @param timeout wall time the attempt may take
     * @param urgency longest path to the plan's end, minutes; higher goes first
     * @param feedback why the previous attempt failed, or a person's answer, for the prompt
     * @param reissued whether the attempt was issued before: its journal must be read up to date first
     * @param verify command that has to succeed before the result counts
     * @param ticket proof that the planner ordered this attempt
     * @param preparation what each work tree gets besides the code; empty for nothing
     * @param sandboxed whether its commands run in a sandbox or not at all
     * @param remote repository that an agent of a service works on; empty if its prompt has the code
     * @param rejected result of the task that a person rejected last, for the prompt; empty if nobody did
     */
    record TaskReady(
            Meta meta,
            TaskId task,
            int attempt,
            String agent,
            Duration timeout,
            long urgency,
            Optional<String> feedback,
            boolean reissued,
            Optional<String> verify,
            Optional<String> ticket,
            Optional<Preparation> preparation,
            boolean sandboxed,
            Optional<CodeRemote> remote,
            Optional<RejectedResult> rejected)
            implements Ticketed {
        public TaskReady {
            checkAttempt(attempt);
            if (!timeout.isPositive()) throw new IllegalArgumentException("timeoutMillis must be positive: " + timeout);
        }
    }

    /**
     * An executor runs the attempt.
     *
     * @param query the prompt
     * @param sandbox what its commands run in, or {@code none: } and the reason; empty if it has no commands
     */
    record TaskStarted(
            Meta meta,
            TaskId task,
            int attempt,
            String executor,
            String agent,
            String query,
            int queryTokens,
            Optional<String> sandbox)
            implements OfAttempt {
        public TaskStarted {
            checkAttempt(attempt);
        }
    }

    /**
     * A sign of life.
     *
     * @param agentRun the agent's own id of the run, once known
     */
    record TaskProgressed(
            Meta meta, TaskId task, int attempt, String executor, Optional<String> agentRun, String message)
            implements OfAttempt {
        public TaskProgressed {
            checkAttempt(attempt);
        }
    }

    /**
     * The attempt succeeded.
     *
     * @param code what it made; empty if it changed nothing
     * @param failures those that the plan's command reports all the same, as far as they are recognised
     */
    record TaskCompleted(
            Meta meta,
            TaskId task,
            int attempt,
            String executor,
            String agent,
            Optional<String> agentRun,
            String summary,
            Optional<CodeResult> code,
            List<String> links,
            Usage usage,
            Instant startedAt,
            Duration duration,
            Optional<String> ticket,
            List<String> failures)
            implements Outcome {
        public TaskCompleted {
            checkAttempt(attempt);
            links = List.copyOf(links);
            failures = List.copyOf(failures);
        }

        /** The same without the paths that it changed, for those who keep many. */
        public TaskCompleted withoutChanges() {
            return new TaskCompleted(
                    meta,
                    task,
                    attempt,
                    executor,
                    agent,
                    agentRun,
                    summary,
                    code.map(CodeResult::withoutChanges),
                    links,
                    usage,
                    startedAt,
                    duration,
                    ticket,
                    failures);
        }
    }

    /**
     * The attempt ended without success.
     *
     * @param hint what to do about it
     * @param retryAt when the agent says that it may be tried again
     * @param runGoesOn whether the agent's run could not be stopped
     * @param failures those that the plan's command reports, as far as they are recognised
     */
    record TaskFailed(
            Meta meta,
            TaskId task,
            int attempt,
            String executor,
            String agent,
            Optional<String> agentRun,
            Failure failure,
            String reason,
            Optional<String> hint,
            Optional<Instant> retryAt,
            boolean runGoesOn,
            Usage usage,
            Instant startedAt,
            Duration duration,
            Optional<String> ticket,
            List<String> failures)
            implements Outcome {
        public TaskFailed {
            checkAttempt(attempt);
            failures = List.copyOf(failures);
        }
    }

    /**
     * The result is part of the plan's code.
     *
     * @param contextVersion version that it made
     * @param commit head of the plan afterwards
     * @param parent head of the plan before; the same if nothing changed
     * @param tree tree of the head
     * @param changes paths that differ from the parent
     * @param united paths in which blocks of several tasks were united, with the name of the rule
     */
    record ContextMerged(
            Meta meta,
            TaskId task,
            int attempt,
            long contextVersion,
            String commit,
            String parent,
            String tree,
            List<EntryChange> changes,
            List<String> united)
            implements OfAttempt {
        public ContextMerged {
            checkAttempt(attempt);
            changes = List.copyOf(changes);
            united = List.copyOf(united);
        }

        /** Paths that it changed. */
        public List<String> paths() {
            return changes.stream().map(EntryChange::path).toList();
        }
    }

    /**
     * The result contradicts what is merged.
     *
     * @param reason how the plan's command fails with it, if its files do not conflict
     * @param refused why what a person settled the task with cannot be merged, if the attempt is that; then the task is where
     *     it was before, and what conflicts is the result that the person was to settle
     * @param commit the result that conflicts; empty if there is none, or an earlier version said it
     */
    record MergeConflicted(
            Meta meta,
            TaskId task,
            int attempt,
            List<FileConflict> conflicts,
            Optional<String> reason,
            Optional<String> refused,
            Optional<String> commit)
            implements OfAttempt {
        public MergeConflicted {
            checkAttempt(attempt);
            conflicts = List.copyOf(conflicts);
        }
    }

    /**
     * Results wait to be verified together before they are merged.
     *
     * @param task node that is to do it
     * @param commit head of the plan with these results
     * @param results tasks that they come from, in the order in which they would be merged
     */
    record VerificationRequested(Meta meta, TaskId task, String commit, List<TaskId> results) implements PlanEvent {
        public VerificationRequested {
            results = List.copyOf(results);
        }
    }

    /** A person approved a result: it may be merged. */
    record ResultApproved(Meta meta, TaskId task, int attempt) implements OfAttempt {
        public ResultApproved {
            checkAttempt(attempt);
        }
    }

    /**
     * A result is given up: it conflicts and nobody brings it in any more, or a person rejected it.
     *
     * @param rejection why a person rejected it; empty if nobody did
     */
    record ResultWithdrawn(Meta meta, TaskId task, int attempt, Optional<String> rejection) implements OfAttempt {
        public ResultWithdrawn {
            checkAttempt(attempt);
        }
    }

    /**
     * A person settled a task.
     *
     * @param attempt attempt that the person's result counts as; the one before is settled
     */
    record TaskResolved(Meta meta, TaskId task, int attempt, Resolution resolution) implements OfAttempt {
        public TaskResolved {
            checkAttempt(attempt);
        }
    }

    /** A user gave a command. */
    record PlanCommand(Meta meta, Command command) implements PlanEvent {}

    /**
     * How the plan stands, by its planner.
     *
     * @param waiting tasks that wait for a person, by what they ask
     * @param warning what the user should know at once
     */
    record PlanStanding(
            Meta meta,
            Optional<Pause> pause,
            Map<TaskId, String> waiting,
            Usage usage,
            Limits limits,
            Optional<String> warning)
            implements PlanEvent {
        public PlanStanding {
            waiting = Collections.unmodifiableMap(new LinkedHashMap<>(waiting));
        }
    }

    /**
     * Everything is merged.
     *
     * @param retried attempts beyond the first
     */
    record PlanCompleted(Meta meta, int done, int retried, Instant startedAt, Usage usage) implements End {}

    /**
     * No further progress is possible.
     *
     * @param failed tasks that were given up
     * @param blocked tasks that wait for one of them
     * @param retried attempts beyond the first
     */
    record PlanFailed(
            Meta meta, String reason, int done, List<TaskId> failed, List<TaskId> blocked, int retried, Usage usage)
            implements End {
        public PlanFailed {
            failed = List.copyOf(failed);
            blocked = List.copyOf(blocked);
        }
    }

    /** A user cancelled it. */
    record PlanCancelled(Meta meta, String reason, int done, Usage usage) implements End {}

    /**
     * How far an attempt has come, by its executor.
     *
     * @param agentRun the agent's own id of the run, once known
     * @param contextVersion version of the merged context that the agent was given
     * @param completed the outcome, if it succeeded
     * @param failed the outcome, if it did not
     */
    record ExecutionJournal(
            Meta meta,
            TaskId task,
            int attempt,
            State state,
            String executor,
            String agent,
            Optional<String> agentRun,
            Optional<RunPlace> place,
            long contextVersion,
            Optional<String> ticket,
            Optional<TaskCompleted> completed,
            Optional<TaskFailed> failed)
            implements Ticketed {

        /**
         * Where a run is that only executors on one machine can continue.
         *
         * @param machine id of the machine
         * @param partition of {@code task-ready} with the issued attempt
         * @param offset of the issued attempt in that partition
         */
        public record RunPlace(String machine, int partition, long offset) {}

        /** How far an attempt has come. */
        public enum State {
            CLAIMED,
            CREATED,
            FINISHED
        }

        public ExecutionJournal {
            checkAttempt(attempt);
            if (state == State.CREATED && agentRun.isEmpty())
                throw new IllegalArgumentException("a journal entry CREATED names no run");
            if (state == State.FINISHED && completed.isEmpty() && failed.isEmpty())
                throw new IllegalArgumentException("a journal entry FINISHED has no outcome");
        }

        /** The outcome, if it has one. */
        public Optional<Outcome> outcome() {
            return completed.<Outcome>map(each -> each).or(() -> failed);
        }
    }

    /**
     * A part of a Git pack with code of the plan.
     *
     * @param commit commit that the pack completes: who has it needs no part of the pack
     * @param root whether it is the code that the plan starts from: its parents are not part of the plan's code
     * @param pack SHA-1 of the pack, in hexadecimal digits
     * @param part from 0
     * @param parts number of parts
     */
    record CodeObjects(Meta meta, String commit, boolean root, String pack, int part, int parts, Bytes content)
            implements PlanEvent {
        private static final Pattern OBJECT = Pattern.compile("[0-9a-f]{40}");

        public CodeObjects {
            if (part < 0 || part >= parts) throw new IllegalArgumentException("part " + part + " of " + parts);
            for (var name : List.of(commit, pack))
                if (!OBJECT.matcher(name).matches())
                    throw new IllegalArgumentException("no name of an object: " + name);
        }
    }

    /**
     * The plan had ended, and was written into an archive; what is kept of it is removed.
     *
     * @param end how it had ended, in one word
     * @param digest SHA-256 of the archive, in hexadecimal digits
     */
    record PlanArchived(Meta meta, String title, String end, String digest) implements PlanEvent {}

    /** A user's command to the contexts of the plan. */
    record ContextCommand(Meta meta, ContextChange command) implements PlanEvent {}

    /**
     * A part of what an attempt printed, without secrets.
     *
     * @param readSince when the executor began to read the output; one that goes on with the work of another one reads
     *     it from its beginning
     * @param position characters that came before this part, those that were left out included
     * @param text as it was printed, control characters included
     * @param last whether nothing follows
     */
    record TaskOutput(
            Meta meta,
            TaskId task,
            int attempt,
            String executor,
            OutputSource source,
            Instant readSince,
            long position,
            String text,
            boolean last)
            implements OfAttempt {
        public TaskOutput {
            checkAttempt(attempt);
            if (position < 0) throw new IllegalArgumentException("positions count from 0: " + position);
        }

        /** Position of what comes after it. */
        public long end() {
            return position + text.length();
        }
    }

    private static void checkAttempt(int attempt) {
        if (attempt < 1) throw new IllegalArgumentException("attempts count from 1: " + attempt);
    }
}
