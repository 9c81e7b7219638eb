package io.taskweaver.cli;

import io.taskweaver.cli.progress.ProblemText;
import io.taskweaver.cli.progress.Progress;
import io.taskweaver.cli.runtime.LocalRuntime;
import io.taskweaver.client.InvalidInput;
import io.taskweaver.client.SystemUnavailable;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.model.Plan;
import io.taskweaver.model.Submission;
import io.taskweaver.model.Verifications;
import io.taskweaver.model.event.Failure;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.reports.Measurement;
import io.taskweaver.scheduling.projection.OpenConflict;
import io.taskweaver.scheduling.projection.PlanView;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Messages, results and exit code at the end of a run. */
final class Conclusion {
    private final TaskWeaver system;
    private final Submission submission;
    private final Plan plan;
    private final PlanView view;
    private final Results results;
    private final Progress progress;
    private final CommandContext context;
    private final String systemArguments;
    private final NamedOptions named;
    private @Nullable LocalRuntime runtime;

    Conclusion(
            TaskWeaver system,
            Submission submission,
            Plan plan,
            PlanView view,
            Results results,
            Progress progress,
            CommandContext context,
            String systemArguments,
            NamedOptions named) {
        this.system = system;
        this.submission = submission;
        this.plan = plan;
        this.view = view;
        this.results = results;
        this.progress = progress;
        this.context = context;
        this.systemArguments = systemArguments;
        this.named = named;
    }

    /** The runtime whose log says why it died. */
    Conclusion withRuntime(LocalRuntime used) {
        runtime = used;
        return this;
    }

    int of(RunEnding ending) {
        return switch (ending) {
            case RunEnding.Closed closed -> closed(closed.wasClosedBefore());
            case RunEnding.Refused refused -> throw InvalidInput.of(refused.rejections());
            case RunEnding.Halted halted -> {
                finish();
                throw halted(halted.failure(), runtime != null && !runtime.wasStarted(), sameCommand());
            }
            case RunEnding.UsedUp used -> {
                finish();
                WaitingTasks.of(view, systemArguments).forEach(progress::note);
                throw new CommandFailure(
                        ExitCode.CREDENTIALS,
                        "The plan is paused. " + ProblemText.sentence(used.reason()),
                        "Run " + sameCommand() + " again with a higher limit (--budget, --token-budget, --deadline): it"
                                + " continues where it stopped.");
            }
            case RunEnding.WaitsForPerson() -> {
                finish();
                WaitingTasks.of(view, systemArguments).forEach(progress::note);
                progress.note(
                        "All that is left waits for you. Decide while the plan runs (taskweaver up keeps its runtime"
                                + " running), and run " + sameCommand() + " again: it continues where it stopped.");
                yield ExitCode.WAITS_FOR_PERSON;
            }
            case RunEnding.NoSuchAgent lacking -> throw noSuchAgent(lacking);
            case RunEnding.Interrupted interrupted -> {
                if (interrupted.historyRead()) {
                    finish();
                    WaitingTasks.of(view, systemArguments).forEach(progress::note);
                }
                var used = runtime;
                progress.note(
                        used == null || !used.wasStarted()
                                ? "Interrupted. The plan continues in its runtime. To stop it: taskweaver pause "
                                        + view.id()
                                        + systemArguments + "; to follow it: taskweaver watch " + view.id()
                                        + systemArguments + "."
                                : "Interrupted. To continue where it stopped, run " + sameCommand() + " again.");
                yield ExitCode.INTERRUPTED;
            }
            case RunEnding.Unknown() -> throw new IllegalStateException("a submitted plan is known");
            case RunEnding.RuntimeDied() -> throw runtimeDied();
        };
    }

    private int closed(boolean wasClosedBefore) {
        var end = view.end().orElseThrow();
        if (wasClosedBefore)
            progress.note("This plan is already " + word(end) + ". Nothing ran; its results are written again."
                    + (end instanceof PlanEvent.PlanCompleted
                            ? " To run it again as a new plan, use the same command with --again."
                            : ""));
        var missing = finish();
        RemoteOptions.cleanUp(view, progress::note);
        return switch (end) {
            case PlanEvent.PlanCompleted ignored -> {
                if (missing.isPresent())
                    throw new CommandFailure(
                            ExitCode.NO_RUNTIME,
                            "The plan is completed, but its merged files are missing from " + results + ". "
                                    + missing.get().getMessage(),
                            missing.get().hint() + "\nThen run " + sameCommand() + " again: it only fetches them.");
                yield ExitCode.DONE;
            }
            case PlanEvent.PlanFailed ignored -> {
                if (!OpenConflict.of(view).isEmpty())
                    progress.note(
                            "To settle a conflict yourself, while the plan's runtime runs (taskweaver up): taskweaver"
                                    + " conflicts " + view.id() + systemArguments + ".");
                // A plan starts from the code as it was: what is wrong with that, no retry mends.
                progress.note("Each failed attempt is in " + results
                        + "/report.md."
                        + (view.failed().contains(Verifications.BASE)
                                ? ""
                                : " Correct the causes. Then continue this plan with " + sameCommand()
                                        + " and --retry-failed, or make a new plan with --again."));
                yield ExitCode.PLAN_FAILED;
            }
            case PlanEvent.PlanCancelled ignored -> {
                progress.note("To make a new plan, use the same command with --again.");
                yield ExitCode.PLAN_FAILED;
            }
        };
    }

