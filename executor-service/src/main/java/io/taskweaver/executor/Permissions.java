package io.taskweaver.executor;

import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.command.Sandbox;
import io.taskweaver.agents.command.SandboxMode;
import io.taskweaver.model.CodeRemote;
import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.Preparation;
import io.taskweaver.model.event.PlanEvent.TaskReady;
import java.util.List;
import java.util.Optional;

/**
 * What the owner of this executor permits to plans. Everybody who can submit may write a plan.
 *
 * @param commands whether plans may name commands
 * @param contractChecks whether code of results is run to check it
 * @param onlySandboxed whether commands run in a sandbox or not at all
 * @param sandbox where they run
 * @param remotes repositories that plans may have pushed to: beginnings of addresses, addresses, or {@code *}
 */
record Permissions(
        boolean commands, boolean contractChecks, boolean onlySandboxed, Sandbox sandbox, List<String> remotes) {
    private static final String ANY = "*";

    Permissions {
        remotes = List.copyOf(remotes);
    }

    static Permissions of(ExecutorSettings settings, Sandbox sandbox) {
        return new Permissions(
                settings.allowCommands(),
                settings.contractChecks(),
                settings.sandbox().mode() == SandboxMode.ON,
                sandbox,
                settings.remotes().orElse(List.of()));
    }

    /** Why an attempt is not permitted here, with all that it needs; empty if it is. */
    Optional<Outcome.NotAllowed> refusal(CodingAgent agent, TaskReady issued, IsolatedContext given) {
        return refusal(agent, given, issued.preparation().orElse(Preparation.NONE), issued.sandboxed())
                .or(() -> RemoteWork.repository(agent, issued).flatMap(this::refusal));
    }

    /**
     * Why its commands are not permitted here; empty if they are.
     *
     * @param sandboxed whether its plan asks for a sandbox
     */
    Optional<Outcome.NotAllowed> refusal(
            CodingAgent agent, IsolatedContext given, Preparation preparation, boolean sandboxed) {
        return refusalOfCommands(given, preparation)
                .or(() -> (sandboxed || onlySandboxed)
                                && !sandbox.isOn()
                                && (contractChecks || runsCommands(agent, given, preparation))
                        ? Optional.of(unsandboxed(sandboxed))
                        : Optional.empty());
    }

    private Outcome.NotAllowed unsandboxed(boolean plan) {
        return new Outcome.NotAllowed(
                (plan
                                ? "The plan asks for a sandbox (--sandbox on)"
                                : "This executor runs commands in a sandbox only (taskweaver.executor.sandbox=on)")
                        + ", and it has "
                        + sandbox.about() + ".",
                Sandbox.remedy());
    }

    /** What commands of an attempt run in; empty if it has none. */
    Optional<String> sandboxOf(CodingAgent agent, IsolatedContext given, Preparation preparation) {
        return runsCommands(agent, given, preparation) ? Optional.of(sandbox.about()) : Optional.empty();
    }

    private static boolean runsCommands(CodingAgent agent, IsolatedContext given, Preparation preparation) {
        return agent.worksInFolder()
                || given.task().checks().command().isPresent()
                || preparation.setup().isPresent();
    }

    private Optional<Outcome.NotAllowed> refusalOfCommands(IsolatedContext given, Preparation preparation) {
        if (commands) return Optional.empty();
        return given.task()
                .checks()
                .command()
                .map(command -> refusal("verifies results", command))
                .or(() -> preparation.setup().map(command -> refusal("sets work trees up", command)));
    }

    private static Outcome.NotAllowed refusal(String what, String command) {
        return new Outcome.NotAllowed(
                "The plan " + what + " with the command '" + command
                        + "', and this executor runs no commands of plans.",
                "Set taskweaver.executor.allow-commands=true for the executors, if everybody who can submit may run"
                        + " commands there, restart them and resume the plan; or submit it without a command.");
    }

    /** Why a repository may not be pushed to from here; empty if it may. */
    Optional<Outcome.NotAllowed> refusal(CodeRemote remote) {
        if (remotes.stream().noneMatch(each -> permits(each, remote.url())))
            return Optional.of(new Outcome.NotAllowed(
                    "The plan has its agents work on " + remote.url() + ", and this executor does not push there.",
                    "Name it in taskweaver.executor.remotes for the executors, if everybody who can submit may have them push"
                            + " there with their credentials, restart them and resume the plan; or submit it without a"
                            + " remote."));
        return remote.isLocal() && !commands
                ? Optional.of(new Outcome.NotAllowed(
                        "The plan has its agents work on the folder " + remote.url()
                                + ", whose hooks would run on this machine.",
                        "Set taskweaver.executor.allow-commands=true for the executors, restart them and resume the plan; or"
                                + " name a remote that is reached by ssh or https."))
                : Optional.empty();
    }

    private static boolean permits(String permitted, String url) {
        if (permitted.equals(ANY) || permitted.equals(url)) return true;
        return (permitted.endsWith("/") || permitted.endsWith(":"))
                && url.startsWith(permitted)
                && !url.contains("..")
                && !url.contains("%");
    }
}
