package io.taskweaver.agents.simulated;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 as far as local clients need it: requests in, answers out, one after the other on one connection. */
final class HttpExchange {
    private static final int LONGEST_LINE = 64 * 1024;
    private static final int MOST_HEADERS = 200;
    private static final int LARGEST_BODY = 64 * 1024 * 1024;

    private HttpExchange() {}

    /**
     * A request.
     *
     * @param path still encoded, without the query
     * @param query after the question mark, may be empty
     * @param headers by lower-case name
     */
    record Request(String method, String path, String query, Map<String, String> headers, String body) {
        Request with(byte[] content) {
            return new Request(method, path, query, headers, new String(content, StandardCharsets.UTF_8));
        }

        boolean closes() {
            return "close".equalsIgnoreCase(headers.get("connection"));
        }
    }

    /** What is done about a request. */
    sealed interface Answer {
        /** An answer with a JSON body, after a delay. */
        record Json(int status, String body, Map<String, String> headers, Duration delay) implements Answer {}

        /** None: the connection is dropped. */
        record Dropped() implements Answer {}
    }

    /** The next request on a connection, its body still to be read; empty if the client closed it. */
    static Optional<Request> readHead(BufferedInputStream in) throws IOException {
        String first = line(in);
        if (first == null) return Optional.empty();
        String[] words = first.split(" ", -1);
        if (words.length != 3 || !words[2].startsWith("HTTP/1.")) throw new ProtocolException("not an HTTP/1 request");
        var headers = new HashMap<String, String>();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 1 || headers.size() > MOST_HEADERS) throw new ProtocolException("not a header");
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int question = words[1].indexOf('?');
        String path = question < 0 ? words[1] : words[1].substring(0, question);
        String query = question < 0 ? "" : words[1].substring(question + 1);
        return Optional.of(new Request(words[0], path, query, headers, ""));
    }

    /** The same request with its body, for which a client may wait to be asked. */
    static Request readBody(Request head, BufferedInputStream in, OutputStream out) throws IOException {
        if ("100-continue".equalsIgnoreCase(head.headers().get("expect"))) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
        return head.with(body(in, head.headers()));
    }

    private static byte[] body(BufferedInputStream in, Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) return chunks(in);
        return bytes(in, size(headers.getOrDefault("content-length", "0"), 10));
    }

    private static byte[] chunks(BufferedInputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            String head = line(in);
            if (head == null) throw new EOFException("the request ends within its body");
            int size = size(head.split(";", 2)[0].strip(), 16);
            body.write(bytes(in, size));
            if (body.size() > LARGEST_BODY) throw new ProtocolException("the body is too large");
            String end = line(in);
            if (size == 0 || end == null) return body.toByteArray();
        }
    }

    private static int size(String text, int radix) throws IOException {
        try {
            int size = Integer.parseInt(text, radix);
            if (size < 0 || size > LARGEST_BODY) throw new ProtocolException("the body is too large");
            return size;
        } catch (NumberFormatException e) {
            throw new ProtocolException("not a length");
        }
    }

    private static byte[] bytes(BufferedInputStream in, int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) throw new EOFException("the request ends within its body");
        return bytes;
    }

    private static @Nullable String line(BufferedInputStream in) throws IOException {
        var line = new StringBuilder();
        while (true) {
            int c = in.read();
            if (c < 0) return line.isEmpty() ? null : line.toString();
            if (c == '\n') return line.toString();
            if (c != '\r') line.append((char) c);
            if (line.length() > LONGEST_LINE) throw new ProtocolException("a line is too long");
        }
    }

    /** Writes an answer in one piece, so that no part waits for the other. */
    static void write(OutputStream out, Answer.Json answer, boolean close) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder("HTTP/1.1 ")
                .append(answer.status())
                .append(' ')
                .append(reason(answer.status()))
                .append("\r\nContent-Type: application/json\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n");
        answer.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        if (close) head.append("Connection: close\r\n");
        byte[] top = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[top.length + body.length];
        System.arraycopy(top, 0, all, 0, top.length);
        System.arraycopy(body, 0, all, top.length, body.length);
        out.write(all);
        out.flush();
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 401 -> "Unauthorized";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 422 -> "Unprocessable Content";
            case 429 -> "Too Many Requests";
            default -> status < 500 ? "Refused" : "Server Error";
        };
    }
}
