package io.taskweaver.runtime.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.wire.Rights;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.common.network.ClientInformation;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.RequestContext;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.metadata.authorizer.StandardAcl;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizationResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The grants of each service, taken by the authorizer that Kafka's brokers have. */
class GrantsTest {
    private final StandardAuthorizer authorizer = new StandardAuthorizer();

    @BeforeEach
    void grant() {
        authorizer.configure(Map.of());
        authorizer.withPluginMetrics(new PluginMetricsImpl(new Metrics(), Map.of()));
        authorizer.completeInitialLoad();
        for (var rights : Rights.all()) for (var grant : rights.grants("User:" + rights.name(), "shop-")) add(grant);
    }

    /** As {@code kafka-acls} reads its arguments. */
    private void add(List<String> arguments) {
        var pattern = arguments.contains("prefixed") ? PatternType.PREFIXED : PatternType.LITERAL;
        var principal = arguments.get(arguments.indexOf("--allow-principal") + 1);
        for (int o = 0; o < arguments.size(); o++)
            for (int r = 0; arguments.get(o).equals("--operation") && r < arguments.size(); r++)
                if (arguments.get(r).equals("--topic") || arguments.get(r).equals("--group"))
                    authorizer.addAcl(
                            Uuid.randomUuid(),
                            new StandardAcl(
                                    ResourceType.fromString(arguments.get(r).substring(2)),
                                    arguments.get(r + 1),
                                    pattern,
                                    principal,
                                    "*",
                                    operation(arguments.get(o + 1)),
                                    AclPermissionType.ALLOW));
    }

    private static AclOperation operation(String word) {
        return AclOperation.fromString(
                word.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT));
    }

    private boolean may(Rights who, AclOperation operation, ResourceType type, String name) {
        var action = new Action(operation, new ResourcePattern(type, name, PatternType.LITERAL), 1, true, true);
        return authorizer.authorize(context(who.name()), List.of(action)).getFirst() == AuthorizationResult.ALLOWED;
    }

    private static RequestContext context(String user) {
        try {
            return new RequestContext(
                    new RequestHeader(ApiKeys.PRODUCE, ApiKeys.PRODUCE.latestVersion(), "test", 1),
                    "connection",
                    InetAddress.getByName("127.0.0.1"),
                    new KafkaPrincipal(KafkaPrincipal.USER_TYPE, user),
                    ListenerName.forSecurityProtocol(SecurityProtocol.SASL_SSL),
                    SecurityProtocol.SASL_SSL,
                    ClientInformation.EMPTY,
                    false);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void each_service_reads_and_writes_its_topics_and_no_others() {
        for (var who : Rights.all())
            for (Topic<?> topic : Topics.all()) {
                var name = topic.name("shop-");
                assertThat(may(who, AclOperation.READ, ResourceType.TOPIC, name))
                        .as(who.name() + " reads " + name)
                        .isEqualTo(who.reads().contains(topic));
                assertThat(may(who, AclOperation.WRITE, ResourceType.TOPIC, name))
                        .as(who.name() + " writes " + name)
                        .isEqualTo(who.writes().contains(topic));
                assertThat(may(who, AclOperation.DESCRIBE, ResourceType.TOPIC, name))
                        .as(who.name() + " describes " + name)
                        .isEqualTo(who.reads().contains(topic) || who.writes().contains(topic));
                assertThat(may(who, AclOperation.DESCRIBE_CONFIGS, ResourceType.TOPIC, name))
                        .as(who.name() + " reads the settings of " + name)
                        .isEqualTo(who.inspects().contains(topic));
                assertThat(may(who, AclOperation.ALTER, ResourceType.TOPIC, name))
                        .isFalse();
            }
    }

    @Test
    void each_service_is_in_its_groups_and_keeps_its_own_state() {
        for (var who : Rights.all())
            for (var other : Rights.all()) {
                for (var group : other.groups())
                    assertThat(may(who, AclOperation.READ, ResourceType.GROUP, "shop-" + group))
                            .as(who.name() + " in " + group)
                            .isEqualTo(who.equals(other));
                for (var state : other.state())
                    for (var operation : List.of(AclOperation.CREATE, AclOperation.READ, AclOperation.WRITE))
                        assertThat(may(who, operation, ResourceType.TOPIC, "shop-" + state + "store-changelog"))
                                .as(who.name() + " " + operation + " " + state)
                                .isEqualTo(who.equals(other));
            }
    }

    @Test
    void who_is_not_named_may_nothing() {
        var stranger = new Rights("stranger", List.of(), List.of(), List.of(), List.of(), List.of());
        for (Topic<?> topic : Topics.all())
            assertThat(may(stranger, AclOperation.DESCRIBE, ResourceType.TOPIC, topic.name("shop-")))
                    .isFalse();
    }
}
