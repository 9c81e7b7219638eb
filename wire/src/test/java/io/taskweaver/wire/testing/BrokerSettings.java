package io.taskweaver.wire.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A test broker's address and login, as settings of a service and as settings of a test's own Kafka clients. */
public final class BrokerSettings {
    private static final String OF_SERVICE = "kafka.";
    private static final List<String> NAMES =
            List.of("bootstrap.servers", "security.protocol", "sasl.mechanism", "sasl.jaas.config");

    private BrokerSettings() {}

    /** Settings of a service, of those of a client. */
    public static Map<String, String> ofService(Map<String, String> client) {
        var settings = new HashMap<String, String>();
        client.forEach((name, value) -> settings.put(OF_SERVICE + name, value));
        return settings;
    }

    /** Settings of a client, of a service's configuration. */
    public static Map<String, Object> ofClient(Function<String, String> service) {
        var settings = new HashMap<String, Object>();
        for (var name : NAMES) settings.put(name, service.apply(OF_SERVICE + name));
        return settings;
    }
}
