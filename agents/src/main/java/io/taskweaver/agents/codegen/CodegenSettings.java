package io.taskweaver.agents.codegen;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How the service is reached and how gently.
 *
 * @param name name that plans choose the agent by
 * @param baseUrl http or https, without the paths of the API
 * @param paths where the API's operations are
 * @param organization id of the organization that pays; empty refuses every run with a hint
 * @param token what proves it; empty refuses every run with a hint
 * @param authorizationHeader header that carries the token
 * @param authorizationScheme word before the token, may be empty
 * @param credentialsHint what to set when the credentials are refused
 * @param repository id of the repository that runs work on
 * @param model model to ask for
 * @param agentType agent to ask for, e.g. {@code codegen} or {@code claude_code}
 * @param attemptKey key of a run's metadata that holds the attempt's id
 * @param statuses what the service's statuses mean
 * @param polling how runs are watched
 * @param limits what is asked of the service at most
 */
public record CodegenSettings(
        String name,
        URI baseUrl,
        CodegenPaths paths,
        Optional<String> organization,
        Optional<Secret> token,
        String authorizationHeader,
        String authorizationScheme,
        String credentialsHint,
        OptionalLong repository,
        Optional<String> model,
        Optional<String> agentType,
        String attemptKey,
        RunStatuses statuses,
        Polling polling,
        Limits limits) {

    /** The service's public address. */
    public static final URI PUBLIC_URL = URI.create("https://api.codegen.com");

    public static final String CREDENTIALS_HINT =
            "set CODEGEN_API_TOKEN to a valid token and CODEGEN_ORG_ID to the id of its organization";

    /**
     * How runs are watched.
     *
     * @param interval least time between the starts of two polls
     * @param longestPause most time between two polls while the service does not answer
     * @param pageSize runs in one list, 1 to 100
     * @param pages lists in one poll at most; runs that are on none are asked for one by one
     * @param singles runs asked for one by one in one poll at most
     */
    public record Polling(Duration interval, Duration longestPause, int pageSize, int pages, int singles) {
        public static final Polling DEFAULT = new Polling(Duration.ofSeconds(2), Duration.ofSeconds(30), 100, 10, 10);

        public Polling {
            positive(interval, "interval");
            positive(longestPause, "longest pause");
            if (pageSize < 1 || pageSize > 100)
                throw new IllegalArgumentException("the page size is 1 to 100, not " + pageSize);
            if (pages < 0) throw new IllegalArgumentException("pages must not be negative");
            if (singles < 1) throw new IllegalArgumentException("at least one run must be asked for in a poll");
        }

        public Polling every(Duration interval) {
            return new Polling(interval, longestPause, pageSize, pages, singles);
        }
    }

    /**
     * What is asked of the service at most.
     *
     * @param requestTimeout until a request counts as lost
     * @param connectTimeout until the service counts as out of reach
     * @param settling how long after an ambiguous creation a run may still come into being; so long {@code find} looks
     * @param lookupPages lists that {@code find} goes through, newest runs first
     * @param creationsPerMinute runs created in any minute; 0 means any number. Whoever comes too early waits.
     * @param answerBytes longest answer of the service that is read
     */
    public record Limits(
            Duration requestTimeout,
            Duration connectTimeout,
            Duration settling,
            int lookupPages,
            int creationsPerMinute,
            long answerBytes) {
        public static final Limits DEFAULT = new Limits(
                Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(10), 50, 10, 64L * 1024 * 1024);

        public Limits {
            positive(requestTimeout, "request time-out");
            positive(connectTimeout, "connect time-out");
            if (settling.isNegative()) throw new IllegalArgumentException("settling must not be negative");
            if (lookupPages < 1) throw new IllegalArgumentException("a look-up needs at least one page");
            if (creationsPerMinute < 0) throw new IllegalArgumentException("creations per minute must not be negative");
            if (answerBytes < 1) throw new IllegalArgumentException("the longest answer must be positive");
        }
    }

    public CodegenSettings {
        if (name.isBlank()) throw new IllegalArgumentException("an agent needs a name");
        String scheme = baseUrl.getScheme();
        if (baseUrl.getHost() == null || !("http".equals(scheme) || "https".equals(scheme)))
            throw new IllegalArgumentException("not an http or https address: '" + baseUrl + "'");
        if (baseUrl.getUserInfo() != null)
            throw new IllegalArgumentException("the base URL must not hold credentials; use the token's setting");
        organization = organization.map(String::strip).filter(text -> !text.isEmpty());
    }

    /** Settings for the public service. */
    public static CodegenSettings of(Optional<String> organization, Optional<Secret> token) {
        return new CodegenSettings(
                "codegen",
                PUBLIC_URL,
                CodegenPaths.DEFAULT,
                organization,
                token,
                "Authorization",
                "Bearer",
                CREDENTIALS_HINT,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                "taskweaver_attempt",
                RunStatuses.DEFAULT,
                Polling.DEFAULT,
                Limits.DEFAULT);
    }

    /** The same at another address, under another name. */
    public CodegenSettings at(String name, URI baseUrl, String credentialsHint) {
        return new CodegenSettings(
                name,
                baseUrl,
                paths,
                organization,
                token,
                authorizationHeader,
                authorizationScheme,
                credentialsHint,
                repository,
                model,
                agentType,
                attemptKey,
                statuses,
                polling,
                limits);
    }

    /** The same for other runs. */
    public CodegenSettings running(OptionalLong repository, Optional<String> model, Optional<String> agentType) {
        return new CodegenSettings(
                name,
                baseUrl,
                paths,
                organization,
                token,
                authorizationHeader,
                authorizationScheme,
                credentialsHint,
                repository,
                model,
                agentType,
                attemptKey,
                statuses,
                polling,
                limits);
    }

    /** The same at another pace. */
    public CodegenSettings paced(Polling polling, Limits limits) {
        return new CodegenSettings(
                name,
                baseUrl,
                paths,
                organization,
                token,
                authorizationHeader,
                authorizationScheme,
                credentialsHint,
                repository,
                model,
                agentType,
                attemptKey,
                statuses,
                polling,
                limits);
    }

    private static void positive(Duration duration, String what) {
        if (!duration.isPositive()) throw new IllegalArgumentException("the " + what + " must be positive");
    }
}
