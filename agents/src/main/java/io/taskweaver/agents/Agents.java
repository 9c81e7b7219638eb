package io.taskweaver.agents;

import io.taskweaver.agents.codegen.CodegenAgent;
import io.taskweaver.agents.codegen.CodegenSettings;
import io.taskweaver.agents.codegen.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Creates agents by name, from settings {@code <agent>.<setting>}.
 *
 * <p>Settings of both agents: {@code base-url}, {@code org-id}, {@code token}, {@code poll-interval}, {@code
 * longest-pause}, {@code page-size}, {@code poll-pages}, {@code poll-singles}, {@code request-timeout}, {@code
 * connect-timeout}, {@code settling}, {@code lookup-pages}, {@code creations-per-minute}. Of {@code codegen} alone:
 * {@code repo-id}, {@code model}, {@code agent-type}. The simulated agent needs {@code simulated.base-url} and {@code
 * simulated.token}, the rest has defaults; {@code codegen} without a token and an organization can be created, and then
 * refuses every run with a hint.
 */
public final class Agents {
    public static final String CODEGEN = "codegen";
    public static final String SIMULATED = "simulated";

    private static final List<String> KNOWN = List.of(CODEGEN, SIMULATED);

    /** Practically unlimited: nothing there costs money, so a lookup may search all runs. */
    private static final int EVERY_PAGE = 1_000_000;

    private final NamedValues values;

    /**
     * Agents with these settings.
     *
     * @throws IllegalArgumentException if a setting of one of the agents is unknown
     */
    public Agents(Map<String, String> settings) {
        this.values = new NamedValues(settings);
        var unknown = new TreeSet<>(settings.keySet());
        unknown.removeIf(name -> !belongs(name) || SETTINGS.contains(name.substring(name.indexOf('.') + 1)));
        if (!unknown.isEmpty())
            throw new IllegalArgumentException(
                    "unknown settings of agents: " + unknown + "; known are " + new TreeSet<>(SETTINGS));
    }

    private static final List<String> SETTINGS = List.of(
            "base-url",
            "org-id",
            "token",
            "poll-interval",
            "longest-pause",
            "page-size",
            "poll-pages",
            "poll-singles",
            "request-timeout",
            "connect-timeout",
            "settling",
            "lookup-pages",
            "creations-per-minute",
            "repo-id",
            "model",
            "agent-type");

    private static boolean belongs(String name) {
        return KNOWN.stream().anyMatch(agent -> name.startsWith(agent + "."));
    }

    /**
     * A new agent; the caller closes it.
     *
     * @throws IllegalArgumentException if there is no such agent, or its settings are invalid; the message says what to
     *     set
     */
    public CodingAgent agent(String name) {
        return switch (name) {
            case CODEGEN -> new CodegenAgent(codegen());
            case SIMULATED -> new CodegenAgent(simulated());
            default ->
                throw new IllegalArgumentException(
                        "there is no agent '" + name + "'; known are " + String.join(", ", KNOWN));
        };
    }

    private CodegenSettings codegen() {
        var settings = CodegenSettings.of(
                        values.text("codegen.org-id"),
                        values.text("codegen.token").map(Secret::new))
                .running(
                        values.text("codegen.repo-id")
                                .map(id -> OptionalLong.of(values.number("codegen.repo-id", 0)))
                                .orElseGet(OptionalLong::empty),
                        values.text("codegen.model"),
                        values.text("codegen.agent-type"))
                .at(
                        CODEGEN,
                        url("codegen.base-url").orElse(CodegenSettings.PUBLIC_URL),
                        CodegenSettings.CREDENTIALS_HINT);
        return paced(CODEGEN, settings);
    }

    /** Local and free: polled more often, without a rate limit. */
    private CodegenSettings simulated() {
        URI url = url("simulated.base-url")
                .orElseThrow(() -> new IllegalArgumentException("the simulated agent needs 'simulated.base-url', the"
                        + " address that its server prints when it starts"));
        var settings = CodegenSettings.of(
                        values.text("simulated.org-id").or(() -> Optional.of("1")),
                        values.text("simulated.token").map(Secret::new))
                .at(
                        SIMULATED,
                        url,
                        "set taskweaver.agent.simulated.token (TASKWEAVER_AGENT_SIMULATED_TOKEN) and"
                                + " taskweaver.agent.simulated.org-id to the values of its server");
        var limits = settings.limits();
        return paced(
                SIMULATED,
                settings.paced(
                        settings.polling().every(Duration.ofMillis(50)),
                        new CodegenSettings.Limits(
                                limits.requestTimeout(),
                                limits.connectTimeout(),
                                Duration.ofSeconds(2),
                                EVERY_PAGE,
                                0,
                                limits.answerBytes())));
    }

    private CodegenSettings paced(String agent, CodegenSettings settings) {
        var polling = settings.polling();
        var limits = settings.limits();
        return settings.paced(
                new CodegenSettings.Polling(
                        values.duration(agent + ".poll-interval", polling.interval()),
                        values.duration(agent + ".longest-pause", polling.longestPause()),
                        values.integer(agent + ".page-size", polling.pageSize()),
                        values.integer(agent + ".poll-pages", polling.pages()),
                        values.integer(agent + ".poll-singles", polling.singles())),
                new CodegenSettings.Limits(
                        values.duration(agent + ".request-timeout", limits.requestTimeout()),
                        values.duration(agent + ".connect-timeout", limits.connectTimeout()),
                        values.duration(agent + ".settling", limits.settling()),
                        values.integer(agent + ".lookup-pages", limits.lookupPages()),
                        values.integer(agent + ".creations-per-minute", limits.creationsPerMinute()),
                        limits.answerBytes()));
    }

    private Optional<URI> url(String name) {
        return values.text(name).map(text -> {
            try {
                return URI.create(text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("setting '" + name + "' is not an address: '" + text + "'", e);
            }
        });
    }
}
