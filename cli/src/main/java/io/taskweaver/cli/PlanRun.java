package io.taskweaver.cli;

import io.taskweaver.cli.progress.ProblemText;
import io.taskweaver.cli.progress.Progress;
import io.taskweaver.client.BaseCode;
import io.taskweaver.client.PlanFeed;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.model.BaseCommit;
import io.taskweaver.model.Limits;
import io.taskweaver.model.OptionChanges;
import io.taskweaver.model.PlanChange;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Rejection;
import io.taskweaver.model.Submission;
import io.taskweaver.model.event.Command;
import io.taskweaver.model.event.ExecutorHeartbeat;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.Pause;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.scheduling.projection.PlanView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * One plan from its history on the topics to its end: reads the history, submits the plan (again), shows what
 * happens, and stops when it is closed or cannot go on here. One thread does it all.
 */
final class PlanRun {
    private static final Duration POLL = Duration.ofMillis(120);
    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final Duration REOPENING = Duration.ofSeconds(60);
    private static final Duration EXECUTOR_TIMEOUT = Duration.ofSeconds(20);

    private final TaskWeaver system;
    private final PlanView view;
    private final Progress progress;
    private final String systemArguments;
    private final InstantSource clock;
    private final BooleanSupplier alive;
    private final BooleanSupplier interrupted;
    private Optional<String> ofNewPlan = Optional.empty();
    private boolean leaves;
    private final Set<String> printed = new HashSet<>();

    /**
     * @param systemArguments options that select this system, with a space before them; empty if none are needed
     * @param alive whether the runtime's process is; always true for a cluster
     * @param interrupted whether somebody pressed Ctrl-C
     */
    PlanRun(
            TaskWeaver system,
            PlanView view,
            Progress progress,
            String systemArguments,
            InstantSource clock,
            BooleanSupplier alive,
            BooleanSupplier interrupted) {
        this.system = system;
        this.view = view;
        this.progress = progress;
        this.systemArguments = systemArguments;
        this.clock = clock;
        this.alive = alive;
        this.interrupted = interrupted;
    }

    /** Does not follow it any longer once all that is left waits for a person. */
    PlanRun leavingWhatWaits(boolean whether) {
        leaves = whether;
        return this;
    }

    /** Says it of a plan that is new. */
    PlanRun saying(Optional<String> what) {
        ofNewPlan = what;
        return this;
    }

    /**
     * Submits documents, and follows their plan to the end.
     *
     * @param changes to make in its plan
     * @param code that it starts from
     * @param named which options of the plan were written
     * @param retryFailed whether tasks that were given up are tried again, if the plan was closed for them
     * @throws CommandFailure if the plan exists, and an option has another value than can be changed
     */
    RunEnding run(
            Submission submission,
            List<PlanChange> changes,
            Optional<BaseCode> code,
            NamedOptions named,
            boolean retryFailed) {
        try (var feed = system.follow(view.id())) {
            readHistory(feed);
            if (interrupted.getAsBoolean()) return new RunEnding.Interrupted(false);
            if (!alive.getAsBoolean()) return new RunEnding.RuntimeDied();
            if (view.archived().isPresent()) return new RunEnding.Refused(List.of(archived()));
            boolean resumed = view.created().isPresent();
            var earlier = view.rejection();
            boolean reopens = retryFailed && hasFailed();
            if (view.end().isPresent() && !reopens) {
                settle(feed);
                return new RunEnding.Closed(true);
            }
            if (resumed) change(named, submission.options());
            if (retryFailed) for (var task : view.failed()) command(new Command.RetryTask(task));
            var limits = submission.options().limits();
            if (resumed && (view.pause().isPresent() || hasOtherBudget(limits)))
                command(new Command.ResumePlan(limits));
            if (reopens) awaitReopening(feed);
            else {
                if (!resumed) ofNewPlan.ifPresent(progress::note);
                if (!resumed) RemoteOptions.push(view.id(), submission.options(), code, progress::busy);
                system.submit(submission, changes, resumed ? Optional.empty() : code);
            }
            progress.begun(view, resumed);
            return follow(feed, (resumed ? view.options() : submission.options()).allAgents(), earlier);
        }
    }

