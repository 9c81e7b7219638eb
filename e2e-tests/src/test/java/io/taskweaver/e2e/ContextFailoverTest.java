package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of the context service: whoever is asked, the one that has a plan answers, or a copy of its state does. */
@Tag("long")
class ContextFailoverTest {
    private static final String PREFIX = "pair-";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path dir;

    private static String ok(Workspace.Finished command) {
        assertThat(command.exitCode()).as(command.output()).isZero();
        return command.output();
    }

    private static Process instance(Workspace workspace, Path dir, int port) throws IOException {
        return workspace.service(
                "context-service",
                port,
                workspace.broker(),
                "-Dtaskweaver.topic-prefix=" + PREFIX,
                "-Dtaskweaver.context-service.advertised-address=127.0.0.1:" + port,
                "-Dtaskweaver.context-service.state-dir=" + dir.resolve("state-" + port),
                "-Dtaskweaver.context-service.code-dir=" + dir.resolve("code-" + port));
    }

    private static HttpResponse<String> ask(int port, String plan) throws IOException, InterruptedException {
        return ask(port, plan, false);
    }

    /** @param itself whether the instance must not ask another one */
    private static HttpResponse<String> ask(int port, String plan, boolean itself)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/plans/" + plan + "/context/facts"))
                .timeout(Duration.ofSeconds(20));
        if (itself) request.header("X-TaskWeaver-Passed-On", "1");
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String instanceOf(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-TaskWeaver-Instance").orElse("");
    }

    private static boolean isStale(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-TaskWeaver-Stale").isPresent();
    }

    private static boolean isFresh(int port, String plan) {
        try {
            var answer = ask(port, plan);
            return answer.statusCode() == 200 && !isStale(answer);
        } catch (IOException e) {
            return false; // it starts
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void when_the_instance_of_a_plan_dies_the_other_answers_from_its_copy_and_takes_it_over() throws Exception {
        try (var workspace = new Workspace(dir)) {
            ok(workspace.taskweaver("up"));
            var document = workspace.document("REQUIREMENTS.md", "# Notes\n\n- FR-1: Keep notes\n- FR-2: List notes\n");
            ok(workspace.taskweaver("run", document.toString(), "--plan", "notes"));
            ok(workspace.taskweaver("context", "export", "notes", "notes.json"));

            // Of the runtime only broker and registry are used from here on.
            var ports = Workspace.freePorts(2);
            int asked = ports.getFirst();
            var cluster = List.of("--config", workspace.clientProperties().toString(), "--prefix", PREFIX);
            ok(workspace.taskweaver(line(List.of("topics", "apply"), cluster)));
            var processes = Map.of(
                    "127.0.0.1:" + ports.getFirst(), instance(workspace, dir, ports.getFirst()),
                    "127.0.0.1:" + ports.getLast(), instance(workspace, dir, ports.getLast()));
            for (int port : ports)
                await().atMost(Duration.ofMinutes(2))
                        .ignoreExceptions()
                        .until(() -> ask(port, "notes").statusCode() == 404);
            var withContext = new ArrayList<>(cluster);
            withContext.addAll(List.of("--context-url", "http://127.0.0.1:" + asked));
            ok(workspace.taskweaver(line(List.of("context", "import", "notes.json"), withContext)));

            var first = ask(asked, "notes");
            assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
            var active = instanceOf(first);
            int other = ports.stream()
                    .filter(port -> !active.endsWith(":" + port))
                    .findFirst()
                    .orElseThrow();
            for (int port : ports) {
                var answer = ask(port, "notes");
                assertThat(answer.body()).isEqualTo(first.body());
                assertThat(instanceOf(answer)).isEqualTo(active);
                assertThat(isStale(answer)).isFalse();
            }
            await("the other one has a copy of all of it")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        var copy = ask(other, "notes", true);
                        return copy.statusCode() == 200
                                && isStale(copy)
                                && copy.body().equals(first.body());
                    });

            Objects.requireNonNull(processes.get(active)).destroyForcibly().waitFor();

            var killed = Instant.now();
            boolean answered = false;
            var answers = new ArrayList<HttpResponse<String>>();
            while (!answered || !isFresh(other, "notes")) {
                assertThat(Duration.between(killed, Instant.now())).isLessThan(Duration.ofSeconds(60));
                var answer = ask(other, "notes");
                answers.add(answer);
                answered |= answer.statusCode() == 200;
                if (answer.statusCode() != 200) {
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
                    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                } else assertThat(answer.body()).isEqualTo(first.body());
            }
            assertThat(answers).anyMatch(ContextFailoverTest::isStale);
            var last = ask(other, "notes");
            assertThat(last.body()).isEqualTo(first.body());
            assertThat(instanceOf(last)).endsWith(":" + other);
            withContext.set(withContext.size() - 1, "http://127.0.0.1:" + other);
            assertThat(ok(workspace.taskweaver(line(List.of("context", "show", "notes"), withContext))))
                    .contains("imported");
        }
    }

    private static String[] line(List<String> command, List<String> more) {
        var line = new ArrayList<>(command);
        line.addAll(more);
        return line.toArray(String[]::new);
    }
}
