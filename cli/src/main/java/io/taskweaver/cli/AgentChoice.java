package io.taskweaver.cli;

import io.taskweaver.agents.DescribedAgents;
import io.taskweaver.client.TaskWeaver;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which agent runs the tasks.
 *
 * @param name of the agent
 * @param note what a person should know about the choice
 */
record AgentChoice(String name, Optional<String> note) {
    static final String TOKEN = "CODEGEN_API_TOKEN";
    static final String ORGANISATION = "CODEGEN_ORG_ID";
    private static final String CODEGEN = "codegen";
    private static final String SIMULATED = "simulated";

    /**
     * The agent that was named, else codegen where its credentials are set, else the simulated one.
     *
     * @throws CommandFailure if the named one lacks its credentials
     */
    static AgentChoice of(@Nullable String named, CommandContext context) {
        boolean hasToken = context.variable(TOKEN).isPresent();
        boolean hasOrganisation = context.variable(ORGANISATION).isPresent();
        if (named == null) {
            if (hasToken && hasOrganisation) return new AgentChoice(CODEGEN, Optional.empty());
            return new AgentChoice(
                    SIMULATED,
                    Optional.of("No agent credentials are set (" + TOKEN + ", " + ORGANISATION
                            + "): using the simulated agent, which makes small real changes."));
        }
        if (named.equals(CODEGEN) && !(hasToken && hasOrganisation))
            throw new CommandFailure(
                    ExitCode.CREDENTIALS,
                    "The agent codegen needs credentials: " + missing(hasToken, hasOrganisation) + " not set.",
                    "Set " + TOKEN + " and " + ORGANISATION + ", or use --agent simulated.");
        if (named.isBlank()) throw CommandFailure.badInput("--agent has no name.", "Use e.g. --agent codegen.");
        return new AgentChoice(named, Optional.empty());
    }

    /** Whether it is one with a command line, which works in a folder. */
    boolean isCommand(CommandContext context) {
        return !name.equals(CODEGEN)
                && !name.equals(SIMULATED)
                && described(context).isCommand(name);
    }

    /**
     * Makes sure that it can work on this machine, before anything starts.
     *
     * @throws CommandFailure if it is unknown, or its program is not installed
     */
    void checkHere(CommandContext context) {
        if (name.equals(CODEGEN) || name.equals(SIMULATED)) return;
        var described = described(context);
        var known = described.known(context.environment()).stream()
                .filter(agent -> agent.name().equals(name))
                .findFirst()
                .orElseThrow(() -> CommandFailure.badInput(
                        "There is no agent '" + name + "'.",
                        "Use one of " + CODEGEN + ", " + SIMULATED + ", " + String.join(", ", described.names())
                                + "; taskweaver agents lists them."));
        if (known.ready().isEmpty())
            throw new CommandFailure(
                    described.isCommand(name) ? ExitCode.BAD_INPUT : ExitCode.CREDENTIALS,
                    "The agent " + name + " is not ready: " + known.lack() + ".",
                    "Or choose another agent: taskweaver agents lists those that are ready.");
    }

    /** What to do where no executor has an agent. */
    static String howToAdd(String name) {
        return "Use one of these with --agent. Executors read the files and variables of agents when they start: to"
                + " add "
                + name + ", configure it where they run (taskweaver agents "
                + "lists what this machine has), and restart them;"
                + " a local runtime with: taskweaver down, then run again.";
    }

    /**
     * Makes sure that agents of a plan are there before it is submitted: their files can be read, and executors that run
     * have them. Where no executor runs yet, tasks wait for one.
     *
     * @throws CommandFailure if one is not
     */
    static void checkOffered(TaskWeaver system, Collection<String> agents, CommandContext context) {
        described(context);
        var executors = system.executors();
        if (executors.isEmpty()) return;
        var offered = executors.stream()
                .flatMap(executor -> executor.agents().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        for (var agent : agents) {
            // One that is there and refused its credentials is tried again by a plan that is resumed.
            boolean isHalted = executors.stream()
                    .flatMap(executor -> executor.reason().stream())
                    .anyMatch(reason -> reason.contains(agent + ": "));
            if (offered.contains(agent) || isHalted) continue;
            throw CommandFailure.badInput(
                    "No executor has the agent " + agent + "; configured are: " + String.join(", ", offered) + ".",
                    howToAdd(agent));
        }
    }

    /**
     * The agents that files describe.
     *
     * @throws CommandFailure if a file of the user is wrong
     */
    static DescribedAgents described(CommandContext context) {
        try {
            return new DescribedAgents(DescribedAgents.folder(context.environment()));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.badInput(
                    "The file of an agent is invalid: " + e.getMessage() + ".",
                    "For an example, run: taskweaver agents --print claude");
        }
    }

    private static String missing(boolean hasToken, boolean hasOrganisation) {
        if (hasToken) return ORGANISATION + " is";
        return hasOrganisation ? TOKEN + " is" : TOKEN + " and " + ORGANISATION + " are";
    }
}