    private Rejection archived() {
        return new Rejection(
                "archived",
                "Plan " + view.id() + " is archived.",
                "For a new plan, run its documents with --again. What it made is in its archive: taskweaver context import"
                        + " FILE" + systemArguments,
                Optional.empty());
    }

    private boolean hasFailed() {
        return view.end().orElse(null) instanceof PlanEvent.PlanFailed;
    }

    private void awaitReopening(PlanFeed feed) {
        var limit = clock.instant().plus(REOPENING);
        while (view.end().isPresent() && alive.getAsBoolean() && !interrupted.getAsBoolean()) {
            if (clock.instant().isAfter(limit))
                throw new CommandFailure(
                        ExitCode.NO_RUNTIME,
                        "The planner does not retry the failed tasks.",
                        "See whether it runs with: taskweaver doctor" + systemArguments);
            take(feed);
        }
    }

    /** Options that are written again take effect, or the command ends. */
    private void change(NamedOptions named, PlanOptions asked) {
        var kept = view.options();
        var changes = named.changes(kept, asked);
        if (!changes.equals(OptionChanges.NONE)) {
            command(new Command.ChangeOptions(changes));
            sayOnce("The options of the plan are changed; attempts that run keep theirs.");
        }
        if (!named.names().contains("--agent") && !kept.agents().equals(asked.agents()))
            sayOnce("The plan keeps its agent: " + String.join(", ", kept.agents()) + ". --agent changes it.");
        if (named.names().contains("--code")
                && !kept.base().map(BaseCommit::commit).equals(asked.base().map(BaseCommit::commit)))
            sayOnce("The code has changed since this plan was made. The plan continues from the code as it was then;"
                    + " --again starts from the code as it is.");
    }

    /** Nobody wants an old budget to hold on. */
    private boolean hasOtherBudget(Limits limits) {
        return limits.cost().isPresent() && !limits.cost().equals(view.limits().cost())
                || limits.tokens().isPresent()
                        && !limits.tokens().equals(view.limits().tokens());
    }

    /** Follows a submitted plan. */
    RunEnding watch() {
        try (var feed = system.follow(view.id())) {
            readHistory(feed);
            if (interrupted.getAsBoolean()) return new RunEnding.Interrupted(false);
            if (!view.exists()) return new RunEnding.Unknown();
            if (view.archived().isPresent()) return new RunEnding.Refused(List.of(archived()));
            if (view.end().isPresent()) {
                settle(feed);
                return new RunEnding.Closed(true);
            }
            progress.following(view);
            return follow(feed, List.of(), view.rejections().isEmpty() ? view.rejection() : Optional.empty());
        }
    }

    private void readHistory(PlanFeed feed) {
        while (!feed.isCaughtUp() && !interrupted.getAsBoolean() && alive.getAsBoolean())
            for (var event : feed.poll(POLL)) view.on(event);
    }

    /** Gives a command, and takes it for given at once: what came before it no longer counts. */
    private void command(Command command) {
        var given = system.command(view.id(), command).meta();
        var last = view.lastAt();
        var at = given.at().isAfter(last) ? given.at() : last.plusMillis(1);
        view.on(new PlanEvent.PlanCommand(new Meta(given.eventId(), view.id(), at, Optional.empty()), command));
    }

