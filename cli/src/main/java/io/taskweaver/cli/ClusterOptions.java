package io.taskweaver.cli;

import io.taskweaver.client.Connection;
import io.taskweaver.client.ConnectionFile;
import io.taskweaver.wire.connection.ClusterSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * A cluster that a command is about, if it is about one. Options win over the file, the file over the environment. Only what
 * is typed names a cluster: a variable that is set for some other program does not turn a local run into one elsewhere.
 */
@HelpHeading("Cluster, instead of the local runtime")
final class ClusterOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Kafka properties file with the client settings of a cluster; see docs/cluster.md. Options override the"
                            + " file, and the file overrides the environment.")
    private @Nullable Path config;

    @Option(
            names = "--cluster",
            description = "Use the cluster from environment variables: KAFKA_BOOTSTRAP_SERVERS, KAFKA_SASL_JAAS_CONFIG,"
                    + " TASKWEAVER_REGISTRY_URL and so on, as for the services.")
    private boolean fromEnvironment;

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "Kafka bootstrap servers.")
    private @Nullable String bootstrap;

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "Schema registry (default: " + ClusterSettings.DEFAULT_REGISTRY + ").")
    private @Nullable String registry;

    @Option(
            names = "--context-url",
            paramLabel = "URL",
            description = "Context service (default: " + Connection.DEFAULT_CONTEXT + ").")
    private @Nullable String contextUrl;

    @Option(names = "--prefix", paramLabel = "TEXT", description = "Prefix of the topic names.")
    private String prefix = "";

    private final CommandContext context;
    private final ClusterSettings environment;
    private @Nullable ClusterSettings read;
    private boolean noted;

    ClusterOptions(CommandContext context) {
        this.context = context;
        this.environment = ClusterSettings.ofEnvironment(context.environment());
    }

    /** Whether what was typed names a cluster. */
    boolean isNamed() {
        return bootstrap != null || config != null || fromEnvironment;
    }

    /** The cluster that was named, if one was. */
    Optional<Connection> connection() {
        if (isNamed()) return Optional.of(Connection.of(settings()));
        if (registry != null || contextUrl != null || !prefix.isEmpty())
            throw CommandFailure.badInput(
                    "--registry, --context-url and --prefix need a cluster, and none is named.",
                    "Add --config FILE or --bootstrap HOST:PORT.");
        if (namesBrokers(environment) && !noted) {
            noted = true;
            note(ClusterSettings.variableOf(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)
                    + " is ignored: this command uses the local runtime. To use that cluster, add --cluster.");
        }
        return Optional.empty();
    }

    /** The cluster of an operator's command, which is never about a local runtime: the environment alone may name it. */
    ClusterSettings operated() {
        if (!isNamed() && namesBrokers(environment)) fromEnvironment = true;
        if (!isNamed())
            throw CommandFailure.badInput("No cluster is named.", "Add --config FILE, or --bootstrap and --registry.");
        var settings = settings();
        if (!settings.namesRegistry())
            throw CommandFailure.badInput(
                    "No schema registry is named.",
                    "Add --registry URL, or " + ClusterSettings.REGISTRY_URL + " to the file of --config.");
        return settings;
    }

    private ClusterSettings settings() {
        var known = read;
        if (known != null) return known;
        var fromFile = new ClusterSettings(Map.of());
        var used = new ArrayList<String>();
        if (config != null) {
            var file = ConnectionFile.read(config);
            file.notes().forEach(this::note);
            fromFile = file.settings();
            used.add("--config " + config);
        }
        var typed = typed();
        var explicit = typed.over(fromFile);
        var settings = explicit.over(environment);
        typed.leftOut(fromFile).forEach(left -> note(String.join(", ", left.names()) + " of " + config, left));
        explicit.leftOut(environment)
                .forEach(left -> note(
                        left.names().stream().map(ClusterSettings::variableOf).collect(Collectors.joining(", "))
                                + " of the environment",
                        left));
        if (!namesBrokers(settings))
            throw CommandFailure.badInput(
                    config == null
                            ? "--cluster reads the cluster from the environment, and KAFKA_BOOTSTRAP_SERVERS is not set."
                            : config + " names no brokers.",
                    config == null
                            ? "Set it, or name the cluster with --config FILE or --bootstrap HOST:PORT."
                            : "Add bootstrap.servers to the file, or add --bootstrap HOST:PORT.");
        var variables = new TreeSet<String>();
        for (var name : environment.values().keySet())
            if (settings.values().containsKey(name) && !explicit.values().containsKey(name))
                variables.add(ClusterSettings.variableOf(name));
        if (!variables.isEmpty()) used.add(String.join(", ", variables) + " of the environment");
        if (!used.isEmpty()) note("using the cluster " + settings.bootstrap() + " from " + String.join(" and ", used));
        read = settings;
        return settings;
    }

    private ClusterSettings typed() {
        var typed = new HashMap<String, String>();
        if (bootstrap != null) typed.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        if (registry != null) typed.put(ClusterSettings.REGISTRY_URL, registry);
        if (contextUrl != null) typed.put(ClusterSettings.CONTEXT_URL, contextUrl);
        if (!prefix.isEmpty()) typed.put(ClusterSettings.TOPIC_PREFIX, prefix);
        return new ClusterSettings(typed);
    }

    private static boolean namesBrokers(ClusterSettings settings) {
        return settings.value(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG).isPresent();
    }

    /** A login goes to the server that it was set for, and to no other. */
    private void note(String what, ClusterSettings.LeftOut left) {
        note("ignored: " + what + ", which is for " + left.server() + ". Set the credentials for " + left.instead()
                + " where its address is set.");
    }

    private void note(String text) {
        context.err().println("note: " + text);
    }

    /** What a suggested command needs to reach the same cluster. */
    String arguments() {
        var arguments = new ArrayList<String>();
        if (config != null) arguments.addAll(List.of("--config", config.toString()));
        if (fromEnvironment) arguments.add("--cluster");
        if (bootstrap != null) arguments.addAll(List.of("--bootstrap", bootstrap));
        if (registry != null) arguments.addAll(List.of("--registry", registry));
        if (contextUrl != null) arguments.addAll(List.of("--context-url", contextUrl));
        if (!prefix.isEmpty()) arguments.addAll(List.of("--prefix", prefix));
        return " " + String.join(" ", arguments);
    }
}
