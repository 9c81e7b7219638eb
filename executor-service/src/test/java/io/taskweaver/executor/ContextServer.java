package io.taskweaver.executor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/** A context service of which a test decides what it answers: first what is queued, then contexts of version 7. */
final class ContextServer implements AutoCloseable {
    /** An answer of the server. */
    record Answer(int status, String body, Map<String, String> headers) {
        Answer(int status, String body) {
            this(status, body, Map.of());
        }
    }

    private static final Pattern TASK = Pattern.compile("/api/plans/[^/]+/tasks/([^/]+)/context");

    final Queue<Answer> next = new ConcurrentLinkedQueue<>();
    final List<URI> asked = new CopyOnWriteArrayList<>();
    final List<String> credentials = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    ContextServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    static String context(String task, long version) {
        return """
            {"planTitle":"A shop","task":{"id":"%s","kind":"WORK","title":"Filter customers",
             "description":"Users shall be able to filter customers.","acceptanceCriteria":["by name"],
             "component":"Customer List","operation":null,"priority":"MEDIUM","estimateMinutes":30,
             "needs":[{"on":"C-1","kind":"CONTRACT","reason":"CONTRACT","because":"uses","confidence":1.0}],
             "unlocks":["FR-009"],"phase":1,"critical":true,"done":false,"expectedFiles":[],
             "checks":{"command":null,"outputs":[]},"tags":["ui"],
             "source":{"path":"spec.md","firstLine":3,"lastLine":4}},
             "constraints":["Java only"],"boundaries":[],
             "contracts":[{"component":"Customer List","version":1,"artifacts":[{"kind":"INTERFACE",
               "path":"src/main/java/app/CustomerList.java","mediaType":"text/x-java-source","content":"x"}]}],
             "files":{"notes.txt":"as of %d"},"dependents":{"FR-009":"Export"},
             "neighbourhood":{"foundations":[{"id":"F-1","title":"Data model","because":"stores"}],
               "dependents":[],"later":[],"siblings":[]},"conventions":["tabs"],
             "conflicts":[{"path":"notes.txt","base":null,"current":"a","proposed":"b","contributors":["FR-002"]}],
             "version":%d,"code":{"commit":"%s","prefix":"","conflicted":null}}""".formatted(task, version, version, SomeCode.head(version));
    }

    private void answer(HttpExchange exchange) throws IOException {
        var uri = exchange.getRequestURI();
        asked.add(uri);
        credentials.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        var queued = next.poll();
        var task = TASK.matcher(uri.getPath());
        var query = uri.getQuery();
        var answer = queued != null
                ? queued
                : task.matches()
                        ? new Answer(
                                200,
                                context(
                                        task.group(1),
                                        query == null ? 7 : Long.parseLong(query.substring("version=".length()))))
                        : new Answer(404, "{\"detail\":\"no such path\"}");
        var body = answer.body().getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
