package io.taskweaver.model.event;

import io.taskweaver.model.Limits;
import io.taskweaver.model.OptionChanges;
import io.taskweaver.model.Resolution;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.TextLimits;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a user may tell a plan that is under way.
 *
 * @throws io.taskweaver.model.effort.LimitExceeded if a text is longer than a plan needs
 */
public sealed interface Command {
    /** Most text of an answer, characters. */
    int MAX_ANSWER = 4_000;

    /** In place of an attempt: the command is about none's result. */
    int NO_RESULT = 0;

    /** About one task, which has to be part of the plan. */
    sealed interface OfTask extends Command {
        TaskId task();
    }

    /** Ends the plan for good. */
    record CancelPlan(String reason) implements Command {
        public CancelPlan {
            TextLimits.check("reason", reason, TextLimits.SAID);
        }
    }

    /** Cancels a task; a running attempt is stopped. */
    record CancelTask(TaskId task, String reason) implements OfTask {
        public CancelTask {
            TextLimits.check("reason", reason, TextLimits.SAID);
        }
    }

    /** Starts no further task; running attempts continue. */
    record PausePlan(String reason) implements Command {
        public PausePlan {
            TextLimits.check("reason", reason, TextLimits.SAID);
        }
    }

    /** Holds a task until it is approved; a running attempt continues. */
    record PauseTask(TaskId task, String reason) implements OfTask {
        public PauseTask {
            TextLimits.check("reason", reason, TextLimits.SAID);
        }
    }

    /**
     * Resumes a paused plan.
     *
     * @param limits those that replace the plan's; its time counts from then
     */
    record ResumePlan(Limits limits) implements Command {}

    /** Gives a failed task further attempts; a plan that failed resumes with it. */
    record RetryTask(TaskId task) implements OfTask {}

    /**
     * Lets a task that waits for a person continue.
     *
     * @param answer text to add to the task's prompt
     * @param attempt attempt whose result is approved, so that a command that comes again approves no other;
     *     {@link #NO_RESULT} if the task is to start or to go on
     */
    record ApproveTask(TaskId task, Optional<String> answer, int attempt) implements OfTask {
        public ApproveTask {
            answer.ifPresent(text -> TextLimits.check("answer", text, MAX_ANSWER));
            if (attempt < NO_RESULT) throw new IllegalArgumentException("attempt: " + attempt);
        }

        /** Of a task that is to start or to go on. */
        public ApproveTask(TaskId task, Optional<String> answer) {
            this(task, answer, NO_RESULT);
        }
    }

    /**
     * Rejects a result that waits for review: the task has another attempt.
     *
     * @param reason for the prompt of that attempt
     * @param attempt attempt whose result is rejected
     */
    record RejectTask(TaskId task, String reason, int attempt) implements OfTask {
        public RejectTask {
            if (reason.isBlank()) throw new IllegalArgumentException("a rejection needs a reason");
            TextLimits.check("reason", reason, MAX_ANSWER);
            if (attempt <= NO_RESULT) throw new IllegalArgumentException("attempt: " + attempt);
        }
    }

    /**
     * Settles a task whose result conflicts, or that failed.
     *
     * @param attempt attempt that is settled: the one that conflicts or failed
     */
    record ResolveTask(TaskId task, int attempt, Resolution resolution) implements OfTask {
        public ResolveTask {
            if (attempt <= NO_RESULT) throw new IllegalArgumentException("attempt: " + attempt);
        }
    }

    /** Changes the plan's priority among other plans. */
    record ChangePriority(Task.Priority priority) implements Command {}

    /** Changes how the plan's further attempts are run. */
    record ChangeOptions(OptionChanges changes) implements Command {}
    /**
     * Removes a plan that has ended, and that was written into an archive.
     *
     * @param digest SHA-256 of the archive, in hexadecimal digits
     */
    record ArchivePlan(String digest) implements Command {
        private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

        public ArchivePlan {
            if (!DIGEST.matcher(digest).matches())
                throw new IllegalArgumentException("the digest of an archive has 64 hexadecimal digits");
        }
    }
}
