package io.taskweaver.access.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A request written out byte by byte, for what no decent client sends. */
public final class RawRequest {
    private static final int PATIENCE_MS = 20_000;

    private final String requestLine;
    private final List<String> headers = new ArrayList<>();
    private String body = "";

    private RawRequest(String requestLine) {
        this.requestLine = requestLine;
    }

    /** With {@code HTTP/1.1} and no header at all. */
    public static RawRequest of(String method, String target) {
        return new RawRequest(method + " " + target + " HTTP/1.1");
    }

    public RawRequest header(String name, String value) {
        headers.add(name + ": " + value);
        return this;
    }

    /** With its length. */
    public RawRequest body(String text) {
        body = text;
        return header("Content-Length", Integer.toString(text.getBytes(StandardCharsets.UTF_8).length));
    }

    /** With its length in a chunk instead of a header. */
    public RawRequest chunked(String text) {
        body = Integer.toHexString(text.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + text + "\r\n0\r\n\r\n";
        return header("Transfer-Encoding", "chunked");
    }

    /** An answer, as far as it came before the connection was closed. */
    public record Answer(int status, String text) {
        /** Whether it is a problem document, and says something. */
        public boolean isProblem() {
            return text.toLowerCase(java.util.Locale.ROOT).contains("content-type: application/problem+json")
                    && text.contains("\"hint\":\"");
        }
    }

    /** Sends it to a port of this machine, as the last request of its connection. */
    public Answer send(URI server) throws IOException {
        var text = new StringBuilder(requestLine).append("\r\n");
        headers.forEach(header -> text.append(header).append("\r\n"));
        text.append("Connection: close\r\n\r\n").append(body);
        try (var socket = new Socket(InetAddress.getByName(server.getHost()), server.getPort())) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var words = answer.split(" ", 3);
            return new Answer(words.length < 2 ? 0 : Integer.parseInt(words[1]), answer);
        }
    }

    @Override
    public String toString() {
        return requestLine + " " + headers;
    }
}