    /** The input alone does not lead back to a plan that --again made: its id does. */
    private String sameCommand() {
        return named.names().contains("--again")
                ? "the same command with --plan " + view.id() + " in place of --again,"
                : "the same command";
    }

    private static String word(PlanEvent.End end) {
        return switch (end) {
            case PlanEvent.PlanCompleted ignored -> "completed";
            case PlanEvent.PlanFailed ignored -> "failed";
            case PlanEvent.PlanCancelled ignored -> "cancelled";
        };
    }

    /** @return why merged files are missing from the results */
    private Optional<SystemUnavailable> finish() {
        // A plan that is continued keeps its options, whatever the command would give a new one.
        var made = view.created().isPresent() ? plan.with(view.options()) : plan;
        var missing = results.write(made, submission, view, system, progress);
        progress.over(view, Measurement.of(view, context.clock().instant()), results.toString());
        return missing;
    }

    /** Whether it has nothing to do with the agent. */
    private static boolean isOfPlan(Failure failure) {
        return failure == Failure.SETUP_FAILED || failure == Failure.REMOTE_FAILED;
    }

    /**
     * @param keepsRunning whether the executors keep their credentials until somebody restarts them
     * @param command what continues the plan
     */
    static CommandFailure halted(PlanEvent.TaskFailed failure, boolean keepsRunning, String command) {
        var hint = failure.hint()
                .orElse(
                        switch (failure.failure()) {
                            case REFUSED_CREDENTIALS -> "Set valid credentials of the agent.";
                            case SETUP_FAILED ->
                                "Make the set-up command succeed; if it is another command, run it as a new plan with"
                                        + " --again.";
                            case REMOTE_FAILED -> "Make the remote repository usable.";
                            default -> "Raise the budget at the agent's service.";
                        });
        return new CommandFailure(
                exitCode(failure.failure()),
                "The plan is paused"
                        + (isOfPlan(failure.failure()) ? "" : " (agent " + failure.agent() + ")")
                        + ": " + failure.failure().words() + ". " + ProblemText.sentence(failure.reason()),
                ProblemText.sentence(hint)
                        + (keepsRunning && failure.failure() == Failure.REFUSED_CREDENTIALS
                                ? "\nThen stop the runtime, which has the old ones: taskweaver down"
                                : "")
                        + "\nThen run " + command + " again: it continues where it stopped.");
    }

    /** Of a plan that is paused because of a failure. */
    static int exitCode(Failure failure) {
        return switch (failure) {
            case SETUP_FAILED -> ExitCode.PLAN_FAILED;
            case AGENT_NOT_CONFIGURED -> ExitCode.BAD_INPUT;
            default -> ExitCode.CREDENTIALS;
        };
    }

    private static CommandFailure noSuchAgent(RunEnding.NoSuchAgent lacking) {
        return new CommandFailure(
                ExitCode.BAD_INPUT,
                "No executor has the agent " + lacking.agent() + "; configured are: "
                        + String.join(", ", lacking.offered()) + ".",
                AgentChoice.howToAdd(lacking.agent()));
    }

    private CommandFailure runtimeDied() {
        var used = runtime;
        progress.over(view, Measurement.of(view, context.clock().instant()), "");
        var storage = Optional.ofNullable(used).flatMap(LocalRuntime::storageFailure);
        return new CommandFailure(
                ExitCode.NO_RUNTIME,
                "The runtime died"
                        + storage.map(failure -> ": " + failure.cause()).orElse("")
                        + ". Nothing that it confirmed is lost. Its log ends with:",
                used == null ? List.of() : used.log().complaint(),
                storage.map(failure -> failure.remedy() + " ").orElse("") + again(used));
    }

    private String again(@Nullable LocalRuntime used) {
        return "Run " + sameCommand() + " again: it continues where it stopped"
                + (systemArguments.isEmpty() ? "" : " (with" + systemArguments + ")") + "."
                + (used == null ? "" : " The log is " + used.log().file() + ".");
    }
}
