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
 * A small HTTP server with one virtual thread per connection. Existing servers lack what it needs: the JDK's closes the
 * newest connection when there are too many, cannot reset one, and waits for the body of a refused request; Vert.x cannot
 * stop accepting, so a burst of clients either costs some of them their request or is accepted without a limit.
 */
final class SmallServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SmallServer.class.getName());
    private static final int BACKLOG = 1024;
    private static final Duration BEFORE_NEXT_TRY = Duration.ofMillis(100);
    /** Limits descriptors used by unauthenticated connections, since other parts of the process need them. */
    static final int MAX_UNAUTHENTICATED = 512;

    private static final Duration UNAUTHENTICATED_TIME = Duration.ofSeconds(2);
    private static final int MAX_UNAUTHENTICATED_WAIT_MILLIS = 10_000;
    private static final Duration RETRY_PAUSE = Duration.ofMillis(5);
    private static final int MAX_UNAUTHENTICATED_BYTES = 1024 * 1024;
    private static final int MAX_UNAUTHENTICATED_PAUSE_MILLIS = 1000;

    private final ServerSocket server;
    private final Function<HttpExchange.Request, Optional<HttpExchange.Answer.Json>> gate;
    private final Function<HttpExchange.Request, HttpExchange.Answer> handler;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    /** Unauthenticated connections, oldest first, with their times. */
    private final Map<Socket, Long> unauthenticated = new LinkedHashMap<>();

    /**
     * Starts listening.
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
                    "cannot listen on " + host.getHostAddress() + ":" + port
                            + "; choose another port, or 0 for a free one",
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
                synchronized (unauthenticated) {
                    unauthenticated.put(socket, System.nanoTime());
                }
                Thread.ofVirtual().name("simulated-agent").start(() -> serve(socket));
            } catch (IOException e) {
                if (server.isClosed()) return;
                LOG.log(Level.WARNING, "A connection could not be accepted", e);
                pause(BEFORE_NEXT_TRY); // Without descriptors, the next accept fails as quickly.
            }
        }
    }

    /**
     * Further connections wait in the accept queue, which uses no descriptors, until the oldest unauthenticated one
     * times out.
     */
    private void makeRoom() throws IOException {
        while (!server.isClosed()) {
            Socket oldest;
            synchronized (unauthenticated) {
                if (unauthenticated.size() < MAX_UNAUTHENTICATED) return;
                var first = unauthenticated.entrySet().iterator().next();
                oldest = System.nanoTime() - first.getValue() < UNAUTHENTICATED_TIME.toNanos() ? null : first.getKey();
                if (oldest != null) unauthenticated.remove(oldest);
            }
            if (oldest == null) pause(RETRY_PAUSE);
            else oldest.close();
        }
    }

    private void isKnown(Socket socket) throws IOException {
        synchronized (unauthenticated) {
            if (unauthenticated.remove(socket) == null) return;
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
            socket.setSoTimeout(MAX_UNAUTHENTICATED_WAIT_MILLIS);
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
                        socket.setSoLinger(true, 0); // a reset, e.g. of a process that died
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
            // the client left, or does not use HTTP: no answer possible
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "A connection ended with an internal error", e);
        } finally {
            connections.remove(socket);
            synchronized (unauthenticated) {
                unauthenticated.remove(socket);
            }
        }
    }

    /** An internal error is answered too: without an answer a client would retry endlessly. */
    private HttpExchange.Answer answer(HttpExchange.Request request) {
        try {
            return handler.apply(request);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "A request could not be answered path=" + request.path(), e);
            return new HttpExchange.Answer.Json(
                    500,
                    "{\"message\":\"The simulated agent failed: " + e.getClass().getSimpleName()
                            + "; see its log\",\"status_code\":500}",
                    Map.of(),
                    Duration.ZERO);
        }
    }

    /**
     * A client that is still sending would lose the answer if the connection was closed now; an unauthenticated one is
     * not read further.
     */
    private static void leave(Socket socket, InputStream in) throws IOException {
        socket.shutdownOutput();
        socket.setSoTimeout(MAX_UNAUTHENTICATED_PAUSE_MILLIS);
        int rest = MAX_UNAUTHENTICATED_BYTES;
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
