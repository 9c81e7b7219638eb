package io.taskweaver.cli;

import io.taskweaver.agents.DescribedAgents;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code taskweaver agents}: which coding agents there are, and how one is added. */
@Command(
        name = "agents",
        description = {
            "Lists the coding agents that can do the work, and which of them are ready on this machine.",
            "One with a command line is added by a file; --print NAME shows one to begin with."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class AgentsCommand implements Callable<Integer> {
    @Option(names = "--print", paramLabel = "NAME", description = "Print the file of an agent with a command line.")
    private @Nullable String print;

    private final Surroundings surroundings;

    AgentsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var described = AgentChoice.described(surroundings);
        if (print == null) list(described);
        else print(described, print);
        return ExitCode.DONE;
    }

    private void print(DescribedAgents described, String name) {
        if (!described.names().contains(name))
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "No file describes an agent '" + name + "'.",
                    "Those that there are: " + String.join(", ", described.names()) + ".");
        surroundings.out().print(described.text(name));
    }

    private void list(DescribedAgents described) {
        var out = surroundings.out();
        boolean credentials = surroundings.variable(AgentChoice.TOKEN).isPresent()
                && surroundings.variable(AgentChoice.ORGANISATION).isPresent();
        row(
                "codegen",
                "Codegen's API",
                credentials ? "ready" : "set " + AgentChoice.TOKEN + " and " + AgentChoice.ORGANISATION);
        row("simulated", "small but real changes, free of charge", "ready");
        for (var agent : described.known(surroundings.environment()))
            row(
                    agent.name(),
                    agent.about(),
                    agent.ready().map(what -> "ready: " + what).orElse(agent.lack()));
        out.println();
        out.println("Files of your own, NAME.yaml, belong into "
                + DescribedAgents.usualFolder(surroundings.environment()) + ".");
    }

    private void row(String name, String about, String state) {
        surroundings.out().printf("%-14s  %-40s  %s%n", name, about, state);
    }
}
