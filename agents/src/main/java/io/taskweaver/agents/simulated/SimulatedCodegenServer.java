package io.taskweaver.agents.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.agents.Capabilities;
import io.taskweaver.agents.simulated.HttpExchange.Answer;
import io.taskweaver.agents.simulated.HttpExchange.Request;
import io.taskweaver.prompts.QueryReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A local server that speaks the Codegen agent API, so that the client of the real service is exercised without
 * credentials: {@code agent/run} (create), {@code agent/run/{id}}, {@code agent/runs}, {@code agent/run/resume}, {@code
 * agent/run/ban} and the logs. Its answers are real small changes; where the prompt names a repository and a branch, it
 * pushes them as a branch there and reports a pull request. {@link SimulatorSettings} configures failures.
 *
 * <p>Every request but {@code GET /simulator/health} needs the token of its settings.
 *
 * <p>{@code GET /simulator/creations} returns how often a run was created for each attempt, which must be once.
 */
public final class SimulatedCodegenServer implements AutoCloseable {
    private static final int LARGEST_PAGE = 100;
    private static final String HEALTH = "/simulator/health";
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final SimulatorSettings settings;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper();
    private final RunStore runs;
    private final SmallServer server;
    private final SimulatedPushes pushes;
    /** Attempts whose first creation got its simulated result. */
    private final Set<String> met = ConcurrentHashMap.newKeySet();

    private final AtomicLong polls = new AtomicLong();

    private SimulatedCodegenServer(SimulatorSettings settings, Clock clock) throws IOException {
        this.settings = settings;
        this.clock = clock;
        this.runs = new RunStore(settings, json);
        this.pushes = new SimulatedPushes(runs);
        try {
            this.server = new SmallServer(settings.host(), settings.port(), this::refusal, this::answer);
        } catch (IOException e) {
            runs.close();
            throw e;
        }
        for (var run : runs.newest(0, runs.count())) pushes.begin(run);
    }

    /**
     * Starts a server.
     *
     * @throws IOException if the port is taken, the data directory is in use, damaged or not writable, or this Java has no
     *     compiler, which reads the interfaces that answers implement
     */
    public static SimulatedCodegenServer start(SimulatorSettings settings) throws IOException {
        var lack = Capabilities.withoutCompiler();
        if (lack.isPresent()) throw new IOException(lack.get().toString());
        return new SimulatedCodegenServer(settings, Clock.systemUTC());
    }

    /** Address on this machine. */
    public URI baseUrl() {
        var host = settings.host();
        var text = host.isAnyLocalAddress() ? "127.0.0.1" : host.getHostAddress();
        return URI.create("http://" + (text.contains(":") ? "[" + text + "]" : text) + ":" + server.port());
    }

    /** Token of each request, as {@code Authorization: Bearer TOKEN}. */
    public String token() {
        return settings.token();
    }

    /** How often a run was created for each attempt. */
    public Map<String, Integer> creations() {
        return runs.creations();
    }

    /**
     * Refuses requests without a token, except health; and on a loopback address requests under other host names, as in
     * DNS rebinding.
     */
    private Optional<Answer.Json> refusal(Request request) {
        if (settings.host().isLoopbackAddress()
                && !isThisMachine(request.headers().getOrDefault("host", "")))
            return Optional.of(error(403, "The header Host names another machine; use 127.0.0.1 or localhost"));
        if (request.path().equals(HEALTH)) return Optional.empty();
        var shown = request.headers().getOrDefault("authorization", "").getBytes(StandardCharsets.UTF_8);
        var wanted = ("Bearer " + settings.token()).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(shown, wanted)
                ? Optional.empty()
                : Optional.of(error(401, "Invalid or missing API token"));
    }

