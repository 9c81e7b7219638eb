package io.taskweaver.wire.connection;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.ManualMetadataUpdater;
import org.apache.kafka.clients.MetadataRecoveryStrategy;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.NetworkClientUtils;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.Selector;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;

/**
 * Reads the advertised addresses of a listener. Kafka's public clients connect to these immediately, and report only a
 * timeout if they are unreachable; so this uses Kafka's internal network client.
 */
final class AdvertisedBrokers {
    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(4).toMillis();
    private static final int ANY = -1;
    private static final int BUFFER = 1 << 16;

    private AdvertisedBrokers() {}

    /** The brokers according to the first listener that answers, within 8 s each; empty if none does. */
    static Collection<Node> of(ClusterSettings settings) {
        for (var address : settings.bootstrap().split(",", -1)) {
            var brokers = of(settings, address.strip());
            if (!brokers.isEmpty()) return brokers;
        }
        return List.of();
    }

    private static Collection<Node> of(ClusterSettings settings, String address) {
        var host = org.apache.kafka.common.utils.Utils.getHost(address);
        var port = org.apache.kafka.common.utils.Utils.getPort(address);
        if (host == null || port == null) return List.of();
        try (var metrics = new Metrics();
                var client = client(new AdminClientConfig(settings.admin("taskweaver-check")), metrics)) {
            if (!NetworkClientUtils.awaitReady(client, new Node(ANY, host, port), Time.SYSTEM, TIMEOUT_MILLIS))
                return List.of();
            var request = client.newClientRequest(
                    Integer.toString(ANY),
                    new MetadataRequest.Builder(new MetadataRequestData().setTopics(List.of())),
                    Time.SYSTEM.milliseconds(),
                    true);
            var answer = NetworkClientUtils.sendAndReceive(client, request, Time.SYSTEM);
            return answer.responseBody() instanceof MetadataResponse metadata ? metadata.brokers() : List.of();
        } catch (IOException | KafkaException e) {
            // The failure was diagnosed already.
            return List.of();
        }
    }

    private static NetworkClient client(AdminClientConfig config, Metrics metrics) {
        var log = new LogContext("[taskweaver-check] ");
        var selector = new Selector(
                TIMEOUT_MILLIS,
                metrics,
                Time.SYSTEM,
                "advertised-brokers",
                ClientUtils.createChannelBuilder(config, Time.SYSTEM, log),
                log);
        return new NetworkClient(
                selector,
                new ManualMetadataUpdater(),
                "taskweaver-check",
                1,
                TIMEOUT_MILLIS,
                TIMEOUT_MILLIS,
                BUFFER,
                BUFFER,
                TIMEOUT_MILLIS,
                TIMEOUT_MILLIS,
                TIMEOUT_MILLIS,
                Time.SYSTEM,
                true,
                new ApiVersions(),
                log,
                MetadataRecoveryStrategy.NONE);
    }
}
