package io.taskweaver.agents.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.simulated.HttpExchange.Answer;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SmallServerTest {
    /** As of a class that is not there: a client that hears nothing asks again for ever. */
    @Test
    void a_defect_is_answered_and_the_connection_goes_on() throws Exception {
        try (var server = new SmallServer(InetAddress.getLoopbackAddress(), 0, request -> Optional.empty(), request -> {
                    if (request.path().equals("/broken")) throw new NoClassDefFoundError("com/sun/source/tree/Tree");
                    return new Answer.Json(200, "{}", Map.of(), Duration.ZERO);
                });
                var http = HttpClient.newHttpClient()) {
            var broken = http.send(get(server, "/broken"), BodyHandlers.ofString());
            assertThat(broken.statusCode()).isEqualTo(500);
            assertThat(broken.body()).contains("NoClassDefFoundError").doesNotContain("com/sun");
            assertThat(http.send(get(server, "/"), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        }
    }

    private static HttpRequest get(SmallServer server, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(30))
                .build();
    }
}
