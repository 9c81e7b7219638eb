package io.taskweaver.cli;

import io.taskweaver.cli.runtime.ExecutorChoices;
import io.taskweaver.cli.runtime.LocalRuntime;
import io.taskweaver.cli.runtime.RuntimeFile;
import io.taskweaver.cli.runtime.RuntimeSettings;
import io.taskweaver.client.Connection;
import io.taskweaver.client.TaskWeaver;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which system a command is about: the local runtime of a data folder, or a cluster. */
final class SystemOptions {
    private static final String DEFAULT_REGISTRY = "http://localhost:8081/apis/registry/v3";
    private static final String DEFAULT_CONTEXT = "http://localhost:8104";

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = ".taskweaver",
            description = "Data folder of the local runtime (default: ${DEFAULT-VALUE}).")
    private Path dataDir = Path.of(".taskweaver");

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Kafka brokers of a cluster to use instead of the local runtime.")
    private @Nullable String bootstrap;

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "Schema registry of that cluster (default: " + DEFAULT_REGISTRY + ").")
    private @Nullable String registry;

    @Option(
            names = "--context-url",
            paramLabel = "URL",
            description = "Context service of that cluster (default: " + DEFAULT_CONTEXT + ").")
    private @Nullable String contextUrl;

    @Option(names = "--prefix", paramLabel = "TEXT", description = "Prefix of the cluster's topic names.")
    private String prefix = "";

    Path dataDir() {
        return dataDir.toAbsolutePath().normalize();
    }

    /** The cluster that was named, if one was. */
    Optional<Connection> cluster() {
        if (bootstrap == null) {
            if (registry != null || contextUrl != null || !prefix.isEmpty())
                throw new CommandFailure(
                        ExitCode.BAD_INPUT,
                        "--registry, --context-url and --prefix describe a cluster, but no cluster is named.",
                        "Add --bootstrap HOST:PORT.");
            return Optional.empty();
        }
        return Optional.of(new Connection(
                bootstrap,
                registry == null ? DEFAULT_REGISTRY : registry,
                contextUrl == null ? DEFAULT_CONTEXT : contextUrl,
                prefix,
                Map.of()));
    }

    /** The system to talk to: the cluster, or the local runtime, which has to be up. */
    Connection connection() {
        return cluster()
                .orElseGet(() -> runtimeFile()
                        .map(SystemOptions::connection)
                        .orElseThrow(() -> new CommandFailure(
                                ExitCode.NO_RUNTIME,
                                "No runtime is up in " + dataDir() + ".",
                                "Start one with: taskweaver up" + dataDirArgument()
                                        + "\nor name a cluster with --bootstrap and --registry.")));
    }

    /** A client of a system, with the log lines of its libraries kept off the screen: what matters comes as an error. */
    static TaskWeaver open(Connection connection, Surroundings surroundings) {
        LogManager.getLogManager().reset();
        return new TaskWeaver(connection, surroundings.clock());
    }

    /** The local runtime, if it is up. */
    Optional<RuntimeFile> runtimeFile() {
        return RuntimeFile.read(dataDir()).filter(file -> file.process().isPresent());
    }

    static Connection connection(LocalRuntime runtime) {
        return connection(runtime.file());
    }

    private static Connection connection(RuntimeFile file) {
        return new Connection(file.bootstrap(), file.registry(), file.http(), "", Map.of());
    }

    RuntimeSettings runtime(Surroundings surroundings) {
        return runtime(surroundings, Optional.empty(), ExecutorChoices.USUAL);
    }

    /**
     * @param templates folder with templates of prompts
     * @param executor how its executor works
     */
    RuntimeSettings runtime(Surroundings surroundings, Optional<Path> templates, ExecutorChoices executor) {
        return runtime(
                surroundings, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), templates, executor);
    }

    RuntimeSettings runtime(
            Surroundings surroundings,
            OptionalInt http,
            OptionalInt broker,
            OptionalInt registryPort,
            Optional<Path> templates,
            ExecutorChoices executor) {
        return new RuntimeSettings(
                surroundings.home(),
                dataDir(),
                http,
                broker,
                registryPort,
                templates,
                executor,
                surroundings.environment());
    }

    /** What a suggested command needs to reach the same system. */
    String arguments() {
        if (bootstrap == null) return dataDirArgument();
        return " --bootstrap " + bootstrap
                + (registry == null ? "" : " --registry " + registry)
                + (contextUrl == null ? "" : " --context-url " + contextUrl)
                + (prefix.isEmpty() ? "" : " --prefix " + prefix);
    }

    private String dataDirArgument() {
        return dataDir.equals(Path.of(".taskweaver")) ? "" : " --data-dir " + dataDir;
    }
}
