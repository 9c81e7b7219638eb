package io.taskweaver.agents.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import io.github.resilience4j.core.IntervalFunction;
import io.taskweaver.agents.AccountSharing;
import io.taskweaver.agents.Assignment;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.Creation;
import io.taskweaver.agents.Lookup;
import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.RunListener;
import io.taskweaver.agents.Secrets;
import io.taskweaver.code.AgentBranch;
import io.taskweaver.model.Usage;
import io.taskweaver.prompts.Delivery;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A coding agent that is a service, described by a file. Thread-safe. */
public final class HttpAgent implements CodingAgent {
    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);
    private static final String LIMIT_HINT = " Set another limit with 'most-answer' in the agent's file.";
    private static final int LONGEST_SUMMARY = 1_000;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);
    private static final Configuration JSON_PATH = Configuration.builder()
            .jsonProvider(new JacksonJsonNodeJsonProvider())
            .mappingProvider(new JacksonMappingProvider())
            .options(Option.SUPPRESS_EXCEPTIONS, Option.ALWAYS_RETURN_LIST)
            .build();

    private final String name;
    private final HttpSpec spec;
    private final Map<String, String> constants = new HashMap<>();
    private final List<String> missing;
    private final Secrets secrets;
    private final Clock clock;
    private final HttpFailures refusals;
    private final CreationThrottle throttle;
    private final IntervalFunction pauses;
    /** Created lazily: listing agents needs no client, and creating one loads TLS. */
    private @Nullable JsonHttp http;

    private final CountDownLatch closed = new CountDownLatch(1);
    /** Attempts whose creation had no answer, and its time on the clock of {@link System#nanoTime}. */
    private final Map<String, Long> unanswered = new ConcurrentHashMap<>();
    /** Ids of runs that were returned after the creation. */
    private final Map<String, String> started = new ConcurrentHashMap<>();

    /** @param environment variables of this process; only those named in the file are used */
    HttpAgent(String name, HttpSpec spec, Map<String, String> environment, Clock clock) {
        this.name = name;
        this.spec = spec;
        this.clock = clock;
        long interval = Math.max(1, spec.interval().toMillis());
        this.pauses = IntervalFunction.ofExponentialBackoff(interval, 2, Math.max(interval, LONGEST_PAUSE.toMillis()));
        var variables = RequestTemplate.variables(spec);
        for (var variable : variables) {
            var value = environment.getOrDefault(variable, "").strip();
            if (value.isEmpty()) continue;
            constants.put(variable, value);
        }
        this.secrets = Secrets.of(constants.values());
        this.missing =
                variables.stream().filter(each -> !constants.containsKey(each)).toList();
        var fromFile = new RequestTemplate(constants);
        spec.values().forEach((key, text) -> constants.put(key, fromFile.fill(text)));
        this.refusals = new HttpFailures("Set " + String.join(" and ", variables) + " where the executors run", clock);
        this.throttle = new CreationThrottle(name, spec.creationsPerMinute(), System.nanoTime());
    }

    @Override
    public String name() {
        return name;
    }

    /** One line for people. */
    public String about() {
        return spec.about();
    }

    /** Required environment variables. */
    public List<String> missing() {
        return missing;
    }

    @Override
    public Secrets secrets() {
        return secrets;
    }

    @Override
    public boolean worksOnRemote() {
        return spec.remote().isPresent();
    }

    @Override
    public void share(AccountSharing sharing) {
        throttle.share(sharing);
    }

    @Override
    public Lookup find(Attempt attempt) throws InterruptedException {
        if (!missing.isEmpty()) return new Lookup.Unavailable(unset());
        if (spec.find().isEmpty()) return new Lookup.Absent();
        var find = spec.find().get();
        var template = new RequestTemplate(values(attempt));
        while (true) {
            switch (send(find.request(), template)) {
                case Reply.Done(JsonNode body) -> {
                    var id = text(body, template, find.id());
                    Long since = unanswered.get(attempt.id());
                    boolean settled = since == null
                            || System.nanoTime() - since > spec.settling().toNanos();
                    if (id.isPresent() || settled) {
                        unanswered.remove(attempt.id());
                        return id.<Lookup>map(Lookup.Found::new).orElseGet(Lookup.Absent::new);
                    }
                }
                case Reply.Failed failed -> {
                    return refusals.unavailable(failed, "A list of runs", LIMIT_HINT);
                }
            }
            if (pause(spec.interval())) return new Lookup.Unavailable(stopped());
        }
    }

    @Override
    public void awaitTurn() throws InterruptedException {
        if (!missing.isEmpty()) return;
        long wait = throttle.reserve(System.nanoTime());
        if (wait > 0) {
            var _ = closed.await(wait, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public Creation create(Attempt attempt, Assignment assignment) throws InterruptedException {
        if (!missing.isEmpty()) return new Creation.Refused(unset());
        var values = values(attempt);
        values.put("prompt", assignment.prompt());
        assignment.remote().ifPresent(place -> onRemote(values, place));
        var template = new RequestTemplate(values);
        if (closed.getCount() == 0) return new Creation.Refused(stopped());
        // Marked before sending: an interrupted request has no answer either.
        unanswered.put(attempt.id(), System.nanoTime());
        var creation = created(send(spec.create().request(), template), template);
        if (creation instanceof Creation.Unknown) unanswered.put(attempt.id(), System.nanoTime());
        else unanswered.remove(attempt.id());
        return creation;
    }

    private void onRemote(Map<String, String> values, Delivery.OnRemote place) {
        values.put("remote-url", place.url());
        values.put("base-branch", place.branch());
        var given = new RequestTemplate(values);
        spec.remote().ifPresent(remote -> remote.values().forEach((name, text) -> values.put(name, given.fill(text))));
    }

    private Creation created(Reply reply, RequestTemplate template) {
        return switch (reply) {
            case Reply.Done(JsonNode body) ->
                text(body, template, spec.create().id())
                        .<Creation>map(Creation.Created::new)
                        .orElseGet(() -> new Creation.Unknown("the service accepted the run but returned no id"));
            case Reply.Failed failed -> refusals.creation(failed, LIMIT_HINT);
        };
    }

    @Override
    public Outcome await(String runId, Duration limit, RunListener listener) throws InterruptedException {
        if (!missing.isEmpty()) return unset();
        long deadline = System.nanoTime() + limit.toNanos();
        var lastMessage = "";
        int failures = 0;
        while (true) {
            var polled = pollOnce(runId);
            switch (polled) {
                case Look.Ended(Outcome outcome) -> {
                    return outcome;
                }
                case Look.Goes(String message) -> {
                    failures = 0;
                    if (!message.isBlank() && !message.equals(lastMessage)) listener.active(message);
                    lastMessage = message;
                }
                case Look.Unclear unclear -> failures++;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                cancel(runId);
                return new Outcome.TimedOut(
                        "Agent " + name + " did not end within " + limit.toSeconds() + " s and was stopped.", limit);
            }
            var wait = polled instanceof Look.Unclear(Optional<Duration> after) && after.isPresent()
                    ? after.get()
                    : Duration.ofMillis(pauses.apply(failures + 1));
            if (pause(wait.toNanos() < left ? wait : Duration.ofNanos(left))) return stopped();
        }
    }

    /** Result of one poll. */
    private sealed interface Look {
        record Ended(Outcome outcome) implements Look {}

        record Goes(String message) implements Look {}

        /** No answer, or a temporary error. */
        record Unclear(Optional<Duration> after) implements Look {}
    }

    private Look pollOnce(String runId) throws InterruptedException {
        if (spec.start().isPresent() && !started.containsKey(runId)) {
            var start = spec.start().get();
            var reply = send(start.request(), template(runId, ""));
            if (!(reply instanceof Reply.Done(JsonNode body))) return unclear(reply);
            var template = template(runId, "");
            var id = text(body, template, start.id());
            if (id.isEmpty()) {
                var status =
                        start.status().flatMap(at -> text(body, template, at)).orElse("");
                return meaning(status) == HttpSpec.Meaning.RUNNING
                        ? new Look.Goes(status)
                        : new Look.Ended(
                                new Outcome.InfraFailed("Agent " + name + " could not start the run: " + status));
            }
            started.put(runId, id.get());
        }
        var template = template(runId, started.getOrDefault(runId, runId));
        var reply = send(spec.poll().request(), template);
        return reply instanceof Reply.Done(JsonNode body) ? read(body, template) : unclear(reply);
    }

    private Look unclear(Reply reply) {
        return switch (reply) {
            case Reply.Refused refused when refused.status() == 429 -> new Look.Unclear(refused.retryAfter());
            case Reply.Refused refused when HttpFailures.isFault(refused) -> new Look.Unclear(Optional.empty());
            case Reply.Refused refused
            when refused.status() == 404 ->
                new Look.Ended(
                        new Outcome.InfraFailed("Agent " + name + " no longer has the run: " + refused.message()));
            case Reply.Refused refused -> new Look.Ended(refusals.whileRunning(refused));
            case Reply.TooLong tooLong ->
                new Look.Ended(new Outcome.TaskFailed(tooLong.message("The answer") + LIMIT_HINT));
            case Reply.Unsent _, Reply.Lost _ -> new Look.Unclear(Optional.empty());
            case Reply.Done done -> throw new IllegalStateException("it is clear");
        };
    }

    private Look read(JsonNode body, RequestTemplate template) throws InterruptedException {
        var poll = spec.poll();
        var status = poll.status().stream()
                .flatMap(at -> text(body, template, at).stream())
                .findFirst()
                .orElse("");
        var meaning = poll.status().stream()
                .flatMap(at -> text(body, template, at).stream())
                .map(this::meaning)
                .filter(each -> each != HttpSpec.Meaning.RUNNING)
                .findFirst()
                .orElse(HttpSpec.Meaning.RUNNING);
        if (meaning == HttpSpec.Meaning.RUNNING)
            return new Look.Goes(
                    poll.message().flatMap(at -> text(body, template, at)).orElse(status));
        var reason = "Agent " + name + ": "
                + poll.reason()
                        .flatMap(at -> text(body, template, at))
                        .map(this::redacted)
                        .orElse(status);
        var used = usage(body, template);
        return switch (meaning) {
            case SUCCEEDED -> succeeded(body, template, used);
            case RUNNING -> throw new IllegalStateException("it continues");
            case INFRA_FAILED -> new Look.Ended(new Outcome.InfraFailed(reason));
            case NEEDS_INPUT -> new Look.Ended(new Outcome.NeedsInput(reason, used));
            case TASK_FAILED -> new Look.Ended(new Outcome.TaskFailed(reason, used));
            case TIMED_OUT -> new Look.Ended(new Outcome.TimedOut(reason, Duration.ZERO));
            case BUDGET_EXCEEDED -> new Look.Ended(new Outcome.BudgetExceeded(reason, used));
            case CANCELLED -> new Look.Ended(new Outcome.Cancelled(reason));
            case CREDENTIALS_REFUSED ->
                new Look.Ended(new Outcome.CredentialsRefused(
                        reason, refusals.unset("access").hint()));
        };
    }

    private Look succeeded(JsonNode body, RequestTemplate template, Usage used) throws InterruptedException {
        var poll = spec.poll();
        var answer = poll.answer().flatMap(at -> joined(body, template, at));
        if (spec.answer().isPresent()) {
            var reply = send(spec.answer().get().request(), template);
            if (!(reply instanceof Reply.Done(JsonNode answered))) return unclear(reply);
            answer = joined(answered, template, spec.answer().get().text());
        }
        var text = redacted(answer.orElse(""));
        var summary = poll.summary().flatMap(at -> text(body, template, at)).orElse(text);
        var links = new ArrayList<String>();
        for (var place : poll.links()) links.addAll(texts(body, template, place));
        return new Look.Ended(
                new Outcome.Succeeded(text, shortened(redacted(summary)), links, used).in(branches(body, template)));
    }

    /** A branch and a request are taken together if there is one of each. */
    private List<AgentBranch> branches(JsonNode body, RequestTemplate template) {
        if (spec.remote().isEmpty()) return List.of();
        var names = new ArrayList<String>();
        for (var place : spec.remote().get().branch()) names.addAll(texts(body, template, place));
        var requests = new ArrayList<String>();
        for (var place : spec.remote().get().pullRequest()) requests.addAll(texts(body, template, place));
        if (names.size() == 1 && requests.size() == 1)
            return List.of(new AgentBranch(Optional.of(names.getFirst()), Optional.of(requests.getFirst())));
        return Stream.concat(
                        names.stream().map(name -> new AgentBranch(Optional.of(name), Optional.empty())),
                        requests.stream().map(request -> new AgentBranch(Optional.empty(), Optional.of(request))))
                .toList();
    }

    private Usage usage(JsonNode body, RequestTemplate template) {
        var poll = spec.poll();
        return new Usage(
                number(body, template, poll.inputTokens()).longValue(),
                number(body, template, poll.outputTokens()).longValue(),
                number(body, template, poll.costUsd()).multiply(MICROS).longValue());
    }

    private BigDecimal number(JsonNode body, RequestTemplate template, Optional<String> place) {
        return place.flatMap(at -> text(body, template, at))
                .map(text -> {
                    try {
                        return new BigDecimal(text).max(BigDecimal.ZERO);
                    } catch (NumberFormatException e) {
                        return BigDecimal.ZERO;
                    }
                })
                .orElse(BigDecimal.ZERO);
    }

    private HttpSpec.Meaning meaning(String status) {
        return spec.statuses().getOrDefault(status.toLowerCase(Locale.ROOT), HttpSpec.Meaning.RUNNING);
    }

    @Override
    public void cancel(String runId) throws InterruptedException {
        if (!missing.isEmpty() || spec.cancel().isEmpty()) return;
        send(spec.cancel().get(), template(runId, started.getOrDefault(runId, runId)));
    }

    @Override
    public void release(String runId) {
        started.remove(runId);
    }

    private Reply send(HttpSpec.Request request, RequestTemplate template) throws InterruptedException {
        var http = http();
        var built = HttpRequest.newBuilder(JsonHttp.address(spec.baseUrl(), template.path(request.path())));
        spec.headers().forEach((header, text) -> built.setHeader(header, template.fill(text)));
        var body = request.body().flatMap(template::body);
        return http.send(
                body.isPresent()
                        ? http.withBody(built, request.method(), body.get())
                        : built.method(request.method(), HttpRequest.BodyPublishers.noBody()));
    }

    private synchronized JsonHttp http() {
        var made = http;
        if (made == null) {
            made = new JsonHttp(spec.baseUrl(), spec.limits(), this::redacted, clock);
            http = made;
            // Callers after close get no answer.
            if (closed.getCount() == 0) made.close();
        }
        return made;
    }

    private RequestTemplate template(String runId, String own) {
        var values = new HashMap<>(constants);
        values.put("run", runId);
        values.put("started", own);
        return new RequestTemplate(values);
    }

    private Map<String, String> values(Attempt attempt) {
        var values = new HashMap<>(constants);
        values.put("plan", attempt.plan());
        values.put("task", attempt.task());
        values.put("number", String.valueOf(attempt.number()));
        values.put("attempt", attempt.id());
        return values;
    }

    private static Optional<String> text(JsonNode body, RequestTemplate template, String place) {
        return texts(body, template, place).stream().findFirst();
    }

    private static Optional<String> joined(JsonNode body, RequestTemplate template, String place) {
        var texts = texts(body, template, place);
        return texts.isEmpty() ? Optional.empty() : Optional.of(texts.stream().collect(Collectors.joining("\n")));
    }

    private static List<String> texts(JsonNode body, RequestTemplate template, String place) {
        JsonNode found = RequestTemplate.place(template, place).read(body, JSON_PATH);
        var texts = new ArrayList<String>();
        if (found != null)
            for (var node : found) {
                if (node.isNull() || node.isMissingNode()) continue;
                var text = node.isValueNode() ? node.asText() : node.toString();
                if (!text.isBlank()) texts.add(text);
            }
        return texts;
    }

    /** @return whether the agent was closed meanwhile */
    private boolean pause(Duration time) throws InterruptedException {
        return closed.await(Math.max(1, time.toMillis()), TimeUnit.MILLISECONDS);
    }

    private Outcome.CredentialsRefused unset() {
        return refusals.unset(String.join(" and no ", missing));
    }

    private Outcome.Interrupted stopped() {
        return new Outcome.Interrupted("Agent " + name + " was stopped with its executor.", true);
    }

    private String redacted(String text) {
        return secrets.masked(text);
    }

    private static String shortened(String text) {
        var plain = text.strip();
        return plain.length() > LONGEST_SUMMARY ? plain.substring(0, LONGEST_SUMMARY) + "..." : plain;
    }

    @Override
    public synchronized void close() {
        closed.countDown();
        if (http != null) http.close();
    }
}
