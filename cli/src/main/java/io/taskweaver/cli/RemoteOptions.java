package io.taskweaver.cli;

import io.taskweaver.client.BaseCode;
import io.taskweaver.code.LineApply;
import io.taskweaver.code.RemoteAccess;
import io.taskweaver.code.RemoteBranches;
import io.taskweaver.code.RemoteException;
import io.taskweaver.code.RemoteRepository;
import io.taskweaver.code.UserRepository;
import io.taskweaver.model.CodeRemote;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.scheduling.projection.PlanView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The repository that agents of services work on. */
@HelpHeading("Agents and attempts")
final class RemoteOptions {
    @Option(
            names = "--remote",
            paramLabel = "NAME",
            description =
                    "Git remote, e.g. origin, on which agents of services (codegen, ...) work. The code of each attempt is"
                            + " pushed to it as a branch taskweaver/PLAN/..., and the agent's branch or pull request becomes the"
                            + " result.")
    private @Nullable String remote;

    @Option(
            names = "--include-uncommitted",
            description = "With --remote: also push uncommitted work. Files of --bring are never pushed.")
    private boolean includeUncommitted;

    /** The remote that was named; empty if none was. */
    Optional<CodeRemote> read(@Nullable Path code) {
        if (remote == null) {
            if (includeUncommitted)
                throw CommandFailure.badInput(
                        "--include-uncommitted needs --remote.", "Name a remote with --remote NAME, or leave it out.");
            return Optional.empty();
        }
        if (code == null)
            throw CommandFailure.badInput(
                    "--remote needs --code, the repository that has the remote.", "Name its folder with --code DIR.");
        try {
            return switch (UserRepository.find(code)) {
                case UserRepository.Found.InNone none -> throw PlanResult.failure(none.refusal());
                case UserRepository.Found.InRepository in -> Optional.of(named(in.repository(), remote));
            };
        } catch (IOException e) {
            throw CommandFailure.badInput(String.valueOf(e.getMessage()), "");
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static CodeRemote named(UserRepository user, String name) throws IOException, InterruptedException {
        var url = RemoteBranches.address(user, name);
        if (url.isEmpty()) {
            var names = RemoteBranches.names(user);
            throw CommandFailure.badInput(
                    "The repository " + user.root() + " has no remote '" + name + "'.",
                    names.isEmpty()
                            ? "Add it with: git remote add " + name + " URL"
                            : "Its remotes: " + String.join(", ", names) + ".");
        }
        var problem = CodeRemote.problem(url.get());
        if (problem.isPresent())
            throw CommandFailure.badInput(
                    problem.get(),
                    "Take it out of the address with git remote set-url " + name
                            + " URL, and give Git the password in another way: a credential helper, ssh, or a token in the"
                            + " environment of whoever pushes (GITHUB_TOKEN, GITLAB_TOKEN).");
        return new CodeRemote(name, url.get());
    }

    /** Refuses to show others what a user has not committed. */
    void checkCommitted(BaseCode base) {
        if (remote == null || includeUncommitted) return;
        try {
            if (base.isUncommitted())
                throw CommandFailure.badInput(
                        "The repository has uncommitted work, which --remote would push to " + remote + ".",
                        "Commit or stash it, or push it with --include-uncommitted. git status shows it.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** Pushes what a new plan starts from, before anybody is asked to do anything. */
    static void push(PlanId plan, PlanOptions options, Optional<BaseCode> code, Consumer<String> busy) {
        if (options.remote().isEmpty() || code.isEmpty()) return;
        var named = options.remote().get();
        busy.accept("pushing the code to " + named.name());
        try {
            code.get().pushTo(named, plan);
        } catch (RemoteException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    e.getMessage() + " Nothing was started.",
                    e.isTransient() ? "Run the same command again later." : e.remedy());
        } catch (IOException e) {
            throw CommandFailure.badInput("The code cannot be pushed: " + e.getMessage(), "");
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** Removes the branches of a plan that is over from its remote, or says how to. */
    static void cleanUp(PlanView view, Consumer<String> say) {
        var options = view.created().map(created -> created.summary().options());
        var named = options.flatMap(PlanOptions::remote);
        if (named.isEmpty()) return;
        var folder = options.flatMap(PlanOptions::base)
                .map(base -> Path.of(base.folder()))
                .filter(Files::isDirectory)
                .orElse(Path.of(""));
        if (view.end().orElse(null) instanceof PlanEvent.PlanFailed) {
            say.accept("Its branches stay on " + named.get().name() + ", so that you can retry. "
                    + byHand(view.id(), named.get()));
            return;
        }
        try {
            var removed = RemoteBranches.remove(
                    new RemoteRepository(named.get(), RemoteAccess.ofProcess()),
                    folder.toAbsolutePath(),
                    view.id(),
                    view.tasks().stream().map(task -> task.id().value()).toList());
            if (!removed.isEmpty())
                say.accept(
                        "Removed " + removed.size() + (removed.size() == 1 ? " branch" : " branches") + " taskweaver/"
                                + view.id() + "/... from " + named.get().name()
                                + ". Branches and pull requests of agents stay.");
        } catch (IOException e) {
            say.accept(e.getMessage() + " Branches of the plan stay there. " + byHand(view.id(), named.get()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How the branches of a plan are removed without this program. */
    static String byHand(PlanId plan, CodeRemote remote) {
        return "Remove them with: git ls-remote " + remote.name() + " 'refs/heads/" + LineApply.branchOf(plan)
                + "/*' | cut -f2 | xargs git push " + remote.name() + " --delete";
    }

    private static CommandFailure interrupted() {
        Thread.currentThread().interrupt();
        return CommandFailure.interrupted();
    }
}
