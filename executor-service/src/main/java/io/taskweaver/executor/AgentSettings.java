package io.taskweaver.executor;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/**
 * Settings of the coding agents that an executor can use. What is not set is not offered; what each setting means and
 * its default is said by {@link io.taskweaver.agents.Agents}, which reads them.
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

        /** Model to ask for. */
        Optional<String> model();

        /** Agent to ask for, e.g. {@code codegen} or {@code claude_code}. */
        Optional<String> agentType();
    }

    /** Settings of the simulated agent. */
    interface Simulated extends Client {
        /** Address that its server prints when it starts; the same as {@code base-url}. */
        Optional<String> url();
    }

    /** Settings of every agent that is reached like the Codegen API. */
    interface Client {
        /** Where the API is. */
        Optional<String> baseUrl();

        /** Organisation that runs are made for. */
        Optional<String> orgId();

        /** Token of an account of that organisation. */
        Optional<String> token();

        /** Time between two polls. */
        Optional<String> pollInterval();

        /** Most time between two polls while the agent does not answer. */
        Optional<String> longestPause();

        /** Runs in one list. */
        Optional<String> pageSize();

        /** Lists in one poll. */
        Optional<String> pollPages();

        /** Runs that are asked for one by one in one poll. */
        Optional<String> pollSingles();

        /** Time until a request counts as lost. */
        Optional<String> requestTimeout();

        /** Time until the agent counts as out of reach. */
        Optional<String> connectTimeout();

        /** Time in which a run may still come into being after a request that nobody answered. */
        Optional<String> settling();

        /** Lists that are gone through to find a run. */
        Optional<String> lookupPages();

        /** Runs that are created in a minute at most; 0 for any number. */
        Optional<String> creationsPerMinute();
    }
}
