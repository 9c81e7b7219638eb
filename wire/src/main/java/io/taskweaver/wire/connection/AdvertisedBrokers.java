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
 * Asks a listener by which addresses it sends clients on. Kafka's public clients go there at once, and when they reach nobody
 * there, they tell of a time-out alone; so this uses what they are made of.
 */
final class AdvertisedBrokers {
    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(4).toMillis();
    private static final int ANY = -1;
    private static final int BUFFER = 1 << 16;

    private AdvertisedBrokers() {}

    /** The brokers by the first listener that names them, within 8 s for each; empty if none does. */
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
            if (!NetworkClientUtils.awaitReady(client, new Node(ANY, host, port), Time.SYSTEM, PATIENCE_MILLIS))
                return List.of();
            var request = client.newClientRequest(
                    Integer.toString(ANY),
                    new MetadataRequest.Builder(new MetadataRequestData().setTopics(List.of())),
                    Time.SYSTEM.milliseconds(),
                    true);
            var answer = NetworkClientUtils.sendAndReceive(client, request, Time.SYSTEM);
            return answer.responseBody() instanceof MetadataResponse metadata ? metadata.brokers() : List.of();
        } catch (IOException | KafkaException e) {
            // What the failure is about has been looked for already.
            return List.of();
        }
    }

    private static NetworkClient client(AdminClientConfig config, Metrics metrics) {
        var log = new LogContext("[taskweaver-check] ");
        var selector = new Selector(
                PATIENCE_MILLIS,
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
                PATIENCE_MILLIS,
                PATIENCE_MILLIS,
                BUFFER,
                BUFFER,
                PATIENCE_MILLIS,
                PATIENCE_MILLIS,
                PATIENCE_MILLIS,
                Time.SYSTEM,
                true,
                new ApiVersions(),
                log,
                MetadataRecoveryStrategy.NONE);
    }
}
