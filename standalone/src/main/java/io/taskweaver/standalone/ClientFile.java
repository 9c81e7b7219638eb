package io.taskweaver.standalone;

import io.taskweaver.embedded.Credential;
import io.taskweaver.embedded.OwnerFile;
import io.taskweaver.rest.TokenFile;
import io.taskweaver.topics.connection.ClusterSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The login of this runtime's clients. The password belongs to the data folder, in its file {@code password}; without that
 * file there is a new one. {@code client.properties} has all that a client sets, in the form that Kafka's own tools take with
 * {@code --command-config}; it is written anew at each start.
 */
final class ClientFile {
    private static final String FILE = "client.properties";
    private static final String PASSWORD_FILE = "password";

    private ClientFile() {}

    /**
     * The login of the data folder; a new one if there is none.
     *
     * @throws StartProblem if its file holds no password
     */
    static Credential credential(Path dataFolder) throws IOException {
        var file = dataFolder.resolve(PASSWORD_FILE);
        var password = OwnerFile.readOrWrite(file, () -> Credential.random().password() + "\n");
        try {
            return new Credential(Credential.USERNAME, password.strip());
        } catch (IllegalArgumentException e) {
            throw new StartProblem(
                    "The file " + file + " holds no password of letters and digits.",
                    "Remove it to get a new password, and start again.",
                    e);
        }
    }

    static void write(Settings own, Infrastructure infrastructure, int httpPort, TokenFile token) throws IOException {
        var credential = infrastructure.registry().credential();
        var settings = new TreeMap<>(infrastructure.broker().clientSettings());
        // Clients that are not of the JVM take name and password like this.
        settings.put("sasl.username", credential.username());
        settings.put("sasl.password", credential.password());
        settings.put("apicurio.registry.url", infrastructure.registry().url());
        settings.put("apicurio.registry.auth.username", credential.username());
        settings.put("apicurio.registry.auth.password", credential.password());
        settings.put("schema.registry.url", infrastructure.registry().confluentUrl());
        settings.put("basic.auth.credentials.source", "USER_INFO");
        settings.put("basic.auth.user.info", credential.userInfo());
        settings.put(ClusterSettings.CONTEXT_URL, "http://127.0.0.1:" + httpPort);
        settings.put(ClusterSettings.ACCESS_TOKEN_FILE, token.path().toString().replace("\\", "\\\\"));
        if (!own.topicPrefix().isEmpty()) settings.put(ClusterSettings.TOPIC_PREFIX, own.topicPrefix());
        // Without the escapes of java.util.Properties, which only a path may need, other languages read it as well.
        OwnerFile.write(
                own.dataFolder().resolve(FILE),
                settings.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
                        .collect(Collectors.joining(
                                "", "# How clients reach this runtime. Written at each start; keep it secret.\n", "")));
    }
}
