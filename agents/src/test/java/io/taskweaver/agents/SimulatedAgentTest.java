package io.taskweaver.agents;

import io.taskweaver.agents.simulated.SimulatedCodegenServer;
import io.taskweaver.agents.simulated.SimulatorSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class SimulatedAgentTest extends CodingAgentContract {
    private final List<AutoCloseable> open = new ArrayList<>();
    private final SimulatedCodegenServer server =
            started(SimulatorSettings.DEFAULT.lasting(Duration.ofMillis(100), Duration.ofMillis(200)));
    private final SimulatedCodegenServer hanging = started(SimulatorSettings.from(Map.of("hang-rate", "1")));

    private SimulatedCodegenServer started(SimulatorSettings settings) {
        try {
            var started = SimulatedCodegenServer.start(settings);
            open.add(started);
            return started;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private CodingAgent of(SimulatedCodegenServer server) {
        CodingAgent agent = new Agents(Map.of(
                        "simulated.base-url",
                        server.baseUrl().toString(),
                        "simulated.token",
                        server.token(),
                        "simulated.poll-interval",
                        "20ms"))
                .agent(Agents.SIMULATED);
        open.add(agent);
        return agent;
    }

    @Override
    protected CodingAgent agent() {
        return of(server);
    }

    @Override
    protected CodingAgent hangingAgent() {
        return of(hanging);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) each.close();
    }
}
