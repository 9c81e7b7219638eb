package io.taskweaver.agents.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.taskweaver.agents.NamedValues;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a coding agent that is a service is asked, and what its answers mean: the content of a file
 * {@code agents/<name>.yaml}. Texts may hold placeholders, see {@link Template}; places in answers are JSONPath (RFC 9535).
 *
 * @param about one line for people
 * @param headers of each request
 * @param values values of placeholders
 * @param create begins a run
 * @param find looks for the run of an attempt; a service without needs {@code idempotent}
 * @param idempotent whether a creation that is sent twice begins one run
 * @param start where a run is followed until it has its own id, for services that answer a creation before that
 * @param poll says how a run goes
 * @param answer where the answer is, if it is not in what {@code poll} gets
 * @param cancel stops a run
 * @param statuses what a status means, by its name in lower case; others mean that the run goes on
 * @param interval time between two looks at a run
 * @param settling how long a creation that nobody answered may take to show
 * @param creationsPerMinute runs that the account may begin; 0 for any number
 * @param limits of each request
 */
record HttpSpec(
        String about,
        URI baseUrl,
        Map<String, String> headers,
        Map<String, String> values,
        Create create,
        Optional<Find> find,
        boolean idempotent,
        Optional<Start> start,
        Poll poll,
        Optional<Answer> answer,
        Optional<Request> cancel,
        Map<String, Meaning> statuses,
        Duration interval,
        Duration settling,
        int creationsPerMinute,
        JsonHttp.Limits limits) {
    private static final long MOST_ANSWER = 16L << 20;

    /** What a status means; as in {@link io.taskweaver.agents.Outcome}. */
    enum Meaning {
        RUNNING,
        SUCCEEDED,
        INFRA_FAILED,
        NEEDS_INPUT,
        TASK_FAILED,
        TIMED_OUT,
        BUDGET_EXCEEDED,
        CANCELLED,
        CREDENTIALS_REFUSED
    }

    /**
     * A request.
     *
     * @param method e.g. {@code GET}
     * @param path with its query, to be filled
     * @param body texts in it are filled; a field whose placeholders have no value is left out
     */
    record Request(String method, String path, Optional<JsonNode> body) {}

    /**
     * Begins a run.
     *
     * @param id where its id is
     */
    record Create(Request request, String id) {}

    /**
     * Looks for the run of an attempt.
     *
     * @param id where its id is, with placeholders
     */
    record Find(Request request, String id) {}

    /**
     * Follows a creation until the run has its own id.
     *
     * @param id where that is, once it is there
     * @param status where the status is
     */
    record Start(Request request, String id, Optional<String> status) {}

    /**
     * Says how a run goes.
     *
     * @param status where its status is; of several places, the first that has one
     * @param message where a sign of life is
     * @param reason where the reason of a failure is
     * @param answer where the answer is
     * @param summary where a summary is
     * @param links where addresses of pull requests and the like are
     * @param costUsd where the cost in US dollars is
     */
    record Poll(
            Request request,
            List<String> status,
            Optional<String> message,
            Optional<String> reason,
            Optional<String> answer,
            Optional<String> summary,
            List<String> links,
            Optional<String> costUsd,
            Optional<String> inputTokens,
            Optional<String> outputTokens) {}

    /**
     * Gets the answer.
     *
     * @param text where it is; several texts are joined
     */
    record Answer(Request request, String text) {}

    /** The form of the file. */
    record Raw(
            @Nullable String about,
            @Nullable String extend,
            @JsonProperty("base-url") @Nullable String baseUrl,
            @Nullable Map<String, String> headers,
            @Nullable Map<String, String> values,
            @Nullable RawRequest create,
            @Nullable RawRequest find,
            @Nullable Boolean idempotent,
            @Nullable RawRequest start,
            @Nullable RawPoll poll,
            @Nullable RawRequest answer,
            @Nullable RawRequest cancel,
            @Nullable Map<String, Meaning> statuses,
            @Nullable String interval,
            @Nullable String settling,
            @JsonProperty("request-timeout") @Nullable String requestTimeout,
            @JsonProperty("creations-per-minute") @Nullable Integer creationsPerMinute,
            @JsonProperty("most-answer") @Nullable Long mostAnswer) {
        /** This file's settings, and for what it does not set those of another. */
        Raw over(Raw base) {
            return new Raw(
                    or(about, base.about),
                    null,
                    or(baseUrl, base.baseUrl),
                    joined(base.headers, headers),
                    joined(base.values, values),
                    or(create, base.create),
                    or(find, base.find),
                    or(idempotent, base.idempotent),
                    or(start, base.start),
                    or(poll, base.poll),
                    or(answer, base.answer),
                    or(cancel, base.cancel),
                    or(statuses, base.statuses),
                    or(interval, base.interval),
                    or(settling, base.settling),
                    or(requestTimeout, base.requestTimeout),
                    or(creationsPerMinute, base.creationsPerMinute),
                    or(mostAnswer, base.mostAnswer));
        }

        HttpSpec checked() {
            var creation = needed(create, "create");
            var polled = needed(poll, "poll");
            boolean repeatable = idempotent != null && idempotent;
            if (find == null && !repeatable)
                throw new IllegalArgumentException(
                        "without 'find' nobody knows whether a creation that was not answered"
                                + " began a run: say 'idempotent: true' if the service begins one run for the same request, or how"
                                + " to find a run");
            var found = Optional.ofNullable(find)
                    .map(request -> new Find(request.checked("GET"), needed(request.id, "find.id")));
            var times = new NamedValues(times());
            var spec = new HttpSpec(
                    about == null ? "" : about,
                    address(needed(baseUrl, "base-url")),
                    orEmpty(headers),
                    orEmpty(values),
                    new Create(creation.checked("POST"), needed(creation.id, "create.id")),
                    found,
                    repeatable,
                    Optional.ofNullable(start)
                            .map(request -> new Start(
                                    request.checked("GET"),
                                    needed(request.id, "start.id"),
                                    Optional.ofNullable(request.status))),
                    polled.checked(),
                    Optional.ofNullable(answer)
                            .map(request -> new Answer(request.checked("GET"), needed(request.text, "answer.text"))),
                    Optional.ofNullable(cancel).map(request -> request.checked("POST")),
                    lowered(statuses),
                    times.duration("interval", Duration.ofSeconds(10)),
                    times.duration("settling", Duration.ofSeconds(30)),
                    creationsPerMinute == null ? 0 : creationsPerMinute,
                    new JsonHttp.Limits(
                            Duration.ofSeconds(10),
                            times.duration("request-timeout", Duration.ofSeconds(30)),
                            mostAnswer == null ? MOST_ANSWER : mostAnswer));
            if (spec.statuses.isEmpty()) throw new IllegalArgumentException("'statuses' must say what ends a run");
            if (spec.answer.isEmpty() && spec.poll.answer().isEmpty())
                throw new IllegalArgumentException("'poll.answer' or 'answer' must say where the agent's answer is");
            Template.check(spec);
            return spec;
        }

        private Map<String, String> times() {
            var times = new HashMap<String, String>();
            if (interval != null) times.put("interval", interval);
            if (settling != null) times.put("settling", settling);
            if (requestTimeout != null) times.put("request-timeout", requestTimeout);
            return times;
        }

        private static URI address(String text) {
            var address = URI.create(text);
            if (address.getHost() == null
                    || address.getScheme() == null
                    || !address.getScheme().startsWith("http"))
                throw new IllegalArgumentException("'base-url' is no address of a service: " + text);
            return address;
        }

        private static Map<String, Meaning> lowered(@Nullable Map<String, Meaning> statuses) {
            var lowered = new HashMap<String, Meaning>();
            if (statuses != null)
                statuses.forEach((name, meaning) -> lowered.put(name.toLowerCase(Locale.ROOT), meaning));
            return lowered;
        }
    }

    /** The form of a request. */
    record RawRequest(
            @Nullable String method,
            @Nullable String path,
            @Nullable JsonNode body,
            @Nullable String id,
            @Nullable String status,
            @Nullable String text) {
        Request checked(String usualMethod) {
            return new Request(
                    method == null ? usualMethod : method.toUpperCase(Locale.ROOT),
                    needed(path, "path"),
                    Optional.ofNullable(body));
        }
    }

    /** The form of {@code poll}. */
    record RawPoll(
            @Nullable String method,
            @Nullable String path,
            @Nullable List<String> status,
            @Nullable String message,
            @Nullable String reason,
            @Nullable String answer,
            @Nullable String summary,
            @Nullable List<String> links,
            @JsonProperty("cost-usd") @Nullable String costUsd,
            @JsonProperty("input-tokens") @Nullable String inputTokens,
            @JsonProperty("output-tokens") @Nullable String outputTokens) {
        Poll checked() {
            return new Poll(
                    new RawRequest(method, path, null, null, null, null).checked("GET"),
                    needed(status, "poll.status"),
                    Optional.ofNullable(message),
                    Optional.ofNullable(reason),
                    Optional.ofNullable(answer),
                    Optional.ofNullable(summary),
                    links == null ? List.of() : links,
                    Optional.ofNullable(costUsd),
                    Optional.ofNullable(inputTokens),
                    Optional.ofNullable(outputTokens));
        }
    }

    private static <T> T needed(@Nullable T value, String name) {
        if (value == null) throw new IllegalArgumentException("'" + name + "' is missing");
        return value;
    }

    private static <T> @Nullable T or(@Nullable T value, @Nullable T otherwise) {
        return value == null ? otherwise : value;
    }

    private static Map<String, String> joined(@Nullable Map<String, String> base, @Nullable Map<String, String> over) {
        var joined = new HashMap<String, String>(orEmpty(base));
        joined.putAll(orEmpty(over));
        return joined;
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
