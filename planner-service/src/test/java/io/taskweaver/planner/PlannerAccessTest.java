package io.taskweaver.planner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import io.taskweaver.access.testing.Attacks;
import io.taskweaver.access.testing.EveryRoute;
import io.taskweaver.access.testing.RawRequest;
import io.taskweaver.access.testing.TestTokens;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may hand plans in and look at them. */
@QuarkusTest
@QuarkusTestResource(BrokerForTest.class)
@QuarkusTestResource(IssuerForTest.class)
final class PlannerAccessTest {
    private static final String PLANS = "/api/plans";
    private static final String SUBMISSION =
            "{\"planId\":\"%s\",\"documents\":[{\"path\":\"a.md\",\"content\":\"- FR-001: Sum up\"}]}";

    @TestHTTPResource
    @SuppressWarnings("NullAway.Init") // Quarkus sets it.
    URI home;

    @Inject
    @SuppressWarnings("NullAway.Init") // Quarkus sets it.
    Router router;

    @BeforeEach
    void untilReady() {
        await().atMost(60, SECONDS)
                .untilAsserted(() ->
                        assertThat(get("/q/health/ready").send(home).status()).isEqualTo(200));
    }

    @Test
    void whatever_is_asked_but_health_needs_a_token() throws IOException {
        var calls = EveryRoute.closed(router);
        assertThat(calls)
                .extracting(EveryRoute.Call::path)
                .contains("/api/plans/x/commands/x", "/q/metrics", "/nothing");
        for (var call : calls) {
            var answer = call.request(home).send(home);
            assertThat(answer.status()).as("%s %s", call, answer.text()).isEqualTo(401);
            if (!call.method().equals("HEAD"))
                assertThat(answer.isProblem()).as(answer.text()).isTrue();
        }
        assertThat(get("/q/health/live").send(home).status()).isEqualTo(200);
        assertThat(get("/q/health").send(home).status()).isEqualTo(200);
    }

    @Test
    void a_browser_opens_the_description_with_the_token_as_a_password_and_nothing_else() throws IOException {
        var password = "Basic " + Base64.getEncoder().encodeToString(("me:" + TestTokens.VIEWER).getBytes(UTF_8));
        var wrong = "Basic " + Base64.getEncoder().encodeToString("me:wrong".getBytes(UTF_8));
        for (var path : List.of("/q/openapi", "/q/swagger-ui/")) {
            assertThat(get(path).send(home).text()).contains("Basic realm=");
            assertThat(get(path).header("Authorization", wrong).send(home).status())
                    .isEqualTo(401);
            assertThat(get(path).header("Authorization", password).send(home).status())
                    .isEqualTo(200);
        }
        for (var path : List.of(PLANS, "/q/metrics", "/q/openapi/../../api/plans"))
            assertThat(get(path).header("Authorization", password).send(home).status())
                    .isEqualTo(401);
        assertThat(get(PLANS).send(home).text()).doesNotContain("Basic");
    }

