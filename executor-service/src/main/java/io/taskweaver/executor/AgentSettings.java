package io.taskweaver.executor;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** Settings of the coding agents that an executor can use. What is not set is not offered. */
@ConfigMapping(prefix = "taskweaver.agent")
public interface AgentSettings {
    /** The Codegen API. */
    Codegen codegen();

    /** The simulated agent. */
    Simulated simulated();

    /** Settings of the Codegen API. Offered when organisation and token are set. */
    interface Codegen {
        /** Where the API is. */
        @WithDefault("https://api.codegen.com")
        URI baseUrl();

        /** Number of the organisation that runs are made for. */
        Optional<String> orgId();

        /** Token of an account of that organisation. */
        Optional<String> token();
    }

    /** Settings of the simulated agent. Offered when its address is set. */
    interface Simulated {
        /** Base URL of the simulated server. */
        Optional<URI> url();

        /** Organisation that it answers to. */
        @WithDefault("1")
        String orgId();

        /** Token that it asks for. */
        @WithDefault("simulated")
        String token();
    }
}
