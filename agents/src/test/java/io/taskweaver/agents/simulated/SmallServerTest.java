package io.taskweaver.agents.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.simulated.HttpExchange.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
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

    @Test
    void who_connects_and_says_nothing_gives_way_to_the_next_and_who_was_let_in_does_not() throws Exception {
        var silent = new ArrayList<Socket>();
        try (var server = new SmallServer(InetAddress.getLoopbackAddress(), 0, request -> Optional.empty(), request -> {
                    return new Answer.Json(200, "{}", Map.of(), Duration.ZERO);
                });
                var let = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            let.setSoTimeout(30_000);
            assertThat(status(let)).contains("200");
            for (int i = 0; i <= SmallServer.MAX_UNAUTHENTICATED; i++)
                silent.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
            silent.getFirst().setSoTimeout(9_000);

            assertThat(silent.getFirst().getInputStream().read())
                    .as("closed by the server, before it is tired of waiting")
                    .isEqualTo(-1);
            assertThat(status(let)).contains("200");
        } finally {
            for (var socket : silent) socket.close();
        }
    }

    private static String status(Socket socket) throws IOException {
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        var answer = new StringBuilder();
        while (!answer.toString().endsWith("\r\n\r\n{}"))
            answer.append((char) socket.getInputStream().read());
        return answer.substring(0, answer.indexOf("\r\n"));
    }

    private static HttpRequest get(SmallServer server, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(30))
                .build();
    }
}
