package io.taskweaver.cli;

import io.taskweaver.client.OpenTasks;
import io.taskweaver.client.hosting.CodeHost;
import io.taskweaver.client.hosting.PullRequests;
import io.taskweaver.client.hosting.RequestText;
import io.taskweaver.code.AppliedLine;
import io.taskweaver.code.BranchPush;
import io.taskweaver.code.RemoteAccess;
import io.taskweaver.code.RemoteBranches;
import io.taskweaver.code.RemoteException;
import io.taskweaver.code.RemoteRepository;
import io.taskweaver.code.UserRepository;
import io.taskweaver.model.CodeRemote;
import io.taskweaver.model.PlanId;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The pull request that a branch is pushed for. */
@HelpHeading("Pull request")
final class PullRequestOptions {
    private static final String USUAL = "origin";

    @Option(
            names = "--pull-request",
            description =
                    "Push the branch and open a pull request on GitHub or a merge request on GitLab, or update the"
                            + " one that is open. Needs GITHUB_TOKEN, GH_TOKEN or GITLAB_TOKEN in the environment.")
    private boolean wanted;

    @Option(
            names = "--remote",
            paramLabel = "NAME",
            description = "Git remote to push to (default: the only one, or origin).")
    private @Nullable String remote;

    @Option(
            names = "--base",
            paramLabel = "BRANCH",
            description =
                    "Target branch of the request (default: the branch that the result is based on, if the remote has"
                            + " it, else the remote's default branch).")
    private @Nullable String base;

    @Option(
            names = "--api-url",
            paramLabel = "URL",
            description = "REST API of GitHub Enterprise (https://HOST/api/v3) or a self-managed GitLab"
                    + " (https://HOST/api/v4), if it cannot be derived from the remote.")
    private @Nullable URI api;

    boolean isWanted() {
        return wanted;
    }

    /** Refuses what says how to do it without that it is to be done. */
    void check() {
        if (!wanted && (remote != null || base != null || api != null))
            throw CommandFailure.badInput(
                    "--remote, --base and --api-url need --pull-request.", "Add --pull-request, or leave them out.");
        if (api != null
                && (api.getHost() == null || !String.valueOf(api.getScheme()).matches("https?")))
            throw CommandFailure.badInput(
                    "--api-url is not an http or https URL: " + api + ".", "Use e.g. https://HOST/api/v3");
    }

    /**
     * What is needed before anything is written.
     *
     * @param repository that the result belongs in
     */
    Target target(UserRepository repository) throws IOException, InterruptedException {
        var name = name(repository);
        var push = RemoteBranches.address(repository, name);
        var project = RemoteBranches.addressOfProject(repository, name);
        if (push.isEmpty() || project.isEmpty())
            throw CommandFailure.badInput(
                    "The repository " + repository.root() + " has no remote '" + name + "'.",
                    "Its remotes: " + String.join(", ", RemoteBranches.names(repository)) + ".");
        var problem = CodeRemote.problem(push.get());
        if (problem.isPresent())
            throw CommandFailure.badInput(
                    problem.get(),
                    "Change it with git remote set-url " + name + " URL, and give Git the password in another way: a"
                            + " credential helper, ssh, or GITHUB_TOKEN or GITLAB_TOKEN.");
        return switch (CodeHost.of(project.get(), Optional.ofNullable(api), System.getenv())) {
            case CodeHost.Found.None none -> throw PlanResult.failure(none.refusal());
            case CodeHost.Found.Host(CodeHost host) ->
                new Target(
                        host,
                        new RemoteRepository(new CodeRemote(name, push.get()), RemoteAccess.ofProcess()),
                        repository,
                        Optional.ofNullable(base));
        };
    }

    private String name(UserRepository repository) throws IOException, InterruptedException {
        if (remote != null) return remote;
        var names = RemoteBranches.names(repository);
        if (names.isEmpty())
            throw CommandFailure.badInput(
                    "The repository " + repository.root() + " has no remote.",
                    "Add one with: git remote add origin URL");
        if (names.size() == 1) return names.getFirst();
        if (names.contains(USUAL)) return USUAL;
        throw CommandFailure.badInput(
                "The repository has several remotes: " + String.join(", ", names) + ".", "Name one with --remote.");
    }

    /** Where a request is opened. */
    record Target(CodeHost host, RemoteRepository remote, UserRepository repository, Optional<String> base) {
        /**
         * Pushes a branch, and opens or updates its request.
         *
         * @param title of the plan, if it is known
         * @param lacking tasks that are not merged
         * @param force whether a branch of the same name is replaced
         */
        void open(
                PlanId plan,
                AppliedLine.Outcome.OnBranch made,
                Optional<String> title,
                OpenTasks lacking,
                boolean force,
                Consumer<String> say)
                throws IOException, InterruptedException {
            BranchPush.Pushed pushed;
            try {
                pushed = BranchPush.push(repository, remote, made, base, force);
            } catch (RemoteException e) {
                throw CommandFailure.badInput(
                        e.getMessage() + " The branch " + made.branch() + " is in your repository.",
                        e.isTransient() ? "Run the same command again later: it pushes the branch then." : e.remedy());
            }
            switch (pushed) {
                case BranchPush.Pushed.Refused(var refusal) -> throw PlanResult.failure(refusal);
                case BranchPush.Pushed.There(String branch, String into) -> {
                    say.accept(
                            "Pushed branch " + branch + " to " + remote.remote().name() + ".");
                    var text = RequestText.of(plan, title, BranchPush.commits(repository, made), made.line(), lacking);
                    try (var requests = new PullRequests(host)) {
                        switch (requests.open(new PullRequests.Request(branch, into, text.title(), text.body()))) {
                            case PullRequests.Outcome.Open(String url, boolean isNew) ->
                                say.accept((isNew ? "Opened the " : "Updated the ")
                                        + host.kind().request() + " into " + into + ": " + url);
                            case PullRequests.Outcome.Failed(var refusal) -> throw PlanResult.failure(refusal);
                        }
                    }
                }
            }
        }
    }
}
