package io.taskweaver.wire.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskweaver.wire.EventSerdes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.Schema;

/**
 * As much of Apicurio's REST API as its serializers use: a schema is registered, and found by its id, which counts from 1.
 * Closing it is an outage.
 */
public final class RegistryStub implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<String> schemas = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    public RegistryStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Settings of {@link EventSerdes}. */
    public Map<String, String> settings() {
        return Map.of(
                EventSerdes.REGISTRY_URL,
                "http://127.0.0.1:" + server.getAddress().getPort() + "/apis/registry/v3",
                EventSerdes.REGISTRY_TIMEOUT,
                "10000",
                "apicurio.registry.retry-count",
                "0");
    }

    /** Registers a schema and says its id. */
    public int register(Schema schema) {
        return register(schema.toString());
    }

    private synchronized int register(String schema) {
        if (!schemas.contains(schema)) schemas.add(schema);
        return schemas.indexOf(schema) + 1;
    }

    /** What it was asked so far: the method and the path of each request. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        requests.add(exchange.getRequestMethod() + " " + path);
        try (exchange) {
            var body = body(exchange, path).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String body(HttpExchange exchange, String path) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            var artifact = JSON.readTree(exchange.getRequestBody());
            int id = register(artifact.path("firstVersion")
                    .path("content")
                    .path("content")
                    .asText());
            var version = Map.of(
                    "groupId",
                    "default",
                    "artifactId",
                    artifact.path("artifactId").asText(),
                    "version",
                    "1",
                    "globalId",
                    id,
                    "contentId",
                    id);
            return JSON.writeValueAsString(Map.of("version", version));
        }
        if (path.endsWith("/references")) return "[]";
        return schemas.get(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)) - 1);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
