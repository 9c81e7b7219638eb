package io.taskweaver.client.hosting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.code.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens the pull requests of a repository, and updates those that are open. */
public final class PullRequests implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int LONGEST_MESSAGE = 500;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY = 429;

    private final CodeHost host;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client;

    public PullRequests(CodeHost host) {
        this.host = host;
        this.client = HttpClient.newBuilder()
                .connectTimeout(LIMIT)
                // The token is for this server alone.
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * What a request asks for.
     *
     * @param branch that is to be merged; it is there
     * @param into branch that it is to be merged into
     * @param body Markdown
     */
    public record Request(String branch, String into, String title, String body) {}

    /** How it went. */
    public sealed interface Outcome {
        /**
         * It is open.
         *
         * @param isNew whether it was not open before
         */
        record Open(String url, boolean isNew) implements Outcome {}

        /** It was not opened, or not updated. */
        record Failed(Refusal refusal) implements Outcome {}
    }

    private static final class FailedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Refusal refusal;

        FailedException(String reason, String remedy) {
            super(reason, null, false, false);
            this.refusal = new Refusal(reason, remedy);
        }
    }

    /** Opens a request, or updates title, text and target of the open one of the same branch. */
    public Outcome open(Request request) throws InterruptedException {
        try {
            return switch (host.kind()) {
                case GITHUB -> onGitHub(request);
                case GITLAB -> onGitLab(request);
            };
        } catch (FailedException e) {
            return new Outcome.Failed(e.refusal);
        }
    }

    private Outcome onGitHub(Request request) throws FailedException, InterruptedException {
        var pulls = "/repos/" + host.project() + "/pulls";
        var owner = host.project().split("/", -1)[0];
        var open = send("GET", pulls + "?state=open&head=" + encoded(owner + ":" + request.branch()), null, request);
        var body = json.createObjectNode()
                .put("title", request.title())
                .put("body", request.body())
                .put("base", request.into());
        if (!open.isEmpty()) {
            var number = open.get(0).path("number").asText();
            return new Outcome.Open(
                    send("PATCH", pulls + "/" + number, body, request)
                            .path("html_url")
                            .asText(),
                    false);
        }
        body.put("head", request.branch());
        return new Outcome.Open(
                send("POST", pulls, body, request).path("html_url").asText(), true);
    }

    private Outcome onGitLab(Request request) throws FailedException, InterruptedException {
        var requests = "/projects/" + encoded(host.project()) + "/merge_requests";
        var open = send("GET", requests + "?state=opened&source_branch=" + encoded(request.branch()), null, request);
        var body = json.createObjectNode()
                .put("title", request.title())
                .put("description", request.body())
                .put("target_branch", request.into());
        if (!open.isEmpty()) {
            var number = open.get(0).path("iid").asText();
            return new Outcome.Open(
                    send("PUT", requests + "/" + number, body, request)
                            .path("web_url")
                            .asText(),
                    false);
        }
        body.put("source_branch", request.branch());
        return new Outcome.Open(
                send("POST", requests, body, request).path("web_url").asText(), true);
    }

    private JsonNode send(String method, String path, @Nullable ObjectNode body, Request about)
            throws FailedException, InterruptedException {
        var base = host.api().toString().replaceFirst("/+$", "");
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(LIMIT)
                .header(
                        "Accept",
                        host.kind() == CodeHost.Kind.GITHUB ? "application/vnd.github+json" : "application/json")
                .header("Authorization", "Bearer " + host.token())
                .header("User-Agent", "taskweaver")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()));
        if (body != null) request.header("Content-Type", "application/json");
        try {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) throw failure(response, about);
            return json.readTree(response.body());
        } catch (IOException e) {
            throw new FailedException(
                    "No answer from " + host.api().getAuthority() + ": "
                            + Optional.ofNullable(e.getMessage())
                                    .orElse(e.getClass().getSimpleName()) + ".",
                    "The branch is pushed. Try again later with the same command.");
        }
    }

    private FailedException failure(HttpResponse<String> response, Request about) {
        int status = response.statusCode();
        var said = said(response.body());
        var place = host.kind().title() + " (" + host.api().getAuthority() + ")";
        var limit = limit(response);
        if (limit.isPresent() || status == TOO_MANY)
            return new FailedException(
                    place + " has reached its rate limit" + said + ".",
                    "The branch is pushed. Run the same command again"
                            + limit.map(text -> " " + text).orElse(" later") + ".");
        return switch (status) {
            case UNAUTHORIZED ->
                new FailedException(
                        place + " rejected the token" + said + ".",
                        "Set " + host.variables() + " to a valid one. The branch is pushed.");
            case FORBIDDEN ->
                new FailedException(
                        place + " denied access" + said + ".",
                        "Give the token in " + host.variables() + " permission to write "
                                + host.kind().request() + "s of " + host.project() + ". The branch is pushed.");
            case NOT_FOUND ->
                new FailedException(
                        place + " has no repository " + host.project() + ", or the token cannot access it" + said + ".",
                        "Check the address of the remote, and the permissions of the token in " + host.variables()
                                + ".");
            case UNPROCESSABLE, CONFLICT ->
                new FailedException(
                        place + " rejected the " + host.kind().request() + " of branch " + about.branch() + " into "
                                + about.into() + said + ".",
                        "Name another target with --base. The branch is pushed.");
            default ->
                new FailedException(
                        place + " answered with HTTP " + status + said + ".",
                        status >= 300 && status < 400
                                ? "The repository was moved: correct the address with git remote set-url."
                                : "The branch is pushed. Try again later with the same command.");
        };
    }

    /** When a rate limit ends, if one is why a request was refused. */
    private static Optional<String> limit(HttpResponse<String> response) {
        if (response.statusCode() != FORBIDDEN && response.statusCode() != TOO_MANY) return Optional.empty();
        var headers = response.headers();
        var wait = headers.firstValue("Retry-After");
        if (wait.isPresent() && wait.get().matches("\\d{1,9}")) return Optional.of("in " + wait.get() + " s");
        boolean isUsedUp =
                headers.firstValue("x-ratelimit-remaining").filter("0"::equals).isPresent();
        return headers.firstValue("x-ratelimit-reset")
                .filter(reset -> isUsedUp && reset.matches("\\d{1,12}"))
                .map(reset ->
                        "after " + Instant.ofEpochSecond(Long.parseLong(reset)).truncatedTo(ChronoUnit.SECONDS));
    }

    /** What the server says, behind a colon; empty if it says nothing that can be read. */
    private String said(String body) {
        var texts = new ArrayList<String>();
        try {
            var answer = json.readTree(body);
            collect(answer.path("message"), texts);
            collect(answer.path("error"), texts);
            for (var error : answer.path("errors")) collect(error.path("message"), texts);
        } catch (IOException e) {
            return ""; // the page of a proxy
        }
        var text = String.join("; ", List.copyOf(new LinkedHashSet<>(texts)))
                .replace(host.token(), "***")
                .replaceAll("\\p{Cntrl}", " ")
                .strip();
        if (text.isEmpty()) return "";
        return ": "
                + (text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) + "..." : text)
                        .replaceFirst("\\.$", "");
    }

    private static void collect(JsonNode said, List<String> texts) {
        if (said.isValueNode() && !said.isNull()) texts.add(said.asText());
        else for (var part : said) collect(part, texts);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
