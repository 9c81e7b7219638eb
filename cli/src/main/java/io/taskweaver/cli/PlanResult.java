package io.taskweaver.cli;

import io.taskweaver.cli.progress.Columns;
import io.taskweaver.client.OpenTasks;
import io.taskweaver.client.PlanCode;
import io.taskweaver.client.SystemUnavailable;
import io.taskweaver.client.replan.EarlierPlan;
import io.taskweaver.code.AppliedLine;
import io.taskweaver.code.Git;
import io.taskweaver.code.HalfWrittenException;
import io.taskweaver.code.LineApply;
import io.taskweaver.code.Refusal;
import io.taskweaver.code.UserRepository;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.storage.StorageFailure;
import io.taskweaver.scheduling.dispatch.PlanStage;
import io.taskweaver.scheduling.projection.PlanView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The code of a plan for a command: found where it is, written, and told of. */
final class PlanResult {
    private static final Path USUAL = MissingWork.USUAL;

    /** Some commits of the plan do not fit into the user's code. */
    private static final int DOES_NOT_FIT = 1;

    private static final int SHORT = 10;

    /** A runtime that is being stopped is gone by then. */
    private static final Duration ENDING = Duration.ofSeconds(15);

    private static final int MOST_NAMED = 10;

    private final CommandContext context;
    private final SystemOptions system;

    PlanResult(CommandContext context, SystemOptions system) {
        this.context = context;
        this.system = system;
    }

    /** What a command does with the code of a plan. */
    @FunctionalInterface
    interface Use {
        int of(PlanCode code) throws IOException, InterruptedException;
    }

    /** Writes the branch of a plan that has just completed, so that nothing lacks, and says what became of it. */
    int applyCompleted(PlanId plan, Optional<Path> folder) {
        var options = LineApply.Options.USUAL;
        return with(plan, folder, code -> told(code, code.toBranch(options), options, again(plan, folder, options)));
    }

    /** Writes a plan's branch, says what became of it, and opens a pull request of it if one is wanted. */
    int apply(PlanId plan, Optional<Path> folder, LineApply.Options options, Optional<PullRequestOptions> pullRequest) {
        return with(plan, folder, code -> {
            // Whatever keeps the request from being opened is said before anything is written.
            var target = pullRequest.isPresent() ? Optional.of(target(code, pullRequest.get())) : noTarget();
            var outcome = code.toBranch(options);
            int exitCode = told(code, outcome, options, again(plan, folder, options));
            var lacking = sayWhatLacks(code);
            if (target.isPresent()) open(target.get(), plan, outcome, options, lacking);
            return exitCode;
        });
    }

    private static Optional<PullRequestOptions.Target> noTarget() {
        return Optional.empty();
    }

    private static PullRequestOptions.Target target(PlanCode code, PullRequestOptions options)
            throws IOException, InterruptedException {
        return switch (UserRepository.find(code.target())) {
            case UserRepository.Found.InNone none -> throw failure(none.refusal());
            case UserRepository.Found.InRepository in -> options.target(in.repository());
        };
    }

    private void open(
            PullRequestOptions.Target target,
            PlanId plan,
            AppliedLine.Outcome outcome,
            LineApply.Options options,
            OpenTasks lacking)
            throws IOException, InterruptedException {
        if (!(outcome instanceof AppliedLine.Outcome.OnBranch made)) return;
        target.open(
                plan,
                made,
                MissingWork.written(plan).map(earlier -> earlier.plan().title()),
                lacking,
                options.force(),
                this::say);
    }

    /** Writes a plan's result into the working tree, and says what became of it. */
    int applyToWorkTree(PlanId plan, Optional<Path> folder) {
        var options = LineApply.Options.USUAL;
        return with(plan, folder, code -> {
            int exitCode = told(code, code.toWorkTree(), options, again(plan, folder, options));
            sayWhatLacks(code);
            return exitCode;
        });
    }

    /** Names the tasks whose work is not in the result. */
    private OpenTasks sayWhatLacks(PlanCode code) throws IOException {
        var open = open(code);
        whatLacks(code, open).forEach(this::say);
        return open;
    }

    /** What a person should know of what the result lacks, a sentence each. */
    List<String> whatLacks(PlanCode code) throws IOException {
        return whatLacks(code, open(code));
    }

    private List<String> whatLacks(PlanCode code, OpenTasks open) throws IOException {
        return MissingWork.sentences(
                open,
                code.tasks(),
                MissingWork.written(code.plan()),
                "taskweaver status " + code.plan() + system.arguments());
    }

