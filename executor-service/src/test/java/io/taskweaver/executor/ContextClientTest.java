package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.executor.ContextServer.Answer;
import io.taskweaver.model.Checks;
import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.TaskId;
import io.taskweaver.wire.rest.ContextHeaders;
import io.taskweaver.wire.rest.RestAccess;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContextClientTest {
    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> waiting = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private ContextServer server;
    private ContextClient client;

    @BeforeEach
    void start() throws IOException {
        server = new ContextServer();
        InstantSource clock = () -> now;
        client = new ContextClient(
                server.url(),
                RestAccess.of(Map.of(RestAccess.TOKEN, "secret-of-the-executor")),
                Duration.ofSeconds(5),
                time -> {
                    pauses.add(time);
                    now = now.plus(time);
                },
                clock);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private ContextSource.Fetched fetch(OptionalLong version) throws InterruptedException {
        return client.fetch(Some.attempt(1), version, waiting::add);
    }

    @Test
    void every_field_of_a_context_is_read() throws InterruptedException {
        assertThat(fetch(OptionalLong.empty())).isInstanceOfSatisfying(ContextSource.Available.class, given -> {
            IsolatedContext context = given.context();
            assertThat(context.planTitle()).isEqualTo("A shop");
            assertThat(context.task().id()).isEqualTo(new TaskId("FR-001"));
            assertThat(context.task().component()).contains("Customer List");
            assertThat(context.task().operation()).isEmpty();
            assertThat(context.task().needs())
                    .singleElement()
                    .satisfies(need -> assertThat(need.on()).isEqualTo(new TaskId("C-1")));
            assertThat(context.task().source()).contains(new SourceSpan("spec.md", 3, 4));
            assertThat(context.constraints()).containsExactly("Java only");
            assertThat(context.contracts().getFirst().artifacts()).hasSize(1);
            assertThat(context.files()).isEqualTo(Map.of("notes.txt", "as of 7"));
            assertThat(context.dependents()).isEqualTo(Map.of("FR-009", "Export"));
            assertThat(context.conflicts().getFirst().base()).isEqualTo(Optional.empty());
            assertThat(context.task().checks()).isEqualTo(Checks.NONE);
            assertThat(context.neighbourhood().foundations())
                    .singleElement()
                    .satisfies(foundation -> assertThat(foundation.id()).isEqualTo(new TaskId("F-1")));
            assertThat(context.conventions()).containsExactly("tabs");
            assertThat(context.version()).isEqualTo(7);
            assertThat(context.code()).contains(SomeCode.at(7));
        });
    }

    @Test
    void a_version_can_be_asked_for() throws InterruptedException {
        assertThat(fetch(OptionalLong.of(3)))
                .isInstanceOfSatisfying(
                        ContextSource.Available.class,
                        given -> assertThat(given.context().version()).isEqualTo(3));
        assertThat(server.asked.getFirst()).hasToString("/api/plans/shop/tasks/FR-001/context?version=3");
    }

    @Test
    void what_is_not_there_yet_is_waited_for() throws InterruptedException {
        server.next.add(new Answer(404, "{}"));
        server.next.add(new Answer(425, "{}"));
        server.next.add(new Answer(503, "not JSON"));
        assertThat(fetch(OptionalLong.empty())).isInstanceOf(ContextSource.Available.class);
        assertThat(pauses).hasSize(3).isSorted();
    }

    @Test
    void a_copy_of_the_state_is_not_believed_and_the_service_says_when_to_ask_again() throws InterruptedException {
        server.next.add(new Answer(200, ContextServer.context("FR-001", 3), Map.of(ContextHeaders.STALE, "true")));
        server.next.add(new Answer(503, "{}", Map.of("Retry-After", "2")));
        assertThat(fetch(OptionalLong.empty()))
                .isInstanceOfSatisfying(
                        ContextSource.Available.class,
                        given -> assertThat(given.context().version()).isEqualTo(7));
        assertThat(pauses).hasSize(2);
        assertThat(pauses.getLast()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void after_a_while_it_is_said_what_is_waited_for_and_then_it_is_given_up() throws InterruptedException {
        for (int i = 0; i < 50; i++) server.next.add(new Answer(425, "{\"detail\":\"contract Y is missing\"}"));
        assertThat(fetch(OptionalLong.empty()))
                .isInstanceOfSatisfying(
                        ContextSource.NotInTime.class,
                        late -> assertThat(late.reason()).contains("425: contract Y is missing"));
        assertThat(waiting).isNotEmpty().allMatch(text -> text.startsWith("waits for its context: "));
    }

    @Test
    void a_service_out_of_reach_is_waited_for() throws InterruptedException {
        server.close();
        assertThat(fetch(OptionalLong.empty()))
                .isInstanceOfSatisfying(
                        ContextSource.NotInTime.class,
                        late -> assertThat(late.reason()).contains("cannot be reached"));
    }

    @Test
    void a_token_that_is_refused_is_said_and_waited_for_until_it_is_set_right() throws InterruptedException {
        assertThat(fetch(OptionalLong.empty())).isInstanceOf(ContextSource.Available.class);
        assertThat(server.credentials).containsExactly("Bearer secret-of-the-executor");
        assertThat(client.refusal()).isEmpty();

        for (int i = 0; i < 50; i++) server.next.add(new Answer(401, "{}"));
        assertThat(fetch(OptionalLong.empty()))
                .isInstanceOfSatisfying(
                        ContextSource.NotInTime.class,
                        late -> assertThat(late.reason())
                                .contains("refuses the token", "taskweaver.access.token")
                                .doesNotContain("secret-of-the-executor"));
        assertThat(client.refusal()).get().asString().contains("refuses the token");
        assertThat(waiting).isNotEmpty().allMatch(text -> text.contains("refuses the token"));

        server.next.clear();
        assertThat(fetch(OptionalLong.empty())).isInstanceOf(ContextSource.Available.class);
        assertThat(client.refusal()).isEmpty();
    }

    @Test
    void a_request_that_is_refused_is_not_repeated() throws InterruptedException {
        server.next.add(new Answer(400, "{\"detail\":\"no such version\"}"));
        assertThat(fetch(OptionalLong.of(99)))
                .isInstanceOfSatisfying(
                        ContextSource.Denied.class,
                        denied -> assertThat(denied.reason()).endsWith("400: no such version"));
        assertThat(pauses).isEmpty();
    }

    @Test
    void what_is_no_context_is_said_to_be_none() throws InterruptedException {
        server.next.add(new Answer(200, "{\"planTitle\":\"A shop\"}"));
        assertThat(fetch(OptionalLong.empty()))
                .isInstanceOfSatisfying(
                        ContextSource.Denied.class,
                        denied -> assertThat(denied.reason())
                                .contains("other than an isolated context", "'task'", "same version"));
    }
}
