package io.taskweaver.agents.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/** A service that answers each operation as a script says; the last answer of a script stays. */
public final class ScriptedServer implements AutoCloseable {
    /** Something done with one request. */
    public interface Step {
        void on(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final Map<String, Deque<Step>> scripts = new HashMap<>();
    /** Requests as they came: method, address and body. */
    public final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    public final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());

    public ScriptedServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** On {@code operation}, e.g. {@code POST /v1/organizations/7/agent/run}, does these steps. */
    public ScriptedServer on(String operation, Step... steps) {
        synchronized (scripts) {
            scripts.put(operation, new ArrayDeque<>(List.of(steps)));
        }
        return this;
    }

    public static Step json(int status, String body, String... headers) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < headers.length; i += 2)
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }

    /** Closes the connection without an answer. */
    public static Step dropped() {
        return HttpExchange::close;
    }

    /** Never answers. */
    public static Step silent() {
        return exchange -> {};
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
        authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
        Step step;
        synchronized (scripts) {
            Deque<Step> script = scripts.getOrDefault(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath(), new ArrayDeque<>());
            step = script.size() > 1 ? script.poll() : script.peek();
        }
        (step == null ? json(404, "{\"message\":\"not in the script\"}") : step).on(exchange);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