    private OpenTasks open(PlanCode code) throws IOException {
        var inCode = code.tasks();
        var now = now(code.plan()).filter(view -> view.archived().isEmpty());
        return now.map(view -> OpenTasks.of(view, inCode))
                .or(() -> MissingWork.written(code.plan()).map(written -> OpenTasks.of(written, inCode)))
                .orElse(OpenTasks.NONE);
    }

    /** The plan as it is now, if its system runs. */
    private Optional<PlanView> now(PlanId plan) {
        var running =
                system.cluster().or(() -> system.foundRuntime().map(_ -> SystemOptions.ofDataFolder(system.dataDir())));
        if (running.isEmpty()) return Optional.empty();
        try (var taskWeaver = SystemOptions.open(running.get(), context)) {
            return taskWeaver.plan(plan);
        } catch (SystemUnavailable e) {
            return Optional.empty(); // What the last run wrote has to do, and is called that.
        }
    }

    /**
     * Refuses what would keep the result of a plan out of its repository, before anything is paid for.
     *
     * @param folder of the code
     */
    void checkTarget(PlanId plan, Optional<Path> folder) {
        read(() -> {
            var later = "Or leave out --apply; once the plan is completed, taskweaver apply " + plan;
            var target = PlanCode.target(system.dataDir(), plan, new PlanCode.Target(folder, Path.of("")));
            switch (UserRepository.find(target)) {
                case UserRepository.Found.InNone(var refusal) ->
                    throw CommandFailure.badInput(
                            "--apply has no repository to write to: " + refusal.reason(),
                            refusal.remedy() + "\n" + later + " --code DIR writes the result into another repository.");
                case UserRepository.Found.InRepository(var repository) -> {
                    var refusal = LineApply.refusal(repository, plan, LineApply.Options.USUAL);
                    if (refusal.isPresent())
                        throw CommandFailure.badInput(
                                "--apply could not write the result. "
                                        + refusal.get().reason(),
                                "Rename or remove that, e.g. git branch --move OLD NEW.\n" + later
                                        + " --branch NAME writes it under another name.");
                }
            }
            return ExitCode.DONE;
        });
    }

    /**
     * The plan that was named, or that of the usual output folder.
     *
     * @throws CommandFailure if there is none
     */
    static PlanId plan(@Nullable PlanId named) {
        if (named != null) return named;
        if (!Files.isRegularFile(USUAL))
            throw CommandFailure.badInput(
                    "No plan is named, and the current folder has no " + USUAL + ".",
                    "Name the id of a plan; taskweaver status lists them.");
        try {
            return EarlierPlan.read(USUAL)
                    .map(earlier -> earlier.plan().id())
                    .orElseThrow(() -> CommandFailure.badInput(
                            USUAL + " is not a plan.", "Name the id of a plan; taskweaver status lists them."));
        } catch (IOException | IllegalArgumentException e) {
            throw CommandFailure.badInput(
                    USUAL + " cannot be read as a plan: " + e.getMessage() + ".",
                    "Name the id of a plan; taskweaver status lists them.");
        }
    }

    /**
     * Finds the code of a plan, and does something with it.
     *
     * @param folder that the user named as the place where the result belongs
     * @throws CommandFailure if there is none, or git fails
     */
    int with(PlanId plan, Optional<Path> folder, Use use) {
        return read(() -> switch (found(plan, new PlanCode.Target(folder, Path.of("")))) {
            case PlanCode.Found.Code found -> {
                try (var code = found.code()) {
                    yield use.of(code);
                }
            }
            case PlanCode.Found.NothingMerged() -> {
                if (!isCompleted(plan))
                    throw CommandFailure.badInput(
                            "Nothing of plan " + plan + " is merged.",
                            "See how it stands with: taskweaver status " + plan + system.arguments());
                // Standard output may be a mailbox.
                context.err().println(Columns.clean("No task of plan " + plan + " changed the code."));
                yield ExitCode.DONE;
            }
            case PlanCode.Found.Unknown() -> throw unknown(plan);
        });
    }

    private boolean isCompleted(PlanId plan) {
        return now(plan)
                .map(view -> view.stage() == PlanStage.COMPLETED)
                .or(() -> MissingWork.written(plan)
                        .map(written -> OpenTasks.of(written, Set.of()).isEmpty()))
                .orElse(false);
    }

