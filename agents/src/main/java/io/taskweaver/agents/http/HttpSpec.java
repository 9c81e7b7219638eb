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
 * Requests to a coding agent that is a service, and reading of its answers: the content of a file {@code
 * agents/<name>.yaml}. Texts may contain placeholders, see {@link RequestTemplate}; places in answers are JSONPath (RFC 9535).
 *
 * @param about one line for people
 * @param headers of each request
 * @param values values of placeholders
 * @param create creates a run
 * @param find searches for the run of an attempt; a service without it needs {@code idempotent}
 * @param idempotent whether a repeated creation creates only one run
 * @param start polls a creation until the run has its id, for services that answer before that
 * @param poll reads the state of a run
 * @param answer request of the answer, if the answer of {@code poll} does not have it
 * @param cancel stops a run
 * @param remote how it works on a repository of the plan; empty if it cannot
 * @param statuses meaning of a status, by its name in lower case; with others the run continues
 * @param interval time between two polls of a run
 * @param settling time until a creation without an answer becomes visible
 * @param creationsPerMinute maximum runs created per minute; 0 for any number
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
        Optional<Remote> remote,
        Map<String, Meaning> statuses,
        Duration interval,
        Duration settling,
        int creationsPerMinute,
        JsonHttp.Limits limits) {
    private static final long MOST_ANSWER = 16L << 20;

    /** Outcomes of a status, as in {@link io.taskweaver.agents.Outcome}. */
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
     * @param path template, with its query
     * @param body template; a field whose placeholders have no value is omitted
     */
    record Request(String method, String path, Optional<JsonNode> body) {}

    /**
     * Creates a run.
     *
     * @param id place of its id
     */
    record Create(Request request, String id) {}

    /**
     * Searches for the run of an attempt.
     *
     * @param id place of its id, with placeholders
     */
    record Find(Request request, String id) {}

    /**
     * Polls a creation until the run has its id.
     *
     * @param id place of the id, when it exists
     * @param status place of the status
     */
    record Start(Request request, String id, Optional<String> status) {}

    /**
     * Reads the state of a run.
     *
     * @param status where its status is; of several places, the first that has one
     * @param message place of a progress message
     * @param reason place of the reason of a failure
     * @param answer place of the answer
     * @param summary place of a summary
     * @param links places of URLs of pull requests and the like
     * @param costUsd place of the cost in US dollars
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
     * @param text place of the answer; several texts are joined
     */
    record Answer(Request request, String text) {}

    /**
     * Work on a repository: {@code {remote-url}} and the branch {@code {base-branch}}.
     *
     * @param branch places of the name of the branch with the result, in the answer of {@code poll}
     * @param pullRequest places of the addresses or numbers of pull requests
     * @param values values of placeholders that count instead of others
     */
    record Remote(List<String> branch, List<String> pullRequest, Map<String, String> values) {}

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
            @Nullable RawRemote remote,
            @Nullable Map<String, Meaning> statuses,
            @Nullable String interval,
            @Nullable String settling,
            @JsonProperty("request-timeout") @Nullable String requestTimeout,
            @JsonProperty("creations-per-minute") @Nullable Integer creationsPerMinute,
            @JsonProperty("most-answer") @Nullable Long mostAnswer) {
        /** These settings merged over those of another file. */
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
                    or(remote, base.remote),
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
                throw new IllegalArgumentException("without 'find' it is unknown whether a creation without an answer"
                        + " created a run: set 'idempotent: true' if the service creates only one run for the same request, or define"
                        + " 'find'");
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
                    Optional.ofNullable(remote).map(RawRemote::checked),
                    lowered(statuses),
                    times.duration("interval", Duration.ofSeconds(10)),
                    times.duration("settling", Duration.ofSeconds(30)),
                    creationsPerMinute == null ? 0 : creationsPerMinute,
                    new JsonHttp.Limits(
                            Duration.ofSeconds(10),
                            times.duration("request-timeout", Duration.ofSeconds(30)),
                            mostAnswer == null ? MOST_ANSWER : mostAnswer));
            if (spec.statuses.isEmpty())
                throw new IllegalArgumentException("'statuses' must list the statuses that end a run");
            if (spec.answer.isEmpty() && spec.poll.answer().isEmpty())
                throw new IllegalArgumentException(
                        "'poll.answer' or 'answer' must name the place of the agent's answer");
            RequestTemplate.check(spec);
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
                throw new IllegalArgumentException("'base-url' is not an http or https URL: " + text);
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

    /** The form of {@code remote}. */
    record RawRemote(
            @Nullable List<String> branch,
            @JsonProperty("pull-request") @Nullable List<String> pullRequest,
            @Nullable Map<String, String> values) {
        Remote checked() {
            var checked = new Remote(
                    branch == null ? List.of() : branch,
                    pullRequest == null ? List.of() : pullRequest,
                    orEmpty(values));
            if (checked.branch.isEmpty() && checked.pullRequest.isEmpty())
                throw new IllegalArgumentException(
                        "'remote' must name the place of the 'branch' or of the 'pull-request'"
                                + " in the answer of 'poll'");
            return checked;
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
