package io.taskweaver.e2e;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * A program that another user of the machine runs: it takes what it gets, and prints one line for each thing that it got. It
 * uses the JDK alone, for the other user may not read our class path.
 *
 * <p>Arguments: the data folder, the ids of processes separated by commas, ports separated by commas, and secrets to look for
 * on its standard input, a line each.
 */
final class Stranger {
    private static final int ANSWER_LIMIT_MILLIS = 10_000;
    private static final List<String> PATHS = List.of(
            "/",
            "/api/plans",
            "/api/contexts",
            "/q/metrics",
            "/metrics",
            "/apis/ccompat/v7/subjects",
            "/apis/registry/v3/search/artifacts",
            "/simulator/creations",
            "/v1/organizations/1/agent/runs");

    private Stranger() {}

    public static void main(String[] arguments) throws IOException {
        var secrets = new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        files(Path.of(arguments[0]));
        for (var process : arguments[1].split(",")) process(Path.of("/proc", process), secrets);
        commandLines(secrets);
        ports(arguments[2].split(","));
        System.out.println("looked");
    }

    private static void files(Path folder) throws IOException {
        for (var name : List.of(
                "",
                "client.properties",
                "token",
                "password",
                "registry-password",
                "ticket.key",
                "runtime.json",
                "kafka",
                "work"))
            if (Files.isReadable(folder.resolve(name))) System.out.println("may read " + folder.resolve(name));
        if (Files.isWritable(folder)) System.out.println("may write " + folder);
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                System.out.println("saw " + file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException refused) {
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void process(Path process, List<String> secrets) {
        for (var name : List.of("environ", "cmdline", "maps", "mem", "fd/0", "cwd/client.properties")) {
            try {
                var found = Files.readAllBytes(process.resolve(name));
                tell(process.resolve(name), found, secrets);
                if (!name.equals("cmdline")) System.out.println("read " + process.resolve(name));
            } catch (IOException refused) {
                continue;
            }
        }
    }

    private static void commandLines(List<String> secrets) throws IOException {
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : processes) {
                try {
                    tell(process.resolve("cmdline"), Files.readAllBytes(process.resolve("cmdline")), secrets);
                } catch (IOException endedOrRefused) {
                    continue;
                }
            }
        }
    }

    private static void tell(Path where, byte[] found, List<String> secrets) {
        var text = new String(found, StandardCharsets.ISO_8859_1);
        for (var secret : secrets) if (text.contains(secret)) System.out.println("found a secret in " + where);
    }

    /** All at once, for what waits for more is waited for. */
    private static void ports(String[] ports) {
        var tries = new ArrayList<Callable<Object>>();
        for (var each : ports) {
            int port = Integer.parseInt(each);
            for (var path : PATHS)
                for (var method : List.of("GET", "POST"))
                    tries.add(Executors.callable(() -> http(port, method + " " + path)));
            // Kafka's requests for metadata and for records, to be answered to nobody who has not logged in.
            for (short api : new short[] {3, 0, 1, 60}) tries.add(Executors.callable(() -> kafka(port, api)));
        }
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : tasks.invokeAll(tries)) done.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void http(int port, String what) {
        var request = what + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
        var status = ask(port, request.getBytes(StandardCharsets.US_ASCII))
                .lines()
                .findFirst()
                .orElse("");
        if (!status.isEmpty() && !status.matches("HTTP/1.1 (401|403) .*"))
            System.out.println("port " + port + " answered " + what + ": " + status);
    }

    private static void kafka(int port, short api) {
        var answer = ask(port, kafka(api)).lines().findFirst().orElse("");
        // A port of HTTP calls it no request, or waits in vain for the rest of one.
        if (!answer.isEmpty() && !answer.matches("HTTP/1\\.[01] (400|408) .*"))
            System.out.println("port " + port + " answered Kafka's request " + api + ": " + answer);
    }

    private static byte[] kafka(short api) {
        var request = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(request)) {
            out.writeInt(14);
            out.writeShort(api);
            out.writeShort(0);
            out.writeInt(1);
            out.writeShort(0);
            out.writeInt(0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return request.toByteArray();
    }

    /** All that comes until the other side closes the connection, or waits for more. */
    private static String ask(int port, byte[] request) {
        var answer = new ByteArrayOutputStream();
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(ANSWER_LIMIT_MILLIS);
            socket.getOutputStream().write(request);
            socket.getInputStream().transferTo(answer);
        } catch (IOException closedOrSilent) {
            return answer.toString(StandardCharsets.ISO_8859_1);
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }
}