    @Test
    void a_wrong_token_is_said_to_be_wrong_and_not_repeated() throws IOException {
        for (var credential : List.of(
                "Bearer wrong-token-0123456789",
                "Bearer",
                "Basic dTpw",
                "Bearer a b",
                "x",
                "Bearer " + TestTokens.ADMIN + "x")) {
            var answer = get(PLANS).header("Authorization", credential).send(home);
            assertThat(answer.status()).as(answer.text()).isEqualTo(401);
            assertThat(answer.text())
                    .contains("error=\"invalid_token\"")
                    .doesNotContain("wrong-token", TestTokens.ADMIN);
            assertThat(answer.isProblem()).as(answer.text()).isTrue();
        }
        assertThat(get(PLANS)
                        .header("Authorization", TestTokens.bearer(TestTokens.ADMIN))
                        .header("Authorization", "Bearer x")
                        .send(home)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void viewers_read_and_operators_submit_and_command() throws IOException {
        for (var token : List.of(TestTokens.VIEWER, TestTokens.OPERATOR, TestTokens.ADMIN)) {
            assertThat(as(token, get(PLANS)).send(home).status()).isEqualTo(200);
            assertThat(as(token, get("/q/metrics")).send(home).status()).isEqualTo(200);
        }
        var denied = submit(TestTokens.VIEWER, "by-viewer");
        assertThat(denied.status()).as(denied.text()).isEqualTo(403);
        assertThat(denied.isProblem()).as(denied.text()).isTrue();
        assertThat(denied.text()).contains("operator");
        assertThat(submit(TestTokens.OPERATOR, "by-operator").status()).isEqualTo(202);
        awaitPlan("by-operator");
        assertThat(order(TestTokens.VIEWER, "by-operator").status()).isEqualTo(403);
        assertThat(order(TestTokens.OPERATOR, "by-operator").status()).isEqualTo(202);
        assertThat(plans()).contains("by-operator").doesNotContain("by-viewer");
    }

    @Test
    void a_web_page_submits_nothing_and_commands_nothing_whatever_token_its_browser_has() throws IOException {
        assertThat(submit(TestTokens.OPERATOR, "victim").status()).isEqualTo(202);
        awaitPlan("victim");
        for (var attack : Attacks.of(home, TestTokens.ADMIN, PLANS, SUBMISSION.formatted("forged"))) refused(attack);
        for (var attack : Attacks.of(home, TestTokens.ADMIN, PLANS + "/victim/commands/cancel", "{\"reason\":\"x\"}"))
            refused(attack);
        for (var attack : Attacks.reading(home, TestTokens.ADMIN, PLANS)) refused(attack);
        // What comes after is there, so what came before would be.
        assertThat(submit(TestTokens.OPERATOR, "honest").status()).isEqualTo(202);
        awaitPlan("honest");
        assertThat(plans()).doesNotContain("forged");
        assertThat(as(TestTokens.VIEWER, get(PLANS + "/victim")).send(home).text())
                .contains("\"status\":\"active\"");
    }

    private void refused(RawRequest attack) throws IOException {
        var answer = attack.send(home);
        assertThat(answer.status()).as("%s %s", attack, answer.text()).isIn(400, 403, 405, 415, 421);
        assertThat(answer.isProblem()).as("%s %s", attack, answer.text()).isTrue();
        assertThat(answer.text().toLowerCase(java.util.Locale.ROOT)).doesNotContain("access-control-allow");
    }

    @Test
    void a_token_of_an_issuer_that_is_trusted_counts_by_its_groups() throws Exception {
        assertThat(as(jwt(Set.of("viewer"), Duration.ofMinutes(5), key()), get(PLANS))
                        .send(home)
                        .status())
                .isEqualTo(200);
        assertThat(submit(jwt(Set.of("viewer"), Duration.ofMinutes(5), key()), "by-jwt-viewer")
                        .status())
                .isEqualTo(403);
        assertThat(submit(jwt(Set.of("x", "operator"), Duration.ofMinutes(5), key()), "by-jwt")
                        .status())
                .isEqualTo(202);
        assertThat(as(jwt(Set.of("users"), Duration.ofMinutes(5), key()), get(PLANS))
                        .send(home)
                        .status())
                .isEqualTo(403);
        assertThat(as(jwt(Set.of("admin"), Duration.ofMinutes(-5), key()), get(PLANS))
                        .send(home)
                        .status())
                .isEqualTo(401);
        var forAnother = token(Set.of("admin"), Duration.ofMinutes(5), "another-application");
        assertThat(as(forAnother.sign(key()), get(PLANS)).send(home).status()).isEqualTo(401);
        var other = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();
        assertThat(as(jwt(Set.of("admin"), Duration.ofMinutes(5), other), get(PLANS))
                        .send(home)
                        .status())
                .isEqualTo(401);
    }

    private static String jwt(Set<String> groups, Duration life, PrivateKey key) {
        return token(groups, life, IssuerForTest.AUDIENCE).sign(key);
    }

    private static JwtClaimsBuilder token(Set<String> groups, Duration life, String audience) {
        return Jwt.issuer(IssuerForTest.ISSUER)
                .audience(audience)
                .subject("someone")
                .groups(groups)
                .issuedAt(Instant.now().minusSeconds(600))
                .expiresAt(Instant.now().plus(life));
    }

    private static PrivateKey key() throws GeneralSecurityException {
        var encoded = ConfigProvider.getConfig().getValue(IssuerForTest.PRIVATE_KEY, String.class);
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(encoded)));
    }

    private RawRequest.Answer submit(String token, String plan) throws IOException {
        return as(token, request("POST", PLANS))
                .header("Content-Type", "application/json")
                .body(SUBMISSION.formatted(plan))
                .send(home);
    }

    private RawRequest.Answer order(String token, String plan) throws IOException {
        return as(token, request("POST", PLANS + "/" + plan + "/commands/pause"))
                .send(home);
    }

    private void awaitPlan(String plan) {
        await().atMost(30, SECONDS).untilAsserted(() -> assertThat(plans()).contains(plan));
    }

    private String plans() throws IOException {
        return as(TestTokens.VIEWER, get(PLANS)).send(home).text();
    }

    private static RawRequest as(String token, RawRequest request) {
        return request.header("Authorization", TestTokens.bearer(token));
    }

    private RawRequest get(String path) {
        return request("GET", path);
    }

    private RawRequest request(String method, String path) {
        return new EveryRoute.Call(method, path).request(home);
    }
}
