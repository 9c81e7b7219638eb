package io.taskweaver.cli;

import io.taskweaver.code.LineApply;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskweaver apply}: the result of a plan into the user's repository. */
@Command(
        name = "apply",
        description = {
            "Writes the result of a plan into your Git repository.",
            "Makes a branch with one commit per merged task. Files, index and other branches stay as they are, and no hook"
                    + " runs. If your code has changed since the plan started, each commit is merged with it; commits that"
                    + " conflict are listed and left out."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "  0:the result is written, or was there already",
            "  1:some commits do not fit and are left out",
            "  2:wrong usage, nothing merged yet, a repository that cannot take the result, or a pull request that cannot be"
                    + " opened",
            "  4:the system does not respond"
        })
final class ApplyCommand implements Callable<Integer> {
    @Mixin
    private PlanParameter plan;

    @Option(
            names = "--branch",
            paramLabel = "NAME",
            description = "Name of the branch (default: taskweaver/PLAN). One that an earlier apply of the plan made is"
                    + " replaced.")
    private @Nullable String branch;

    @Option(
            names = "--onto",
            paramLabel = "REF",
            description = "Commit or branch that the branch starts from (default: what is checked out).")
    private @Nullable String onto;

    @Option(
            names = "--squash",
            description =
                    "Make one commit of the plan's commits. Work that was not committed when the plan started stays a"
                            + " commit of its own.")
    private boolean squash;

    @Option(
            names = "--work-tree",
            description =
                    "Change the files that are checked out instead, without a commit. They must have no uncommitted"
                            + " changes.")
    private boolean workTree;

    @Option(names = "--force", description = "Replace an existing branch.")
    private boolean force;

    @Option(
            names = "--code",
            paramLabel = "DIR",
            description = "Folder of your repository (default: the code that the plan started from, else the current"
                    + " folder).")
    private @Nullable Path code;

    @Mixin
    private PullRequestOptions pullRequest;

    @Mixin
    private SystemOptions system;

    private final CommandContext context;

    ApplyCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        pullRequest.check();
        if (workTree && pullRequest.isWanted())
            throw CommandFailure.badInput(
                    "--work-tree makes no branch, and --pull-request needs one.", "Leave out one of them.");
        if (workTree && (branch != null || onto != null || squash || force))
            throw CommandFailure.badInput(
                    "--work-tree makes no branch: --branch, --onto, --squash and --force do not go with it.",
                    "Leave out --work-tree, or the others.");
        // What is being written is completed or taken back before the command ends.
        InterruptWatch.begin(Thread.currentThread()::interrupt, this::sayWhatIsLeft);
        var result = new PlanResult(context, system);
        var id = plan.id();
        return workTree
                ? result.applyToWorkTree(id, Optional.ofNullable(code))
                : result.apply(
                        id,
                        Optional.ofNullable(code),
                        new LineApply.Options(Optional.ofNullable(branch), Optional.ofNullable(onto), squash, force),
                        pullRequest.isWanted() ? Optional.of(pullRequest) : Optional.empty());
    }

    /** Who does not wait until files are put back has to know it. */
    private void sayWhatIsLeft() {
        if (!workTree) return;
        context.err().println("Files may be half written. Run the command again: it puts them back first.");
        context.err().flush();
    }
}
