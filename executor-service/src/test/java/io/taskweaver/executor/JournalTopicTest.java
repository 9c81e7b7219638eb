package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsResult;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class JournalTopicTest {
    private static final String TOPIC = "shop-execution-journal";

    private static Optional<String> problem(KafkaFuture<Config> answer) throws InterruptedException, TimeoutException {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
        var admin = (Admin) Proxy.newProxyInstance(
                Admin.class.getClassLoader(),
                new Class<?>[] {Admin.class},
                (proxy, method, arguments) -> new DescribeConfigsResult(Map.of(resource, answer)) {});
        return new JournalTopic(admin, TOPIC).problem();
    }

    private static KafkaFuture<Config> policy(String policy) {
        return KafkaFuture.completedFuture(new Config(List.of(new ConfigEntry("cleanup.policy", policy))));
    }

    private static KafkaFuture<Config> failure(RuntimeException cause) {
        var answer = new KafkaFutureImpl<Config>();
        answer.completeExceptionally(cause);
        return answer;
    }

    @Test
    void a_topic_that_is_compacted_in_any_way_cannot_be_used_and_the_remedy_is_said() throws Exception {
        for (var policy : List.of("compact", "compact,delete", "delete,compact"))
            assertThat(problem(policy(policy)))
                    .hasValueSatisfying(why -> assertThat(why)
                            .contains(TOPIC, "cleanup.policy=" + policy)
                            .endsWith("taskweaver topics apply"));
    }

    @Test
    void a_topic_of_which_all_entries_are_kept_can_be_used() throws Exception {
        assertThat(problem(policy("delete"))).isEmpty();
    }

    @Test
    void where_the_broker_does_not_say_that_to_this_user_it_is_taken_for_granted() throws Exception {
        assertThat(problem(failure(new TopicAuthorizationException(TOPIC)))).isEmpty();
    }

    @Test
    void a_broker_that_does_not_answer_is_asked_again() {
        assertThatThrownBy(() -> problem(failure(new org.apache.kafka.common.errors.TimeoutException("slow"))))
                .isInstanceOf(TimeoutException.class);
    }
}
