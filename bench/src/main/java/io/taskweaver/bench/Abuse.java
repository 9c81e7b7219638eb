package io.taskweaver.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Whether memory comes back after requests that nobody should send: random bytes, JSON that is none, bodies up to the limit
 * and beyond, addresses and methods that there are not, wrong tokens, headers without end, clients that break off. Prints a
 * JSON line before and after each kind, {@code {bench, kind, requests, seconds, answers, rss_mb, live_heap_mb, log_kb,
 * health_ms}}: {@code answers} by status, 0 for none, {@code live_heap_mb} after a collection, {@code health_ms} how long
 * health took right after.
 *
 * <p>Usage: {@code Abuse PROJECT_FOLDER [REQUESTS]}.
 */
public final class Abuse {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int THREADS = 16;
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int LARGE_BODIES_AMONG = 200;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");
    private static final Pattern USED_KILOBYTES = Pattern.compile("used (\\d+)K");

    private enum Kind {
        RANDOM_BYTES,
        MALFORMED_JSON,
        LARGE_BODIES,
        UNKNOWN_PATHS,
        UNKNOWN_METHODS,
        WRONG_TOKENS,
        ENDLESS_HEADERS,
        BROKEN_OFF
    }

    private final LocalSystem runtime;
    private final InetSocketAddress server;
    private final String token;

    private Abuse(LocalSystem runtime) throws IOException {
        this.runtime = runtime;
        var http = URI.create(runtime.file().path("http").asText());
        this.server = new InetSocketAddress(http.getHost(), http.getPort());
        this.token =
                Files.readString(runtime.dir().resolve(".taskweaver/token")).strip();
    }

    /** Entry point. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var project = Path.of(arguments[0]).toAbsolutePath();
        int requests = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
        try (var runtime = LocalSystem.up(project, Map.of())) {
            var abuse = new Abuse(runtime);
            abuse.print("before", 0, Duration.ZERO, Map.of());
            for (var kind : Kind.values()) abuse.run(kind, requests / Kind.values().length);
        }
    }

    private void run(Kind kind, int requests) throws IOException, InterruptedException {
        var answers = new ConcurrentHashMap<String, Integer>();
        var next = new AtomicInteger();
        var begun = Instant.now();
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (int thread = 0; thread < THREADS; thread++)
                threads.execute(() -> {
                    for (int number = next.getAndIncrement(); number < requests; number = next.getAndIncrement())
                        answers.merge(send(kind, new Random(number)), 1, Integer::sum);
                });
        }
        print(kind.name().toLowerCase(Locale.ROOT), requests, Duration.between(begun, Instant.now()), answers);
    }

    /** Sends one request on a connection of its own, and returns the status of the answer, 0 if there was none. */
    private String send(Kind kind, Random random) {
        try (var socket = new Socket()) {
            // Thousands of closed connections would keep their ports for a minute.
            socket.setSoLinger(true, 0);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(server, TIMEOUT_MILLIS);
            var out = socket.getOutputStream();
            switch (kind) {
                case RANDOM_BYTES -> out.write(bytes(random, 1 + random.nextInt(2_000)));
                case MALFORMED_JSON -> post(out, token, bytes(random, 1 + random.nextInt(20_000)));
                case LARGE_BODIES -> post(out, token, large(random));
                case UNKNOWN_PATHS -> head(out, "GET /api/" + word(random) + "?" + word(random) + "=1", token, "");
                case UNKNOWN_METHODS -> head(out, word(random).toUpperCase(Locale.ROOT) + " /api/plans", token, "");
                case WRONG_TOKENS -> head(out, "GET /" + word(random), word(random), "");
                case ENDLESS_HEADERS ->
                    head(out, "GET /api/plans", token, (word(random) + ": " + word(random) + "\r\n").repeat(2_000));
                case BROKEN_OFF -> {
                    out.write(bytes("POST /api/plans HTTP/1.1\r\nHost: " + host() + "\r\nAuthorization: Bearer " + token
                            + "\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{\"documents\":["));
                    return "0";
                }
            }
            if (kind == Kind.RANDOM_BYTES) socket.shutdownOutput();
            var head = new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
            var status = STATUS.matcher(head);
            return status.lookingAt() ? status.group(1) : "0";
        } catch (IOException e) {
            return "0";
        }
    }

    private void post(OutputStream out, String token, byte[] body) throws IOException {
        head(
                out,
                "POST /api/plans",
                token,
                "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n");
        out.write(body);
    }

    private void head(OutputStream out, String line, String token, String headers) throws IOException {
        out.write(bytes(line + " HTTP/1.1\r\nHost: " + host() + "\r\nAuthorization: Bearer " + token + "\r\n" + headers
                + "\r\n"));
    }

    private String host() {
        return server.getHostString() + ":" + server.getPort();
    }

    /** One in so many is large: half a megabyte to more than the limit. */
    private static byte[] large(Random random) {
        if (random.nextInt(LARGE_BODIES_AMONG) > 0) return bytes("{\"documents\":[null]}");
        var text = "x".repeat(500_000 + random.nextInt(40_000_000));
        return bytes("{\"planId\":\"no id\",\"documents\":[{\"path\":\"a\",\"content\":\"" + text + "\"}]}");
    }

    private static byte[] bytes(Random random, int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String word(Random random) {
        return Long.toString(random.nextLong() & Long.MAX_VALUE, 36);
    }

    private void print(String kind, int requests, Duration took, Map<String, Integer> answers)
            throws IOException, InterruptedException {
        var begun = Instant.now();
        var health = health();
        var line = JSON.createObjectNode()
                .put("bench", "abuse")
                .put("kind", kind)
                .put("requests", requests)
                .put("seconds", took.toMillis() / 1000.0);
        line.set("answers", JSON.valueToTree(new TreeMap<>(answers)));
        line.put("health", health)
                .put("health_ms", Duration.between(begun, Instant.now()).toMillis());
        line.put("live_heap_mb", liveHeapMegabytes())
                .put("rss_mb", runtime.residentMegabytes())
                .put("log_kb", logKilobytes());
        System.out.println(line);
    }

    private String health() {
        try (var socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(server, TIMEOUT_MILLIS);
            head(socket.getOutputStream(), "GET /q/health", token, "");
            var status =
                    STATUS.matcher(new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1));
            return status.lookingAt() ? status.group(1) : "0";
        } catch (IOException e) {
            return "0";
        }
    }

    private long liveHeapMegabytes() throws IOException, InterruptedException {
        command("GC.run");
        return USED_KILOBYTES
                        .matcher(command("GC.heap_info"))
                        .results()
                        .mapToLong(generation -> Long.parseLong(generation.group(1)))
                        .sum()
                / 1024;
    }

    private String command(String what) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        runtime.file().path("pid").asText(),
                        what)
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private long logKilobytes() throws IOException {
        try (var files = Files.walk(runtime.dir().resolve(".taskweaver"))) {
            return files.filter(file -> file.getFileName().toString().endsWith(".log"))
                            .filter(file -> !file.toString().contains("kafka"))
                            .mapToLong(file -> file.toFile().length())
                            .sum()
                    / 1024;
        }
    }
}
