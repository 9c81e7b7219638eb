package io.taskweaver.agents.codegen;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Connection and rate limits of the service.
 *
 * @param name name of the agent in plans
 * @param baseUrl http or https, without the paths of the API
 * @param paths paths of the API's operations
 * @param organization id of the organization that pays; empty refuses every run with a hint
 * @param token credential; empty refuses every run with a hint
 * @param authorizationHeader header of the token
 * @param authorizationScheme scheme before the token, may be empty
 * @param credentialsHint remedy if the credentials are refused
 * @param repository id of the repository that runs work on
 * @param model model to request
 * @param agentType agent to request, e.g. {@code codegen} or {@code claude_code}
 * @param attemptKey metadata key of the attempt's id
 * @param statuses meaning of the service's statuses
 * @param polling how runs are polled
 * @param limits limits of requests
 */
@RecordBuilder
@RecordBuilder.Options(enableWither = false)
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
     * Polling of runs.
     *
     * @param interval minimum time between the starts of two polls
     * @param longestPause maximum time between two polls while the service does not answer
     * @param pageSize runs in one page, 1 to 100
     * @param pages maximum pages in one poll; runs on none of them are requested individually
     * @param singles maximum runs requested individually in one poll
     */
    public record Polling(Duration interval, Duration longestPause, int pageSize, int pages, int singles) {
        public static final Polling DEFAULT = new Polling(Duration.ofSeconds(2), Duration.ofSeconds(30), 100, 10, 10);

        public Polling {
            positive(interval, "interval");
            positive(longestPause, "longest pause");
            if (pageSize < 1 || pageSize > 100)
                throw new IllegalArgumentException("the page size must be 1 to 100, not " + pageSize);
            if (pages < 0) throw new IllegalArgumentException("pages must not be negative");
            if (singles < 1) throw new IllegalArgumentException("a poll must request at least one run");
        }

        public Polling every(Duration interval) {
            return new Polling(interval, longestPause, pageSize, pages, singles);
        }
    }

    /**
     * Limits of requests.
     *
     * @param requestTimeout timeout of a request
     * @param connectTimeout timeout of a connection
     * @param settling how long after an ambiguous creation a run may still appear, and {@code find} searches
     * @param lookupPages pages that {@code find} searches, newest runs first
     * @param creationsPerMinute maximum runs created in any minute; 0 for any number. Further creations wait.
     * @param answerBytes longest accepted answer of the service
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
            positive(requestTimeout, "request timeout");
            positive(connectTimeout, "connect timeout");
            if (settling.isNegative()) throw new IllegalArgumentException("settling must not be negative");
            if (lookupPages < 1) throw new IllegalArgumentException("a lookup needs at least one page");
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
        return CodegenSettingsBuilder.builder(this)
                .name(name)
                .baseUrl(baseUrl)
                .credentialsHint(credentialsHint)
                .build();
    }

    /** The same for other runs. */
    public CodegenSettings running(OptionalLong repository, Optional<String> model, Optional<String> agentType) {
        return CodegenSettingsBuilder.builder(this)
                .repository(repository)
                .model(model)
                .agentType(agentType)
                .build();
    }

    /** The same with another polling. */
    public CodegenSettings paced(Polling polling, Limits limits) {
        return CodegenSettingsBuilder.builder(this)
                .polling(polling)
                .limits(limits)
                .build();
    }

    private static void positive(Duration duration, String what) {
        if (!duration.isPositive()) throw new IllegalArgumentException("the " + what + " must be positive");
    }
}
