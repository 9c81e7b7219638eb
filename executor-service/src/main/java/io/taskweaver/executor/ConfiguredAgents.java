package io.taskweaver.executor;

import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.codegen.CodegenAgent;
import io.taskweaver.agents.codegen.CodegenSettings;
import io.taskweaver.agents.codegen.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the coding agents that the settings name. */
final class ConfiguredAgents {
    private ConfiguredAgents() {}

    static List<CodingAgent> of(AgentSettings settings) {
        var agents = new ArrayList<CodingAgent>();
        var codegen = settings.codegen();
        var organization = codegen.orgId();
        var token = codegen.token();
        if (organization.isPresent() && token.isPresent())
            agents.add(new CodegenAgent(CodegenSettings.of(organization, token.map(Secret::new))
                    .at("codegen", codegen.baseUrl(), CodegenSettings.CREDENTIALS_HINT)));
        settings.simulated()
                .url()
                .ifPresent(url -> agents.add(new CodegenAgent(CodegenSettings.of(
                                Optional.of(settings.simulated().orgId()),
                                Optional.of(new Secret(settings.simulated().token())))
                        .at("simulated", url, "set taskweaver.agent.simulated.token as the simulated server has it"))));
        return agents;
    }
}
