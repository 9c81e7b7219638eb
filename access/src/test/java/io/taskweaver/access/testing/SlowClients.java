package io.taskweaver.access.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Clients that take their time: each connects, sends what it is given and then neither sends nor reads anything. */
public final class SlowClients implements AutoCloseable {
    private final InetSocketAddress server;
    private final List<SocketChannel> sockets = new ArrayList<>();

    /** @param port of the server on loopback */
    public SlowClients(int port) {
        this.server = new InetSocketAddress("127.0.0.1", port);
    }

    /** Clients that stop in the middle of a request's head. */
    public SlowClients inTheHead(int count) {
        return connect(count, "GET /api/plans HTTP/1.1\r\nHost: 127.0.0.1:" + server.getPort() + "\r\nX-Slow: ");
    }

    /**
     * Clients that stop in the middle of a body.
     *
     * @param headers lines that each ends with CRLF
     */
    public SlowClients inTheBody(int count, String path, String headers) {
        return connect(
                count,
                "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.getPort() + "\r\n" + headers
                        + "Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n{\"a\":");
    }

    /**
     * Clients that do not read their answer.
     *
     * @param headers lines that each ends with CRLF
     */
    public SlowClients beforeTheAnswer(int count, String path, String headers) {
        return connect(
                count, "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.getPort() + "\r\n" + headers + "\r\n");
    }

    /**
     * Clients that send many requests ahead and read no answer.
     *
     * @param each how many requests each sends, as far as the server takes them
     */
    public SlowClients sendingAhead(int count, int each, String path) {
        return connect(
                count, ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.getPort() + "\r\n\r\n").repeat(each));
    }

    private SlowClients connect(int count, String said) {
        try {
            for (int client = 0; client < count; client++) {
                var socket = SocketChannel.open();
                socket.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
                socket.connect(server);
                sockets.add(socket);
                say(socket, said);
                socket.configureBlocking(false);
            }
            return this;
        } catch (IOException e) {
            throw new IllegalStateException("client " + sockets.size() + " could not connect: " + e, e);
        }
    }

    private static void say(SocketChannel socket, String said) {
        try {
            for (var bytes = ByteBuffer.wrap(said.getBytes(ISO_8859_1)); bytes.hasRemaining(); )
                if (socket.write(bytes) < 0) break;
        } catch (IOException e) {
            // The server has closed it already, which is what these clients are for.
        }
    }

    /** How many of them the server has closed; reads what it sent them, if it sent little. */
    public long closed() {
        return sockets.stream().filter(SlowClients::isClosed).count();
    }

    private static boolean isClosed(SocketChannel socket) {
        try {
            var bytes = ByteBuffer.allocate(2048);
            int read = socket.read(bytes);
            while (read > 0) read = socket.read(bytes.clear());
            return read < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        for (var socket : sockets) socket.close();
    }
}