    private CommandFailure unknown(PlanId plan) {
        var importing = "taskweaver context import FILE" + system.arguments();
        var archived = now(plan).flatMap(PlanView::archived);
        if (archived.isPresent())
            return CommandFailure.badInput(
                    "Plan " + plan + " is archived, and its code is in its archive: the file with the SHA-256 "
                            + archived.get().digest() + ".",
                    "Read it back, and run the command again: " + importing);
        return CommandFailure.badInput(
                "There is no code of a plan " + plan
                        + (system.cluster().isPresent() ? "." : " in " + system.dataDir() + "."),
                "List the plans with: taskweaver status" + system.arguments()
                        + "\nIf it ran elsewhere, name that data folder with --data-dir, or its cluster with --config FILE."
                        + "\nIf it was archived, read its archive back while the runtime is up: " + importing);
    }

    /**
     * Fetches a result that is not merged, and does something with it.
     *
     * @param commit of the result
     * @throws CommandFailure if it is not there, or git fails
     */
    int withResult(PlanId plan, String commit, Use use) {
        return read(() -> {
            var result = PlanCode.ofResult(
                    system.connection(), plan, commit, new PlanCode.Target(Optional.empty(), Path.of("")));
            try (var code = result.orElseThrow(() -> CommandFailure.badInput(
                    "The context service does not have the result, commit " + commit + ".",
                    "Try again in a few seconds; taskweaver doctor" + system.arguments() + " says what runs."))) {
                return use.of(code);
            }
        });
    }

    private interface Reading {
        int get() throws IOException, InterruptedException;
    }

