package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a web page that the user opens gets done on the runtime of the user: nothing. With a real browser. */
class WebPageTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    @TempDir
    Path dir;

    @Test
    void a_page_in_the_users_browser_gets_nothing_done_and_reads_nothing() throws Exception {
        try (var workspace = new Workspace(dir)) {
            Assumptions.assumeTrue(
                    Files.isExecutable(CHROMIUM), "there is no " + CHROMIUM + ": the attack by a web page was skipped");
            JsClients.install(workspace);
            var up = workspace.taskweaver("up");
            assertThat(up.exitCode()).as(up.output()).isZero();
            // The request that the page sends is one that works when the owner sends it.
            var mark = dir.resolve("command-ran");
            assertThat(submit(workspace, "honest", "true").statusCode()).isEqualTo(202);
            Awaitility.await()
                    .atMost(30, TimeUnit.SECONDS)
                    .until(() -> ids(workspace.rest("/api/plans")).contains("honest"));

            var attack = workspace.start(List.of(
                    "node",
                    JsClients.FOLDER.resolve("attack.mjs").toString(),
                    CHROMIUM.toString(),
                    workspace.runtime("http"),
                    submission("forged", "touch " + mark),
                    "honest"));
            assertThat(attack.process().waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(attack.process().exitValue()).as(attack.output()).isZero();
            var found = Workspace.JSON.readTree(attack.output()
                    .lines()
                    .filter(line -> line.startsWith("{"))
                    .findFirst()
                    .orElseThrow());

            assertThat(found.path("read")).isEmpty();
            var statuses = found.path("answers")
                    .valueStream()
                    .map(answer -> answer.path(0).asInt())
                    .toList();
            // The browser did send them, and each was refused: another origin, a name that is not ours.
            assertThat(statuses).contains(403, 421).allMatch(status -> status >= 400 && status < 500);
            assertThat(submit(workspace, "later", "true").statusCode()).isEqualTo(202);
            Awaitility.await()
                    .atMost(30, TimeUnit.SECONDS)
                    .until(() -> ids(workspace.rest("/api/plans")).contains("later"));
            assertThat(ids(workspace.rest("/api/plans"))).containsExactlyInAnyOrder("honest", "later");
            assertThat(workspace.rest("/api/plans/honest").path("status").asText())
                    .isNotEqualTo("cancelled");
            assertThat(mark).doesNotExist();
            assertThat(workspace.taskweaver("down").exitCode()).isZero();
        }
    }

    private static HttpResponse<String> submit(Workspace workspace, String plan, String command) throws Exception {
        var token = workspace.taskweaver("token", "show");
        assertThat(token.exitCode()).as(token.output()).isZero();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(workspace.runtime("http") + "/api/plans"))
                            .header("Authorization", "Bearer " + token.output().strip())
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(submission(plan, command)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String submission(String plan, String command) throws Exception {
        return Workspace.JSON.writeValueAsString(Map.of(
                "planId",
                plan,
                "documents",
                List.of(Map.of("path", "a.md", "content", "- FR-001: Sum up two numbers")),
                "options",
                Map.of("verify", command)));
    }

    private static List<String> ids(JsonNode plans) {
        return plans.valueStream().map(plan -> plan.path("planId").asText()).toList();
    }
}
