package io.taskweaver.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.taskweaver.access.testing.Attacks;
import io.taskweaver.access.testing.EveryRoute;
import io.taskweaver.access.testing.TestTokens;
import io.taskweaver.wire.rest.RestAccess;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** Who may ask for contexts. */
@QuarkusTest
@QuarkusTestResource(KafkaForTests.class)
@QuarkusTestResource(TlsForTest.class)
class ContextAccessTest {
    @TestHTTPResource
    @SuppressWarnings("NullAway.Init") // Quarkus sets it.
    URI home;

    @TestHTTPResource(tls = true)
    @SuppressWarnings("NullAway.Init") // Quarkus sets it.
    URI encrypted;

    @Inject
    @SuppressWarnings("NullAway.Init") // Quarkus sets it.
    Router router;

    @Test
    void whatever_is_asked_but_health_needs_a_token() throws IOException {
        var calls = EveryRoute.closed(router);
        assertThat(calls)
                .extracting(EveryRoute.Call::path)
                .contains(
                        "/api/plans/x/tasks/x/context",
                        "/api/plans/x/line",
                        "/api/plans/x/line.bundle",
                        "/api/contexts",
                        "/api/plans/x/context/export");
        for (var call : calls) {
            var answer = call.request(home).send(home);
            assertThat(answer.status()).as("%s %s", call, answer.text()).isEqualTo(401);
        }
    }

    @Test
    void a_page_of_another_origin_reads_nothing() throws IOException {
        for (var path : List.of("context", "line", "line.bundle"))
            for (var attack : Attacks.reading(home, TestTokens.ADMIN, "/api/plans/any/" + path)) {
                var answer = attack.send(home);
                assertThat(answer.status()).as("%s %s", attack, answer.text()).isIn(403, 405, 421);
            }
    }

    @Test
    void over_tls_clients_trust_whom_they_are_told_to() throws Exception {
        var ca = ConfigProvider.getConfig().getValue(TlsForTest.CERTIFICATE, String.class);
        var access = RestAccess.of(Map.of(RestAccess.TOKEN, TestTokens.VIEWER, RestAccess.CA, ca));
        try (var client = access.client().build()) {
            var answer =
                    client.send(access.request(encrypted.resolve("/q/metrics")).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
        var unaware = RestAccess.of(Map.of(RestAccess.TOKEN, TestTokens.VIEWER));
        try (var client = unaware.client().build()) {
            assertThatThrownBy(() -> client.send(
                            unaware.request(encrypted.resolve("/q/metrics")).build(), BodyHandlers.discarding()))
                    .isInstanceOf(SSLException.class);
        }
    }
}
