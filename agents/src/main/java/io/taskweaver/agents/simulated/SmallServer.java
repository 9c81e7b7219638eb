package io.taskweaver.agents.simulated;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A small HTTP server, one virtual thread a connection. The JDK's own closes idle connections as soon as
 * there are two hundred, which a client with as many threads meets as lost answers; this one loses what it is told to.
 */
final class SmallServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SmallServer.class.getName());
    private static final int BACKLOG = 1024;
    private static final Duration BEFORE_NEXT_TRY = Duration.ofMillis(100);
    /** Others use descriptors of the same process: who opens connections and says nothing takes no more of them. */
    static final int MOST_STRANGERS = 512;

    private static final Duration TIME_OF_STRANGER = Duration.ofSeconds(2);
    private static final int LONGEST_WAIT_FOR_STRANGER_MILLIS = 10_000;
    private static final Duration BEFORE_NEXT_LOOK = Duration.ofMillis(5);
    private static final int MOST_BYTES_OF_STRANGER = 1024 * 1024;
    private static final int LONGEST_PAUSE_OF_STRANGER_MILLIS = 1000;

    private final ServerSocket server;
    private final Function<HttpExchange.Request, Optional<HttpExchange.Answer.Json>> gate;
    private final Function<HttpExchange.Request, HttpExchange.Answer> handler;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    /** Those that no request came through the gate on yet, oldest first, and when they came. */
    private final Map<Socket, Long> strangers = new LinkedHashMap<>();

    /**
     * Listens at once.
     *
     * @param port 0 for a free one
     * @param gate refuses requests before their bodies are read
     */
    SmallServer(
            InetAddress host,
            int port,
            Function<HttpExchange.Request, Optional<HttpExchange.Answer.Json>> gate,
            Function<HttpExchange.Request, HttpExchange.Answer> handler)
            throws IOException {
        this.gate = gate;
        this.handler = handler;
        this.server = new ServerSocket();
        server.setReuseAddress(true);
        try {
            server.bind(new InetSocketAddress(host, port), BACKLOG);
        } catch (IOException e) {
            server.close();
            throw new IOException(
                    "can not listen on " + host.getHostAddress() + ":" + port
                            + "; take another port, or 0 for a free one",
                    e);
        }
        Thread.ofVirtual().name("simulated-agent-accept").start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                makeRoom();
                Socket socket = server.accept();
                connections.add(socket);
                synchronized (strangers) {
                    strangers.put(socket, System.nanoTime());
                }
                Thread.ofVirtual().name("simulated-agent").start(() -> serve(socket));
            } catch (IOException e) {
                if (server.isClosed()) return;
                LOG.log(Level.WARNING, "A connection could not be accepted", e);
                pause(BEFORE_NEXT_TRY); // Without descriptors, the next try fails as soon.
            }
        }
    }

    /** Others wait to be accepted, in a queue that costs no descriptor, until the oldest stranger has had his time. */
    private void makeRoom() throws IOException {
        while (!server.isClosed()) {
            Socket oldest;
            synchronized (strangers) {
                if (strangers.size() < MOST_STRANGERS) return;
                var first = strangers.entrySet().iterator().next();
                oldest = System.nanoTime() - first.getValue() < TIME_OF_STRANGER.toNanos() ? null : first.getKey();
                if (oldest != null) strangers.remove(oldest);
            }
            if (oldest == null) pause(BEFORE_NEXT_LOOK);
            else oldest.close();
        }
    }

    private void isKnown(Socket socket) throws IOException {
        synchronized (strangers) {
            if (strangers.remove(socket) == null) return;
        }
        socket.setSoTimeout(0);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(LONGEST_WAIT_FOR_STRANGER_MILLIS);
            var in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
            var out = socket.getOutputStream();
            while (true) {
                Optional<HttpExchange.Request> head = HttpExchange.readHead(in);
                if (head.isEmpty()) return;
                var refusal = gate.apply(head.get());
                if (refusal.isPresent()) {
                    HttpExchange.write(out, refusal.get(), true);
                    leave(socket, in);
                    return;
                }
                isKnown(socket);
                var request = HttpExchange.readBody(head.get(), in, out);
                switch (answer(request)) {
                    case HttpExchange.Answer.Dropped _ -> {
                        socket.setSoLinger(true, 0); // a reset, as of a process that died
                        return;
                    }
                    case HttpExchange.Answer.Json json -> {
                        if (!json.delay().isZero()) Thread.sleep(json.delay());
                        HttpExchange.write(out, json, request.closes());
                        if (request.closes()) return;
                    }
                }
            }
        } catch (IOException e) {
            // the client left, or does not speak HTTP: there is nobody to tell
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "A connection ended by a defect", e);
        } finally {
            connections.remove(socket);
            synchronized (strangers) {
                strangers.remove(socket);
            }
        }
    }

    /** A defect is answered too: a client that hears nothing asks again for ever. */
    private HttpExchange.Answer answer(HttpExchange.Request request) {
        try {
            return handler.apply(request);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "A request could not be answered path=" + request.path(), e);
            return new HttpExchange.Answer.Json(
                    500,
                    "{\"message\":\"The simulated agent failed: " + e.getClass().getSimpleName()
                            + "; its log says more\",\"status_code\":500}",
                    Map.of(),
                    Duration.ZERO);
        }
    }

    /** A client that still sends would lose the answer if its connection was just closed; a stranger is not heard out. */
    private static void leave(Socket socket, InputStream in) throws IOException {
        socket.shutdownOutput();
        socket.setSoTimeout(LONGEST_PAUSE_OF_STRANGER_MILLIS);
        int rest = MOST_BYTES_OF_STRANGER;
        for (int read = 0; read >= 0 && rest > 0; rest -= read) read = in.read(new byte[Math.min(rest, 8 * 1024)]);
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : connections) socket.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "A socket could not be closed", e);
        }
    }
}
