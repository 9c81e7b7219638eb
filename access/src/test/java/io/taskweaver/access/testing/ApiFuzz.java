package io.taskweaver.access.testing;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Sends a service what its OpenAPI document says that it takes, and what is near to that: fields left out, of other types,
 * at their bounds and beyond, nested, cut off, in other encodings. The same seed sends the same.
 */
public final class ApiFuzz {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration NO_HANG = Duration.ofSeconds(10);
    private static final int DEEPEST = 5;
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "shop.md",
            "FR-001",
            "../../etc/passwd",
            "a\0b",
            "\ud800",
            "\uffff\u202e\u200b",
            "é".repeat(300),
            "😀",
            "x".repeat(70_000),
            "null",
            "-1",
            "${jndi:ldap://h}",
            "<script>",
            "%00%zz",
            "a\r\nb: c",
            "# A\n\n- FR-001: The shop shall sell.\n");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-1",
            "1",
            "2147483647",
            "2147483648",
            "-9223372036854775808",
            "9223372036854775808",
            "1.5",
            "1e400",
            "-0",
            "NaN",
            "00",
            "1" + "0".repeat(200));
    private static final List<String> WRONG_BODIES = List.of(
            "",
            " ",
            "null",
            "[]",
            "{}",
            "\"\"",
            "0",
            "{",
            "[[[[",
            "{\"a\":1,\"a\":2}",
            "{} {}",
            "\ufeff{}",
            "//",
            "{'a':1}",
            "{\"__proto__\":{}}",
            "[" + "[".repeat(5_000),
            "{\"a\":".repeat(5_000));

    private final URI server;
    private final Map<String, String> headers;
    private final JsonNode api;
    private final Random random;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(NO_HANG)
            .build();

    /**
     * @param headers that each request has
     * @param openapi the document, as JSON
     */
    public ApiFuzz(URI server, Map<String, String> headers, String openapi, long seed) {
        this.server = server;
        this.headers = headers;
        this.random = new Random(seed);
        try {
            this.api = MAPPER.readTree(openapi);
        } catch (IOException e) {
            throw new IllegalArgumentException("no OpenAPI document in JSON", e);
        }
    }

    /**
     * What came of it.
     *
     * @param answers how often each status was answered, by method and path
     * @param faults answers that are none of what the document says, or no problem document where one is due
     */
    public record Outcome(Map<String, Map<Integer, Integer>> answers, List<String> faults) {}

    /** Sends so many requests to each operation below a path. */
    public Outcome run(String below, int each) {
        var outcome = new Outcome(new TreeMap<>(), new ArrayList<>());
        for (var path : api.path("paths").properties())
            if (path.getKey().startsWith(below))
                for (var operation : path.getValue().properties())
                    if (operation.getValue().has("responses"))
                        for (int i = 0; i < each; i++) send(path.getKey(), path.getValue(), operation, outcome);
        return outcome;
    }

    private void send(String path, JsonNode item, Map.Entry<String, JsonNode> operation, Outcome outcome) {
        var method = operation.getKey().toUpperCase(Locale.ROOT);
        var uri = server.resolve(address(path, item, operation.getValue()));
        var request = HttpRequest.newBuilder(uri).timeout(NO_HANG);
        headers.forEach(request::header);
        byte[] body = {};
        if (operation.getValue().has("requestBody")) {
            var type = "/requestBody/content/application~1json/schema";
            body = body(operation.getValue().at(type));
            request.header("Content-Type", chance(50) ? "application/json; charset=utf-8" : "application/json");
        }
        // Clients of Java's do not send other characters in a header.
        if (chance(20)) request.header("traceparent", text().replaceAll("[^ -~]", "?"));
        request.method(method, BodyPublishers.ofByteArray(body));
        var said = method + " " + uri + " " + shown(body);
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            outcome.answers()
                    .computeIfAbsent(method + " " + path, any -> new TreeMap<>())
                    .merge(answer.statusCode(), 1, Integer::sum);
            fault(answer).ifPresent(fault -> outcome.faults().add(fault + ": " + said + "\n -> " + answer.body()));
        } catch (IOException e) {
            outcome.faults().add(e + ": " + said);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Optional<String> fault(HttpResponse<String> answer) {
        int status = answer.statusCode();
        if (status < 400) return Optional.empty();
        if (status >= 500) return Optional.of("answered " + status);
        var type = answer.headers().firstValue("Content-Type").orElse("");
        if (!type.equals("application/problem+json")) return Optional.of(status + " as " + type);
        var body = answer.body();
        for (var word : List.of("java.", "jackson", "io.taskweaver", "Exception"))
            if (body.contains(word)) return Optional.of(status + " that names " + word);
        try {
            var problem = MAPPER.readTree(body);
            return problem.path("status").asInt() == status && problem.has("detail") && problem.has("hint")
                    ? Optional.empty()
                    : Optional.of(status + " without status, detail or hint");
        } catch (IOException e) {
            return Optional.of(status + " that is no JSON");
        }
    }

    private String address(String path, JsonNode item, JsonNode operation) {
        var address = path;
        var query = new ArrayList<String>();
        for (var parameters : List.of(item.path("parameters"), operation.path("parameters")))
            for (var parameter : parameters) {
                var name = parameter.path("name").asText();
                var value = encoded(value(parameter));
                if (parameter.path("in").asText().equals("path")) address = address.replace("{" + name + "}", value);
                else if (parameter.path("in").asText().equals("query") && !chance(3)) query.add(name + "=" + value);
            }
        if (chance(10)) query.add(encoded(text()) + "=" + encoded(text()));
        Collections.shuffle(query, random);
        return query.isEmpty() ? address : address + "?" + String.join("&", query);
    }

    private String value(JsonNode parameter) {
        if (chance(2)) {
            var example = parameter.path("example");
            if (!example.isMissingNode()) return example.asText();
        }
        var text = chance(2) ? NUMBERS.get(random.nextInt(NUMBERS.size())) : text();
        return text.isEmpty() || text.length() > 1_000 ? "x" : text;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private byte[] body(JsonNode schema) {
        if (chance(12)) return utf8(WRONG_BODIES.get(random.nextInt(WRONG_BODIES.size())));
        if (chance(40)) {
            var noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            return noise;
        }
        var json = written(instance(schema, 0));
        if (chance(15)) json = json.substring(0, random.nextInt(json.length() + 1));
        if (chance(25)) return json.getBytes(StandardCharsets.UTF_16);
        var bytes = utf8(json);
        if (chance(15) && bytes.length > 0) bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        return bytes;
    }

    /** Mostly what the schema says. */
    private JsonNode instance(JsonNode given, int depth) {
        var schema = resolved(given);
        if (depth > DEEPEST || chance(20)) return anything(depth);
        if (schema.has("enum"))
            return schema.path("enum").get(random.nextInt(schema.path("enum").size()));
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> {
                var list = JSON.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) list.add(instance(schema.path("items"), depth + 1));
                yield list;
            }
            case "integer", "number" ->
                JSON.rawValueNode(new RawValue(
                        chance(3) ? NUMBERS.get(random.nextInt(NUMBERS.size())) : "" + random.nextInt(100)));
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "null" -> JSON.nullNode();
            default ->
                JSON.textNode(
                        schema.has("example") && chance(2)
                                ? schema.path("example").asText()
                                : text());
        };
    }

    private ObjectNode object(JsonNode schema, int depth) {
        var object = JSON.objectNode();
        for (var property : schema.path("properties").properties())
            if (!chance(3)) object.set(property.getKey(), instance(property.getValue(), depth + 1));
        if (schema.path("additionalProperties").isObject())
            for (int i = random.nextInt(3); i > 0; i--)
                object.set(text(), instance(schema.path("additionalProperties"), depth + 1));
        if (chance(15)) object.set(text(), anything(depth + 1));
        return object;
    }

    private JsonNode anything(int depth) {
        return switch (random.nextInt(depth > DEEPEST ? 5 : 7)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.textNode(text());
            case 3 -> JSON.numberNode(random.nextLong());
            case 4 -> JSON.numberNode(random.nextDouble());
            case 5 -> JSON.arrayNode().add(anything(depth + 1)).add(JSON.nullNode());
            default -> JSON.objectNode().set(text(), anything(depth + 1));
        };
    }

    private JsonNode resolved(JsonNode schema) {
        var found = schema;
        while (found.has("$ref")) found = api.at(found.path("$ref").asText().substring(1));
        for (var choice : List.of("anyOf", "oneOf", "allOf"))
            if (found.has(choice)) return resolved(found.path(choice).get(0));
        return found;
    }

    private String type(JsonNode schema) {
        var type = schema.path("type");
        if (type.isArray()) return type.get(chance(6) ? type.size() - 1 : 0).asText();
        return type.asText(schema.has("properties") ? "object" : "string");
    }

    private String text() {
        if (chance(3)) return TEXTS.get(random.nextInt(TEXTS.size()));
        var text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--)
            text.append((char) (chance(4) ? random.nextInt(0x10000) : 'a' + random.nextInt(26)));
        return text.toString();
    }

    private static String written(JsonNode json) {
        try {
            return MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsString(json);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String shown(byte[] body) {
        var text = new String(body, 0, Math.min(body.length, 400), StandardCharsets.UTF_8);
        return text + (body.length > 400 ? "... " + body.length + " bytes" : "") + " " + Arrays.hashCode(body);
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }
}
