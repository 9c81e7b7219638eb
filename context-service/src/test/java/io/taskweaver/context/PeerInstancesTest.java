package io.taskweaver.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.access.AllowedHosts;
import io.taskweaver.wire.rest.RestAccess;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whoever may join the consumer group can name an address there: a question and a token do not go to any. */
class PeerInstancesTest {
    private static final RestAccess ACCESS = RestAccess.of(Map.of(RestAccess.TOKEN, "the-token-of-this-service"));

    @Test
    void a_question_is_passed_on_to_configured_names_only() {
        var peers = new PeerInstances(AllowedHosts.of(List.of("*.context.svc", "other:8104")), false, false, ACCESS);
        assertThat(peers.isOne("context-0.context.svc", 8104)).isTrue();
        assertThat(peers.isOne("other", 8104)).isTrue();
        for (var host : List.of(
                "evil.example", "context.svc.evil.example", "127.0.0.1", "localhost", "10.0.0.1", "a@other", "::1"))
            assertThat(peers.isOne(host, 8104)).as(host).isFalse();
        assertThat(peers.isOne("other", 9)).isFalse();
    }

    @Test
    void instances_on_one_machine_know_each_other() {
        var peers = new PeerInstances(AllowedHosts.of(List.of()), true, false, ACCESS);
        assertThat(peers.isOne("127.0.0.1", 8105)).isTrue();
        assertThat(peers.isOne("localhost", 8105)).isTrue();
        assertThat(peers.isOne("10.0.0.1", 8105)).isFalse();
        assertThat(peers.isOne("127.0.0.1.evil.example", 8105)).isFalse();
    }

    @Test
    void it_is_asked_with_the_token_of_this_service() throws IOException {
        var question = URI.create("http://127.0.0.1:1/api/plans/a/tasks/FR-001%3Ax/context?version=2");
        var plain = new PeerInstances(AllowedHosts.of(List.of("other")), false, false, ACCESS)
                .request("other", 8104, question)
                .build();
        assertThat(plain.uri()).hasToString("http://other:8104/api/plans/a/tasks/FR-001%3Ax/context?version=2");
        assertThat(plain.headers().firstValue("Authorization")).contains("Bearer the-token-of-this-service");
        var tls = new PeerInstances(AllowedHosts.of(List.of("other")), false, true, ACCESS);
        assertThat(tls.request("other", 8104, question).build().uri().getScheme())
                .isEqualTo("https");
        assertThat(tls.refusal("other", 8104, 401).orElseThrow()).contains("other:8104", RestAccess.TOKEN);
        assertThat(tls.refusal("other", 8104, 404)).isEmpty();
    }
}
