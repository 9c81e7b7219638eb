package io.taskweaver.cli;

import io.taskweaver.agents.Agents;
import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.command.CommandSettings;
import io.taskweaver.agents.simulated.SimulatedCodegenServer;
import io.taskweaver.agents.simulated.SimulatorSettings;
import io.taskweaver.code.TemporaryFolder;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An agent that works for this process alone, without a runtime.
 *
 * @param more what it needs for as long as it takes: the server of the simulated one, the folder of one with a command line
 */
record LocalAgent(CodingAgent agent, @Nullable Closeable more) implements AutoCloseable {
    private static final String OF_CODEGEN = "TASKWEAVER_AGENT_CODEGEN_";

    /**
     * A new one.
     *
     * @param sandbox whether its commands run in a sandbox
     * @throws IllegalArgumentException if its settings are wrong
     */
    static LocalAgent open(String name, CommandContext context, SandboxOption sandbox) throws IOException {
        return switch (name) {
            case Agents.SIMULATED -> {
                var simulator = SimulatorSettings.DEFAULT.lasting(Duration.ZERO, Duration.ZERO);
                var server = SimulatedCodegenServer.start(simulator);
                var settings = Map.of(
                        "simulated.base-url",
                        server.baseUrl().toString(),
                        "simulated.token",
                        simulator.token(),
                        "simulated.poll-interval",
                        "10ms");
                yield new LocalAgent(new Agents(settings).agent(name), server::close);
            }
            case Agents.CODEGEN -> new LocalAgent(new Agents(codegen(context)).agent(name), null);
            default -> {
                // One with a command line works in an empty folder: the prompt holds all that it needs.
                var folder = TemporaryFolder.create("agent");
                yield new LocalAgent(
                        AgentChoice.described(context)
                                .agent(
                                        name,
                                        CommandSettings.in(folder.path(), false)
                                                .in(sandbox.here(context, folder.path())),
                                        context.environment()),
                        folder);
            }
        };
    }

    /** The environment that executors read as well. */
    private static Map<String, String> codegen(CommandContext context) {
        var settings = new HashMap<String, String>();
        put(settings, "codegen.org-id", context.variable(AgentChoice.ORGANISATION));
        put(settings, "codegen.token", context.variable(AgentChoice.TOKEN));
        for (var setting :
                List.of("base-url", "repo-id", "model", "agent-type", "creations-per-minute", "poll-interval"))
            put(settings, "codegen." + setting, context.variable(OF_CODEGEN + environment(setting)));
        return settings;
    }

    private static String environment(String setting) {
        return setting.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static void put(Map<String, String> settings, String name, Optional<String> value) {
        value.ifPresent(given -> settings.put(name, given));
    }

    @Override
    public void close() {
        agent.close();
        try {
            if (more != null) more.close();
        } catch (IOException e) {
            // A folder that cannot be deleted is no reason to lose what the agent answered.
        }
    }
}
