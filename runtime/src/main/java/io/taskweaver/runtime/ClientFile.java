package io.taskweaver.runtime;

import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.files.OwnerFile;
import io.taskweaver.wire.rest.TokenFile;
import java.io.IOException;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code client.properties}: settings of clients of this runtime, in the format of Kafka's {@code --command-config};
 * written at each start.
 */
final class ClientFile {
    private static final String FILE = "client.properties";

    private ClientFile() {}

    static void write(Settings own, Infrastructure infrastructure, Logins logins, int httpPort, TokenFile token)
            throws IOException {
        var settings = new TreeMap<>(infrastructure.broker().clientSettings());
        // Name and password for non-JVM clients.
        settings.put("sasl.username", logins.broker().username());
        settings.put("sasl.password", logins.broker().password());
        settings.put("apicurio.registry.url", infrastructure.registry().url());
        settings.put("apicurio.registry.auth.username", logins.registry().username());
        settings.put("apicurio.registry.auth.password", logins.registry().password());
        settings.put("schema.registry.url", infrastructure.registry().confluentUrl());
        settings.put("basic.auth.credentials.source", "USER_INFO");
        settings.put("basic.auth.user.info", logins.registry().userInfo());
        settings.put(ClusterSettings.CONTEXT_URL, "http://127.0.0.1:" + httpPort);
        settings.put(ClusterSettings.ACCESS_TOKEN_FILE, token.path().toString().replace("\\", "\\\\"));
        // Commands read with the same serializer classes as services; their jars are located in the same way.
        settings.putAll(own.serdes());
        if (!own.topicPrefix().isEmpty()) settings.put(ClusterSettings.TOPIC_PREFIX, own.topicPrefix());
        // Without the escapes of java.util.Properties, which only a path may need, so that other languages can read it.
        OwnerFile.write(
                own.dataFolder().resolve(FILE),
                settings.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
                        .collect(Collectors.joining(
                                "",
                                "# Address and login of this runtime, for clients. Written at each start; keep it secret.\n",
                                "")));
    }
}
