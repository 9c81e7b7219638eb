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
            "Lists the coding agents and whether they are ready on this machine.",
            "A file adds an agent that has a command line; --print shows an example."
        })
final class AgentsCommand implements Callable<Integer> {
    @Option(
            names = "--print",
            paramLabel = "NAME",
            description = "Print the file of an agent, as an example for your own.")
    private @Nullable String print;

    private final CommandContext context;

    AgentsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var described = AgentChoice.described(context);
        if (print == null) list(described);
        else print(described, print);
        return ExitCode.DONE;
    }

    private void print(DescribedAgents described, String name) {
        if (!described.names().contains(name))
            throw CommandFailure.badInput(
                    "No file describes the agent '" + name + "'.",
                    "Use one of: " + String.join(", ", described.names()) + ".");
        context.out().print(described.text(name));
    }

    private void list(DescribedAgents described) {
        var out = context.out();
        boolean credentials = context.variable(AgentChoice.TOKEN).isPresent()
                && context.variable(AgentChoice.ORGANISATION).isPresent();
        row(
                "codegen",
                "Codegen's API",
                credentials ? "ready" : "set " + AgentChoice.TOKEN + " and " + AgentChoice.ORGANISATION);
        row("simulated", "built in; makes small real changes, free", "ready");
        for (var agent : described.known(context.environment()))
            row(
                    agent.name(),
                    agent.about(),
                    agent.ready().map(what -> "ready: " + what).orElse(agent.lack()));
        out.println();
        out.println("Put files for your own agents, NAME.yaml, into "
                + DescribedAgents.usualFolder(context.environment()) + ".");
    }

    private void row(String name, String about, String state) {
        context.out().printf("%-14s  %-40s  %s%n", name, about, state);
    }
}
