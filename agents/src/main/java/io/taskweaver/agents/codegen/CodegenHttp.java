package io.taskweaver.agents.codegen;

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
import javax.net.ssl.SSLHandshakeException;

/**
 * Sends requests to the service, each once: what is never sent twice is never paid for twice. Its client does not
 * repeat a POST by itself.
 */
final class CodegenHttp implements AutoCloseable {
    private static final int LONGEST_MESSAGE = 500;

    private final CodegenSettings settings;
    private final Secret token;
    private final Clock clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client;
    private final ObjectMapper json;

    CodegenHttp(CodegenSettings settings, Secret token, Clock clock) {
        this.settings = settings;
        this.token = token;
        this.clock = clock;
        boolean encrypted = "https".equals(settings.baseUrl().getScheme());
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.limits().connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(encrypted ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .executor(threads)
                .build();
        int longest = (int) Math.min(Integer.MAX_VALUE, settings.limits().answerBytes());
        this.json = new ObjectMapper(JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxStringLength(longest).build())
                .build());
    }

    ObjectNode object() {
        return json.createObjectNode();
    }

    Reply get(String path, String run) throws InterruptedException {
        return send(request(path, run, "").GET().build());
    }

    Reply list(int skip, int limit) throws InterruptedException {
        String query = "?skip=" + skip + "&limit=" + limit;
        return send(request(settings.paths().list(), "", query).GET().build());
    }

    Reply post(String path, ObjectNode body) throws InterruptedException {
        byte[] bytes;
        try {
            bytes = json.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON can always be written", e);
        }
        return send(request(path, "", "")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build());
    }

    private HttpRequest.Builder request(String path, String run, String query) {
        String filled = path.replace("{org}", encoded(settings.organization().orElse("")))
                .replace("{run}", encoded(run));
        String base = settings.baseUrl().toString();
        String address = (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + filled + query;
        String scheme = settings.authorizationScheme();
        return HttpRequest.newBuilder(URI.create(address))
                .timeout(settings.limits().requestTimeout())
                .header("Accept", "application/json")
                .header(
                        settings.authorizationHeader(),
                        scheme.isEmpty() ? token.value() : scheme + " " + token.value());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Reply send(HttpRequest request) throws InterruptedException {
        long limit = settings.limits().answerBytes();
        HttpResponse<byte[]> response;
        try {
            response = client.send(
                    request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), limit));
        } catch (HttpConnectTimeoutException e) {
            return new Reply.Unsent("no connection to " + host() + " within "
                    + settings.limits().connectTimeout().toMillis() + " ms");
        } catch (HttpTimeoutException e) {
            return new Reply.Lost("no answer from " + host() + " within "
                    + settings.limits().requestTimeout().toMillis() + " ms");
        } catch (ConnectException e) {
            return new Reply.Unsent("no connection to " + host() + "; is the address right, and does it run?");
        } catch (SSLHandshakeException e) {
            return new Reply.Unsent("no encrypted connection to " + host() + ": " + clean(reason(e)));
        } catch (IOException e) {
            if (exceeded(e)) return new Reply.TooLong(limit);
            return new Reply.Lost("the connection to " + host() + " broke: " + clean(reason(e)));
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
            return new Reply.Lost("the answer of " + host() + " is no JSON");
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
            JsonNode said = error.path("message").isMissingNode() ? error.path("detail") : error.path("message");
            text = said.isTextual() ? said.asText() : said.toString();
        } catch (IOException e) {
            text = ""; // a proxy's page says nothing that helps
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
        return settings.baseUrl().getAuthority();
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }

    private String clean(String text) {
        String shown = token.removedFrom(text).strip();
        return shown.length() > LONGEST_MESSAGE ? shown.substring(0, LONGEST_MESSAGE) + "..." : shown;
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdown();
    }
}
