package io.taskweaver.executor;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/**
 * Settings of the coding agents that an executor can use. An agent without settings is not offered. {@link
 * io.taskweaver.agents.Agents} reads the settings and documents their meaning and defaults.
 */
@ConfigMapping(prefix = "taskweaver.agent")
public interface AgentSettings {
    /** The Codegen API: offered when {@code org-id} and {@code token} are set. */
    Codegen codegen();

    /** The simulated agent: offered when {@code url} is set. */
    Simulated simulated();

    /** The agent that does nothing: offered when {@code enabled}. */
    Idle idle();

    /** Settings of the agent that does nothing. */
    interface Idle {
        /** Whether executors offer it. */
        @WithDefault("false")
        boolean enabled();
    }

    /** Settings of the Codegen API. */
    interface Codegen extends Client {
        /** Number of the repository that runs work on. */
        Optional<String> repoId();

        /** Model to request. */
        Optional<String> model();

        /** Agent to request, e.g. {@code codegen} or {@code claude_code}. */
        Optional<String> agentType();
    }

    /** Settings of the simulated agent. */
    interface Simulated extends Client {
        /** Address that its server prints when it starts; the same as {@code base-url}. */
        Optional<String> url();
    }

    /** Settings common to agents with the Codegen API. */
    interface Client {
        /** Base URL of the API. */
        Optional<String> baseUrl();

        /** Organization that owns the runs. */
        Optional<String> orgId();

        /** Token of an account of that organization. */
        Optional<String> token();

        /** Time between two polls. */
        Optional<String> pollInterval();

        /** Longest time between two polls while the agent does not answer. */
        Optional<String> longestPause();

        /** Runs in one page. */
        Optional<String> pageSize();

        /** Pages in one poll. */
        Optional<String> pollPages();

        /** Runs that are requested individually in one poll. */
        Optional<String> pollSingles();

        /** Timeout of a request. */
        Optional<String> requestTimeout();

        /** Timeout of a connection. */
        Optional<String> connectTimeout();

        /** Time until a run whose creation was not answered must be visible. */
        Optional<String> settling();

        /** Pages that are searched to find a run. */
        Optional<String> lookupPages();

        /** Maximum runs created per minute; 0 for any number. */
        Optional<String> creationsPerMinute();
    }
}