    private RunEnding follow(PlanFeed feed, List<String> agents, Optional<PlanEvent.RequirementsRejected> earlier) {
        var begun = clock.instant();
        while (true) {
            take(feed);
            var now = clock.instant();
            progress.tick(view, now);
            if (view.end().isPresent()) {
                settle(feed);
                return new RunEnding.Closed(false);
            }
            // Not by the time of the submission, which is of another clock.
            if (view.created().isEmpty() && !view.rejection().equals(earlier))
                return new RunEnding.Refused(view.rejection().orElseThrow().rejections());
            var halt = view.halt();
            if (halt.isPresent()) return new RunEnding.Halted(halt.get());
            var limit = view.pause().filter(pause -> pause.cause() == Pause.Cause.LIMIT);
            if (limit.isPresent() && nothingRuns(feed.executors(now)))
                return new RunEnding.UsedUp(limit.get().reason());
            if (interrupted.getAsBoolean()) return new RunEnding.Interrupted(true);
            if (!alive.getAsBoolean()) return new RunEnding.RuntimeDied();
            var lacking = agents.stream()
                    .flatMap(agent -> lacking(agent, feed.executors(now), begun, now).stream())
                    .findFirst();
            if (lacking.isPresent()) return lacking.get();
            sayWhatItWaitsFor();
            if (leaves && WaitingTasks.isAllThatIsLeft(view)) return new RunEnding.WaitsForPerson();
        }
    }

    private void take(PlanFeed feed) {
        for (var event : feed.poll(POLL)) {
            if (!view.on(event)) continue;
            progress.on(event, view);
            if (event instanceof PlanEvent.TaskStarted started)
                started.sandbox().ifPresent(what -> sayOnce(SandboxText.sentence(what)));
        }
    }

    /** The plan's end may overtake what led to it, for they are on different topics. */
    private void settle(PlanFeed feed) {
        var limit = clock.instant().plus(SETTLING);
        if (alive.getAsBoolean()) feed.extend();
        while (!(feed.isCaughtUp() && isSettled()) && clock.instant().isBefore(limit) && alive.getAsBoolean())
            take(feed);
        progress.tick(view, clock.instant());
    }

    private boolean isSettled() {
        return !(view.end().orElse(null) instanceof PlanEvent.PlanCompleted)
                || view.tasks().stream().allMatch(task -> task.stage().isFinished());
    }

    /** An agent that nobody offers would let the plan wait for ever. */
    private Optional<RunEnding> lacking(
            String agent, Collection<ExecutorHeartbeat> executors, Instant begun, Instant now) {
        if (executors.stream().anyMatch(executor -> executor.agents().contains(agent))) return Optional.empty();
        if (now.isBefore(begun.plus(EXECUTOR_TIMEOUT))) return Optional.empty();
        if (executors.isEmpty()) {
            sayOnce("No executor is alive: tasks wait until one starts.");
            return Optional.empty();
        }
        var offered = executors.stream()
                .flatMap(executor -> executor.agents().stream())
                .distinct()
                .sorted()
                .toList();
        return Optional.of(new RunEnding.NoSuchAgent(agent, offered));
    }

    /** While a plan is paused, the attempts of a dead executor are not reissued. */
    private boolean nothingRuns(Collection<ExecutorHeartbeat> alive) {
        return view.tasks().stream().filter(task -> task.stage().isUnderWay()).allMatch(task -> switch (task.stage()) {
            case ISSUED -> alive.isEmpty();
            case RUNNING ->
                alive.stream().noneMatch(executor -> task.executor().equals(Optional.of(executor.executor())));
            default -> false;
        });
    }

    private void sayWhatItWaitsFor() {
        WaitingTasks.of(view, systemArguments).forEach(this::sayOnce);
        if (view.halt().isEmpty())
            view.pause()
                    .ifPresent(pause -> sayOnce("The plan is paused: " + ProblemText.sentence(pause.reason())
                            + (pause.cause() == Pause.Cause.LIMIT
                                    ? " Resume it with a higher limit: "
                                    : " Resume it with: ")
                            + "taskweaver resume " + view.id() + systemArguments));
    }

    private void sayOnce(String text) {
        if (printed.add(text)) progress.note(text);
    }
}