    private static boolean isThisMachine(String host) {
        return THIS_MACHINE.contains(host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT));
    }

    private Answer answer(Request request) {
        switch (request.path()) {
            case "/simulator/creations" -> {
                return ok(json.valueToTree(runs.creations()));
            }
            case HEALTH -> {
                return ok(json.createObjectNode().put("status", "UP"));
            }
            default -> {}
        }
        String start = "/v1/organizations/" + settings.organization() + "/agent/";
        String alpha = "/v1/alpha/organizations/" + settings.organization() + "/agent/";
        if (request.path().startsWith(start))
            return agent(request, request.path().substring(start.length()));
        if (request.path().startsWith(alpha + "run/") && request.path().endsWith("/logs"))
            return logs(request.path()
                    .substring((alpha + "run/").length(), request.path().length() - "/logs".length()));
        return error(404, "Not found; the organization here is " + settings.organization());
    }

    private Answer agent(Request request, String operation) {
        return switch (request.method() + " " + operation) {
            case "POST run" -> create(request);
            case "POST run/resume" -> resume(request);
            case "POST run/ban" -> ban(request);
            case "GET runs" -> list(request);
            default -> {
                if (!operation.startsWith("run/")) yield error(404, "Not found");
                if (!request.method().equals("GET")) yield error(405, "Method not allowed");
                yield pollFault().orElseGet(() -> found(run(operation.substring("run/".length()))));
            }
        };
    }

    private Answer create(Request request) {
        JsonNode body = body(request);
        String prompt = body.path("prompt").asText("");
        if (prompt.isBlank()) return error(422, "prompt: field required");
        ObjectNode metadata = body.path("metadata") instanceof ObjectNode given ? given : json.createObjectNode();
        String attempt = metadata.path(settings.attemptKey()).asText("");
        String subject = attempt.isEmpty() ? prompt : attempt;
        SimulatedBehaviour fate = SimulatedBehaviour.of(settings, subject);
        SimulatedBehaviour.CreationFault fault =
                fate.creation() == SimulatedBehaviour.CreationFault.NONE || !met.add(subject)
                        ? SimulatedBehaviour.CreationFault.NONE
                        : fate.creation();
        return switch (fault) {
            case TOO_MANY_REQUESTS -> error(429, "Too many requests");
            case TOO_MANY_REQUESTS_UNTIL ->
                new Answer.Json(
                        429,
                        problem(429, "Too many requests").toString(),
                        Map.of("Retry-After", Long.toString(RETRY_AFTER.toSeconds())),
                        Duration.ZERO);
            case ERROR_BEFORE -> error(500, "simulated error");
            case ERROR_AFTER -> {
                created(attempt, metadata, fate, prompt);
                yield error(500, "simulated error");
            }
            case LOST_ANSWER -> {
                created(attempt, metadata, fate, prompt);
                yield new Answer.Dropped();
            }
            case LATE_ANSWER ->
                new Answer.Json(
                        200, shown(created(attempt, metadata, fate, prompt)).toString(), Map.of(), settings.lateness());
            case NONE -> ok(shown(created(attempt, metadata, fate, prompt)));
        };
    }

    private SimulatedRun created(String attempt, ObjectNode metadata, SimulatedBehaviour fate, String prompt) {
        String answer = SimulatedAnswer.to(prompt, fate.conflicts());
        var remote = QueryReader.read(prompt).remote();
        var run = runs.create(attempt, metadata, clock.millis(), fate, answer, remote);
        pushes.begin(run);
        return run;
    }

    private Answer resume(Request request) {
        JsonNode body = body(request);
        if (body.path("prompt").asText("").isBlank()) return error(422, "prompt: field required");
        var resumed = runs.resume(body.path("agent_run_id").asLong(), clock.millis());
        resumed.ifPresent(pushes::begin);
        return found(resumed);
    }

    private Answer ban(Request request) {
        return found(runs.ban(body(request).path("agent_run_id").asLong(), clock.millis()));
    }

    private Answer list(Request request) {
        Optional<Answer> fault = pollFault();
        if (fault.isPresent()) return fault.get();
        Map<String, String> query = query(request.query());
        int skip;
        int limit;
        try {
            skip = Integer.parseInt(query.getOrDefault("skip", "0"));
            limit = Integer.parseInt(query.getOrDefault("limit", "100"));
        } catch (NumberFormatException e) {
            return error(422, "skip and limit are whole numbers");
        }
        if (skip < 0 || limit < 1 || limit > LARGEST_PAGE) return error(422, "limit is 1 to " + LARGEST_PAGE);
        boolean others = !query.getOrDefault("source_type", "API").equals("API") || query.containsKey("user_id");
        int total = others ? 0 : runs.count();
        ArrayNode items = json.createArrayNode();
        if (!others) runs.newest(skip, limit).forEach(run -> items.add(shown(run)));
        ObjectNode page = json.createObjectNode()
                .put("total", total)
                .put("page", skip / limit + 1)
                .put("size", limit)
                .put("pages", (total + limit - 1) / limit);
        return ok(page.set("items", items));
    }

    private Answer logs(String id) {
        return run(id).<Answer>map(run -> {
                    ObjectNode node = shown(run);
                    ArrayNode entries = node.putArray("logs");
                    entries.addObject()
                            .put("agent_run_id", run.id())
                            .put("created_at", node.path("created_at").asText())
                            .put("message_type", "ACTION")
                            .put("thought", "Reading the task");
                    if (run.isOverAt(clock.millis()))
                        entries.addObject()
                                .put("agent_run_id", run.id())
                                .put("created_at", clock.instant().toString())
                                .put("message_type", "FINAL_ANSWER")
                                .put("observation", node.path("status").asText());
                    return ok(node.put("total_logs", entries.size())
                            .put("page", 1)
                            .put("size", 100)
                            .put("pages", 1));
                })
                .orElseGet(() -> error(404, "Agent run not found"));
    }

    private Optional<Answer> pollFault() {
        double rate = settings.rates().pollFault();
        if (rate == 0) return Optional.empty();
        var chance = new SimulatedBehaviour.Chance(settings.seed(), "poll " + polls.incrementAndGet());
        if (chance.draw("fault") >= rate) return Optional.empty();
        return Optional.of(chance.draw("half") < 0.5 ? new Answer.Dropped() : error(500, "simulated error"));
    }

    private Optional<SimulatedRun> run(String id) {
        try {
            return runs.find(Long.parseLong(id));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Answer found(Optional<SimulatedRun> run) {
        return run.<Answer>map(found -> ok(shown(found))).orElseGet(() -> error(404, "Agent run not found"));
    }

    private ObjectNode shown(SimulatedRun run) {
        return run.json(json, settings.organization(), baseUrl().toString(), clock.millis());
    }

    private JsonNode body(Request request) {
        try {
            JsonNode body = json.readTree(request.body());
            return body == null ? json.missingNode() : body;
        } catch (IOException e) {
            return json.missingNode(); // then a required field is missing, which is answered with 422
        }
    }

    private static Map<String, String> query(String query) {
        var values = new HashMap<String, String>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) values.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return values;
    }

    private Answer ok(JsonNode body) {
        return new Answer.Json(200, body.toString(), Map.of(), Duration.ZERO);
    }

    private Answer.Json error(int status, String message) {
        return new Answer.Json(status, problem(status, message).toString(), Map.of(), Duration.ZERO);
    }

    private ObjectNode problem(int status, String message) {
        return json.createObjectNode().put("message", message).put("status_code", status);
    }

    /** Stops listening. Current runs end in time for the next start with the same data directory. */
    @Override
    public void close() {
        server.close();
        pushes.close();
        try {
            runs.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
