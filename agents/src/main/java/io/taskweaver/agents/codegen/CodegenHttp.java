package io.taskweaver.agents.codegen;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.agents.http.JsonHttp;
import io.taskweaver.agents.http.Reply;
import java.net.http.HttpRequest;
import java.time.Clock;

/** The requests of the Codegen API. */
final class CodegenHttp implements AutoCloseable {
    private final CodegenSettings settings;
    private final Secret token;
    private final JsonHttp http;

    CodegenHttp(CodegenSettings settings, Secret token, Clock clock) {
        this.settings = settings;
        this.token = token;
        var limits = settings.limits();
        this.http = new JsonHttp(
                settings.baseUrl(),
                new JsonHttp.Limits(limits.connectTimeout(), limits.requestTimeout(), limits.answerBytes()),
                token::removedFrom,
                clock);
    }

    ObjectNode object() {
        return http.object();
    }

    Reply get(String path, String run) throws InterruptedException {
        return http.send(request(path, run, "").GET());
    }

    Reply list(int skip, int limit) throws InterruptedException {
        String query = "?skip=" + skip + "&limit=" + limit;
        return http.send(request(settings.paths().list(), "", query).GET());
    }

    Reply post(String path, ObjectNode body) throws InterruptedException {
        return http.send(http.withBody(request(path, "", ""), "POST", body));
    }

    private HttpRequest.Builder request(String path, String run, String query) {
        String filled = path.replace(
                        "{org}", JsonHttp.encoded(settings.organization().orElse("")))
                .replace("{run}", JsonHttp.encoded(run));
        String scheme = settings.authorizationScheme();
        return HttpRequest.newBuilder(JsonHttp.address(settings.baseUrl(), filled + query))
                .header(
                        settings.authorizationHeader(),
                        scheme.isEmpty() ? token.value() : scheme + " " + token.value());
    }

    @Override
    public void close() {
        http.close();
    }
}
