package io.taskweaver.agents.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLHandshakeException;

/**
 * Sends JSON requests to a service, each once, so that nothing is paid for twice. The JDK's client does not repeat a
 * POST automatically.
 */
public final class JsonHttp implements AutoCloseable {
    private static final int LONGEST_MESSAGE = 500;

    private final String authority;
    private final Limits limits;
    private final UnaryOperator<String> redaction;
    private final Clock clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client;
    private final ObjectMapper json;

    /**
     * Timeouts and size limit.
     *
     * @param answerBytes longest answer that is read
     */
    public record Limits(Duration connect, Duration request, long answerBytes) {}

    /** @param redaction removes secrets from texts of others */
    public JsonHttp(URI baseUrl, Limits limits, UnaryOperator<String> redaction, Clock clock) {
        this.authority = baseUrl.getAuthority();
        this.limits = limits;
        this.redaction = redaction;
        this.clock = clock;
        boolean encrypted = "https".equals(baseUrl.getScheme());
        this.client = HttpClient.newBuilder()
                .connectTimeout(limits.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(encrypted ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .executor(threads)
                .build();
        int longest = (int) Math.min(Integer.MAX_VALUE, limits.answerBytes());
        this.json = new ObjectMapper(JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxStringLength(longest).build())
                .build());
    }

    /** An empty document, to be filled. */
    public ObjectNode object() {
        return json.createObjectNode();
    }

    /** A document as the body of a request. */
    public HttpRequest.Builder withBody(HttpRequest.Builder request, String method, JsonNode body) {
        try {
            return request.setHeader("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON can always be written", e);
        }
    }

    /** A text encoded for a URL. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A URL of the service. */
    public static URI address(URI base, String pathAndQuery) {
        var start = base.toString();
        return URI.create((start.endsWith("/") ? start.substring(0, start.length() - 1) : start) + pathAndQuery);
    }

    /** Sends a request, and returns the result. */
    public Reply send(HttpRequest.Builder unsent) throws InterruptedException {
        var request = unsent.timeout(limits.request())
                .setHeader("Accept", "application/json")
                .build();
        long limit = limits.answerBytes();
        HttpResponse<byte[]> response;
        try {
            response = client.send(
                    request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), limit));
        } catch (HttpConnectTimeoutException e) {
            return new Reply.Unsent(
                    "no connection to " + host() + " within " + limits.connect().toMillis() + " ms");
        } catch (HttpTimeoutException e) {
            return new Reply.Lost(
                    "no answer from " + host() + " within " + limits.request().toMillis() + " ms");
        } catch (ConnectException e) {
            return new Reply.Unsent(
                    "There is no connection to " + host() + ". Check the address, and that the service runs.");
        } catch (SSLHandshakeException e) {
            return new Reply.Unsent("There is no encrypted connection to " + host() + ": " + clean(reason(e)));
        } catch (IOException e) {
            if (exceeded(e)) return new Reply.TooLong(limit);
            return new Reply.Lost("The connection to " + host() + " broke: " + clean(reason(e)));
        }
        return reply(response);
    }

    private Reply reply(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status / 100 != 2)
            return new Reply.Refused(
                    status,
                    message(status, response.body()),
                    response.headers().firstValue("Retry-After").flatMap(this::retryAfter));
        try {
            JsonNode body = json.readTree(response.body());
            return new Reply.Done(body == null ? json.missingNode() : body);
        } catch (IOException e) {
            return new Reply.Lost("The answer of " + host() + " is not JSON.");
        }
    }

    /** Whether a body was longer than the limit; the JDK has no type of its own for that. */
    private static boolean exceeded(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && message.contains("exceeds capacity")) return true;
        }
        return false;
    }

    private String message(int status, byte[] body) {
        String text;
        try {
            JsonNode error = json.readTree(body);
            JsonNode message = error.path("message").isMissingNode() ? error.path("detail") : error.path("message");
            text = message.isTextual() ? message.asText() : message.toString();
        } catch (IOException e) {
            text = ""; // the page of a proxy is not helpful
        }
        return "HTTP " + status + " from " + host() + (text.isBlank() ? "" : ": " + clean(text));
    }

    private Optional<Duration> retryAfter(String header) {
        try {
            return Optional.of(Duration.ofSeconds(Math.max(0, Long.parseLong(header.strip()))));
        } catch (NumberFormatException e) {
            try {
                var until = ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
                Duration left = Duration.between(clock.instant(), until);
                return Optional.of(left.isNegative() ? Duration.ZERO : left);
            } catch (DateTimeException other) {
                return Optional.empty();
            }
        }
    }

    private String host() {
        return authority;
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }

    private String clean(String text) {
        String shown = redaction.apply(text).strip();
        return shown.length() > LONGEST_MESSAGE ? shown.substring(0, LONGEST_MESSAGE) + "..." : shown;
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdown();
    }
}
