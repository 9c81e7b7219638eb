package io.taskweaver.runtime;

import io.taskweaver.runtime.embedded.StartException;
import io.taskweaver.wire.Tickets;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.files.OwnerFile;
import io.taskweaver.wire.files.SecretFile;
import io.taskweaver.wire.output.OutputFolder;
import io.taskweaver.wire.rest.RestAccess;
import io.taskweaver.wire.rest.TokenFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Configures the services through system properties. */
final class ServiceSettings {
    static final String BOOTSTRAP = "kafka.bootstrap.servers";
    static final String SIMULATOR_TOKEN = "taskweaver.agent.simulated.token";
    static final String NOTES = "taskweaver.notes";
    static final String REGISTRY = "taskweaver.registry.url";
    static final String CCOMPAT = "taskweaver.registry.confluent-url";
    static final String HTTP_PORT = "quarkus.http.port";
    static final String SIMULATOR = "taskweaver.agent.simulated.url";

    private static final String HIDDEN = "taskweaver.executor.sandbox.hide";
    private static final String HIDDEN_VARIABLE = "TASKWEAVER_EXECUTOR_SANDBOX_HIDE";
    private static final String KAFKA = "kafka.";
    private static final String INSTANCE = "standalone";

    private ServiceSettings() {}

    /** The ticket key of this data folder, persistent, so that running attempts can be completed after a restart. */
    private static Path ticketKey(Path dataFolder) {
        var file = SecretFile.TICKET_KEY.in(dataFolder);
        try {
            OwnerFile.readOrWrite(file, Tickets::freshKey);
            return file;
        } catch (IOException e) {
            throw new StartException(
                    "The ticket key, " + file + ", cannot be read or written ("
                            + e.getClass().getSimpleName() + ").",
                    "Give this user read and write access, or choose another folder with --data-dir.",
                    e);
        }
    }

    /**
     * The services accept the token, and each other, on the loopback interface. Settings of the user's environment
     * about access to a cluster and its listeners do not apply to them.
     */
    static Map<String, String> access(TokenFile token) {
        var all = new HashMap<String, String>();
        all.put("taskweaver.access.admin-token-file", token.path().toString());
        all.put(RestAccess.TOKEN_FILE, token.path().toString());
        all.put("quarkus.http.host", "127.0.0.1");
        all.put("quarkus.http.insecure-requests", "enabled");
        all.put("quarkus.http.proxy.proxy-address-forwarding", "false");
        all.put("quarkus.oidc.tenant-enabled", "false");
        all.put(Tickets.INSECURE, "false");
        for (var others : List.of(
                RestAccess.TOKEN,
                RestAccess.CA,
                "taskweaver.access.tokens",
                "taskweaver.access.tokens-file",
                "taskweaver.access.hosts",
                "quarkus.http.tls-configuration-name",
                "quarkus.http.ssl.certificate.files",
                "quarkus.http.ssl.certificate.key-files",
                "quarkus.http.ssl.certificate.key-store-file")) all.put(others, "");
        return Map.copyOf(all);
    }

    /**
     * Quarkus looks for settings in {@code .env} and {@code config/application.properties} below {@code user.dir}. The
     * current folder may come from elsewhere; the data folder belongs to the user. Relative paths are not affected: the
     * JVM resolved their base at its start.
     */
    private static void readNoSettingsOfTheCurrentFolder(Path dataFolder) {
        System.setProperty("user.dir", dataFolder.toString());
    }

    /** Commands of agents and of plans do not see the logins that are there, where a sandbox hides it. */
    private static void hide(Path dataFolder) {
        var wanted = System.getProperty(HIDDEN, System.getenv().getOrDefault(HIDDEN_VARIABLE, ""));
        var folder = dataFolder.toString().replace(",", "\\,");
        System.setProperty(HIDDEN, wanted.isBlank() || wanted.equals(folder) ? folder : wanted + "," + folder);
    }

    static void publish(
            Settings settings, Infrastructure infrastructure, int httpPort, TokenFile token, List<String> notes) {
        readNoSettingsOfTheCurrentFolder(settings.dataFolder());
        var state = settings.dataFolder().resolve("state");
        System.setProperty(NOTES, String.join("\n", notes));
        System.setProperty("taskweaver.data-dir", settings.dataFolder().toString());
        infrastructure.broker().clientSettings().forEach((name, value) -> System.setProperty(KAFKA + name, value));
        var login = infrastructure.registry().credential();
        System.setProperty(ClusterSettings.REGISTRY_USERNAME, login.username());
        System.setProperty(ClusterSettings.REGISTRY_PASSWORD, login.password());
        System.setProperty(REGISTRY, infrastructure.registry().url());
        System.setProperty(CCOMPAT, infrastructure.registry().confluentUrl());
        System.setProperty(HTTP_PORT, Integer.toString(httpPort));
        System.setProperty("taskweaver.context.url", "http://127.0.0.1:" + httpPort);
        System.setProperty(Tickets.KEY_FILE, ticketKey(settings.dataFolder()).toString());
        access(token).forEach(System::setProperty);
        System.setProperty("taskweaver.topic-prefix", settings.topicPrefix());
        // With a stable name a restarted service gets its partitions immediately, not after the timeout of its
        // predecessor.
        System.setProperty("taskweaver.planner.instance-id", INSTANCE);
        System.setProperty(
                "taskweaver.planner.state-dir", state.resolve("planner").toString());
        System.setProperty("taskweaver.context-service.instance-id", INSTANCE);
        System.setProperty(
                "taskweaver.context-service.state-dir", state.resolve("context").toString());
        var code = settings.dataFolder().resolve("code").toString();
        System.setProperty("taskweaver.context-service.code-dir", code);
        System.setProperty("taskweaver.executor.code", code);
        System.setProperty(
                "taskweaver.executor.setup-cache",
                settings.dataFolder().resolve("setups").toString());
        System.setProperty(
                "taskweaver.executor.output",
                OutputFolder.of(settings.dataFolder()).folder().toString());
        hide(settings.dataFolder());
        System.setProperty("taskweaver.context-service.advertised-address", "127.0.0.1:" + httpPort);
        infrastructure.simulator().ifPresent(simulator -> {
            System.setProperty(SIMULATOR, simulator.baseUrl().toString());
            System.setProperty(SIMULATOR_TOKEN, simulator.token());
        });
    }
}
