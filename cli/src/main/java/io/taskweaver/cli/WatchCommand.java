package io.taskweaver.cli;

import io.taskweaver.cli.progress.ProblemText;
import io.taskweaver.client.InvalidInput;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.reports.Measurement;
import io.taskweaver.scheduling.projection.PlanView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code taskweaver watch}: shows a plan that is under way. */
@Command(
        name = "watch",
        description = "Shows the progress of a plan until it ends. Ctrl-C stops watching; the plan continues.")
final class WatchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PLAN", description = "Id of the plan; taskweaver status lists them.")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private PlanId plan;

    @Option(names = "--json", description = "Print JSON, one object per line.")
    private boolean json;

    @Option(names = "--no-wait", description = "End when all that is left waits for a person (exit code 6).")
    private boolean leaves;

    @Mixin
    private SystemOptions system;

    private final CommandContext context;

    WatchCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        InterruptWatch.begin(() -> {});
        var connection = system.connection();
        var mayAnswer = system.mayAnswer();
        var view = new PlanView(plan);
        try (var taskWeaver = SystemOptions.open(connection, context);
                var progress = Displays.of(context, json)) {
            var run = new PlanRun(
                    taskWeaver,
                    view,
                    progress,
                    system.arguments(),
                    context.clock(),
                    mayAnswer,
                    InterruptWatch::isInterrupted);
            return switch (run.leavingWhatWaits(leaves).watch()) {
                case RunEnding.WaitsForPerson() -> {
                    progress.over(view, Measurement.of(view, context.clock().instant()), "");
                    WaitingTasks.of(view, system.arguments()).forEach(progress::note);
                    yield ExitCode.WAITS_FOR_PERSON;
                }
                case RunEnding.Closed ignored -> {
                    progress.over(view, Measurement.of(view, context.clock().instant()), "");
                    RemoteOptions.cleanUp(view, progress::note);
                    yield view.end().orElse(null) instanceof PlanEvent.PlanCompleted
                            ? ExitCode.DONE
                            : ExitCode.PLAN_FAILED;
                }
                case RunEnding.Refused refused -> throw InvalidInput.of(refused.rejections());
                case RunEnding.Halted halted ->
                    throw new CommandFailure(
                            Conclusion.exitCode(halted.failure().failure()),
                            "The plan is paused: " + halted.failure().failure().words() + ": "
                                    + halted.failure().reason(),
                            halted.failure().hint().orElse("")
                                    + "\nThen restart the executors, and resume with: taskweaver resume " + plan
                                    + system.arguments());
                case RunEnding.UsedUp used ->
                    throw new CommandFailure(
                            ExitCode.CREDENTIALS,
                            "The plan is paused. " + ProblemText.sentence(used.reason()),
                            "Raise the limit: taskweaver resume " + plan + system.arguments()
                                    + " --budget USD (or --token-budget N, --deadline TIME)");
                case RunEnding.NoSuchAgent ignored -> throw new IllegalStateException("watching asks for no agent");
                case RunEnding.Interrupted ignored -> ExitCode.INTERRUPTED;
                case RunEnding.Unknown() ->
                    throw new CommandFailure(
                            ExitCode.BAD_INPUT,
                            "There is no plan " + plan + ".",
                            "List the plans with: taskweaver status" + system.arguments());
                case RunEnding.RuntimeDied() ->
                    throw system.ended(" while the plan was under way, which continues when it is there again");
            };
        }
    }
}
