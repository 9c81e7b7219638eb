package io.taskweaver.planner;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.taskweaver.access.testing.ApiFuzz;
import io.taskweaver.access.testing.TestTokens;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The API as its document describes it. */
@QuarkusTest
@QuarkusTestResource(BrokerForTest.class)
final class PlanApiFuzzTest {
    private static final int EACH = 1000;

    @Test
    void no_request_makes_it_fail_or_hang() {
        await().atMost(60, SECONDS)
                .untilAsserted(() -> when().get("/q/health/ready").then().statusCode(200));
        var credential = Map.of("Authorization", TestTokens.bearer(TestTokens.OPERATOR));
        var document = given().headers(credential)
                .queryParam("format", "JSON")
                .get("/q/openapi")
                .asString();
        var server = URI.create("http://127.0.0.1:" + RestAssured.port);

        var outcome = new ApiFuzz(server, credential, document, 14).run("/api/", EACH);

        assertThat(outcome.answers()).hasSize(6);
        assertThat(outcome.faults().stream().limit(10)).isEmpty();
        when().get("/q/health/ready").then().statusCode(200);
    }
}