    private static int read(Reading reading) {
        try {
            return reading.get();
        } catch (HalfWrittenException e) {
            if (InterruptWatch.isInterrupted())
                throw new CommandFailure(
                        ExitCode.INTERRUPTED,
                        "Interrupted. Files may be half written.",
                        "Run the command again: it puts them back first.");
            throw CommandFailure.badInput(String.valueOf(e.getMessage()), "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.interrupted();
        } catch (Git.StoppedException e) {
            throw CommandFailure.interrupted();
        } catch (Git.GitException e) {
            if (isBeingInterrupted()) throw CommandFailure.interrupted();
            throw CommandFailure.badInput(String.valueOf(e.getMessage()), "");
        } catch (IOException e) {
            throw CommandFailure.badInput(StorageFailure.explained(e), "");
        }
    }

    private static boolean isBeingInterrupted() {
        try {
            return InterruptWatch.isBeingInterrupted();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private PlanCode.Found found(PlanId plan, PlanCode.Target target) throws IOException, InterruptedException {
        var cluster = system.cluster();
        if (cluster.isPresent()) return PlanCode.ofSystem(cluster.get(), plan, target);
        var runtime = system.foundRuntime();
        if (runtime.isPresent())
            try {
                var found = PlanCode.ofSystem(SystemOptions.ofDataFolder(system.dataDir()), plan, target);
                if (!(found instanceof PlanCode.Found.Unknown)) return found;
            } catch (SystemUnavailable e) {
                // Another run, to which the runtime belongs, may be stopping it: then its folder has all that it had.
                if (!ends(runtime.get().process())) throw e;
            }
        return PlanCode.ofFolder(system.dataDir(), plan, target);
    }

    private static boolean ends(ProcessHandle process) throws InterruptedException {
        try {
            process.onExit().get(ENDING.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return !process.isAlive();
        }
    }

    /** What makes the same branch on top of a commit that is named behind it. */
    private String again(PlanId plan, Optional<Path> folder, LineApply.Options options) {
        return "taskweaver apply " + plan
                + options.branch().map(name -> " --branch " + quoted(name)).orElse("")
                + folder.map(named -> " --code " + quoted(named.toString())).orElse("")
                + system.arguments() + " --onto ";
    }

    private int told(PlanCode code, AppliedLine.Outcome outcome, LineApply.Options options, String again) {
        return switch (outcome) {
            case AppliedLine.Outcome.OnBranch done -> {
                var line = done.line();
                say("Branch " + done.branch()
                        + (done.before().equals(Optional.of(done.commit())) ? " is up to date: " : ": ")
                        + (options.squash() && line.commits() > 1 ? "1 commit of " : "")
                        + commits(line.commits())
                        + (line.onto().isEmpty() ? "." : " on top of " + line.onto() + "."));
                if (line.work() > 0)
                    say("It begins with "
                            + (line.onto().isEmpty()
                                    ? "the code that the plan started from."
                                    : "the work that was not committed when the plan started."));
                tell(line, again);
                var git = git(code);
                if (!line.onto().isEmpty())
                    say("Read it with: " + git + " log --patch " + quoted(line.onto() + ".." + done.branch()));
                if (!line.unfit().isEmpty())
                    say("Commits are left out: run your tests on the branch before you merge it.");
                if (line.onto().isEmpty()) {
                    // Without a commit there is nothing to merge with, and nothing that git stash could put aside.
                    say("Check it out with: " + git + " checkout --force " + quoted(done.branch()));
                    if (done.uncommitted().isPresent())
                        say("That replaces the files of this folder; copy what you changed since the plan started.");
                } else {
                    done.uncommitted().ifPresent(work -> say(beforeMerging(work, git)));
                    say("Merge it with: " + git + " merge " + quoted(done.branch()));
                }
                yield exitCode(line);
            }
            case AppliedLine.Outcome.InWorkTree done -> {
                say("Changed " + done.files() + (done.files() == 1 ? " file" : " files") + " in " + done.folder()
                        + ". The changes are in the index; nothing is committed.");
                tell(done.line(), again);
                say("Read them with: " + git(code) + " diff --cached; discard them with: " + git(code)
                        + " reset --hard");
                yield exitCode(done.line());
            }
            case AppliedLine.Outcome.Nothing nothing -> {
                say(
                        nothing.line().unfit().isEmpty()
                                ? "Nothing to apply: "
                                        + (nothing.line().onto().isEmpty()
                                                ? "it"
                                                : nothing.line().onto())
                                        + " has all changes of plan " + code.plan() + "."
                                : "Nothing was written: no commit of plan " + code.plan() + " fits.");
                tell(nothing.line(), again);
                yield exitCode(nothing.line());
            }
            case AppliedLine.Outcome.Refused refused -> throw failure(refused.refusal());
        };
    }

    /** Git does not merge over what is not committed, even where the branch has the same. */
    private static String beforeMerging(AppliedLine.Uncommitted work, String git) {
        var first = work.paths().stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        int more = work.paths().size() - MOST_NAMED;
        return "Before you merge it, commit or stash what is not committed of " + first
                + (more > 0 ? " and " + more + " more" : "") + ", else git merge stops: "
                + (work.isInBranch()
                        ? "the branch begins with that work. " + git + " stash --include-untracked puts it aside; drop"
                                + " the stash after the merge."
                        : git + " stash --include-untracked puts it aside, " + git + " stash pop brings it back.");
    }

    static CommandFailure failure(Refusal refusal) {
        return CommandFailure.badInput(refusal.reason(), refusal.remedy());
    }

    private static int exitCode(AppliedLine line) {
        return line.unfit().isEmpty() ? ExitCode.DONE : DOES_NOT_FIT;
    }

    private void tell(AppliedLine line, String again) {
        line.notes().forEach(this::say);
        if (!line.present().isEmpty() && line.commits() > 0)
            say(commits(line.present().size()) + " had nothing to add: " + String.join(", ", line.present()) + ".");
        if (!line.united().isEmpty())
            say("Both sides changed the same place of "
                    + String.join(", ", line.united().keySet()) + ", and both changes are kept: look at the order.");
        if (line.unfit().isEmpty()) return;
        say("Does not fit, and is left out:");
        for (var unfit : line.unfit()) {
            say("  " + unfit.title());
            say("    conflicts in " + String.join(", ", unfit.paths())
                    + (unfit.needs().isEmpty() ? "" : "; builds on " + String.join(", ", unfit.needs())));
        }
        line.origin()
                .ifPresent(
                        commit -> say("To resolve the conflicts yourself, make the branch where the plan started, and"
                                + " merge it: " + again + commit.substring(0, SHORT)));
    }

    /** Git in the repository of the user, as it is typed in the current folder. */
    private static String git(PlanCode code) {
        boolean isHere = Path.of("").toAbsolutePath().normalize().startsWith(code.target());
        return isHere ? "git" : "git -C " + quoted(code.target().toString());
    }

    /** For a shell. */
    private static String quoted(String path) {
        return path.matches("[\\p{L}\\p{N}_./-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }

    private static String commits(int number) {
        return number + (number == 1 ? " commit" : " commits");
    }

    private void say(String text) {
        context.out().println(Columns.clean(text));
    }
}
