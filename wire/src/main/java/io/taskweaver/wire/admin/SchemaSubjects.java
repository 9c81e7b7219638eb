package io.taskweaver.wire.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.connection.RegistryDiagnosis;
import io.taskweaver.wire.connection.RegistryLogin;
import io.taskweaver.wire.connection.RegistryPaths;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Schemas in a registry, over Confluent's REST API, which Confluent's, Apicurio's and other registries implement. The
 * subject of a topic is {@code <topic>-value}, as every client expects.
 */
final class SchemaSubjects {
    private static final String JSON = "application/vnd.schemaregistry.v1+json";
    private static final String BACKWARD = "BACKWARD";
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int TRIES = 4;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http;
    private final ClusterSettings cluster;
    private final String base;
    private final Optional<String> authorization;
    private final Duration limit;

    SchemaSubjects(HttpClient http, ClusterSettings cluster) {
        this(http, cluster, LIMIT);
    }

    /** @param limit timeout of a request */
    SchemaSubjects(HttpClient http, ClusterSettings cluster, Duration limit) {
        this.http = http;
        this.cluster = cluster;
        this.base = RegistryPaths.confluent(cluster.registryUrl());
        this.authorization = RegistryLogin.of(cluster).authorization();
        this.limit = limit;
    }

    static String subject(Topic<?> topic, String prefix) {
        return topic.name(prefix) + "-value";
    }

    /**
     * Registers a topic's schema if it is missing, and restricts the subject to compatible schemas.
     *
     * @throws AdminException.SchemaIncompatible if the registry has a schema whose data the new one cannot read
     */
    AdminChange apply(Topic<?> topic, String prefix) {
        var subject = subject(topic, prefix);
        var path = "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8);
        var schema = MAPPER.createObjectNode().put("schema", topic.schema().toString());
        var found = send("POST", path, schema);
        return switch (found.statusCode()) {
            case 200 -> {
                enforce(subject);
                yield new AdminChange(AdminChange.Kind.SCHEMA_UNCHANGED, subject, "");
            }
            case 404 -> register(subject, path, schema);
            default -> throw refused("Look-up of " + subject, found);
        };
    }

    private AdminChange register(String subject, String path, ObjectNode schema) {
        boolean known = send("GET", path + "/versions", null).statusCode() == 200;
        if (known) enforce(subject);
        var registered = send("POST", path + "/versions", schema);
        switch (registered.statusCode()) {
            case 200 -> {}
            case 409 -> throw new AdminException.SchemaIncompatible(subject, reasons(registered));
            default -> throw refused("The schema of " + subject, registered);
        }
        if (!known) enforce(subject);
        return new AdminChange(AdminChange.Kind.SCHEMA_REGISTERED, subject, known ? "a new version" : "");
    }

    private void enforce(String subject) {
        var path = "/config/" + URLEncoder.encode(subject, StandardCharsets.UTF_8);
        var current = send("GET", path, null);
        if (current.statusCode() == 200 && current.body().contains("\"" + BACKWARD + "\"")) return;
        var set = send("PUT", path, MAPPER.createObjectNode().put("compatibility", BACKWARD));
        if (set.statusCode() != 200) throw refused("The compatibility of " + subject, set);
    }

    private HttpResponse<String> send(String method, String path, @org.jspecify.annotations.Nullable ObjectNode body) {
        var publisher = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body.toString());
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(limit)
                .header("Content-Type", JSON)
                .header("Accept", JSON)
                .method(method, publisher);
        authorization.ifPresent(login -> request.header("Authorization", login));
        try {
            var answer = answer(request.build());
            var refused = RegistryDiagnosis.refused(answer.statusCode(), cluster);
            if (refused.isPresent()) throw new AdminException.RegistryUnreachable(refused.get(), null);
            return answer;
        } catch (IOException e) {
            throw new AdminException.RegistryUnreachable(RegistryDiagnosis.explain(e, cluster), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while schemas were registered", e);
        }
    }

    /** A request or its answer may get lost while the registry works. All of these requests are idempotent. */
    private HttpResponse<String> answer(HttpRequest request) throws IOException, InterruptedException {
        for (int tried = 1; tried < TRIES; tried++) {
            try {
                return http.send(request, HttpResponse.BodyHandlers.ofString());
            } catch (HttpConnectTimeoutException noConnection) {
                throw noConnection;
            } catch (HttpTimeoutException lost) {
                // Repeated.
            }
        }
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String reasons(HttpResponse<String> answer) {
        try {
            return MAPPER.readTree(answer.body()).path("message").asText(answer.body());
        } catch (JsonProcessingException noJson) {
            return answer.body();
        }
    }

    private static AdminException refused(String what, HttpResponse<String> answer) {
        return new AdminException.RegistryRefused(what, answer.statusCode(), reasons(answer));
    }
}
