package io.taskweaver.cli;

import io.taskweaver.cli.runtime.DataFolderTrust;
import io.taskweaver.cli.runtime.ExecutorChoices;
import io.taskweaver.cli.runtime.FoundRuntime;
import io.taskweaver.cli.runtime.LocalRuntime;
import io.taskweaver.cli.runtime.RuntimeSettings;
import io.taskweaver.client.Connection;
import io.taskweaver.client.ConnectionFile;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.model.PlanId;
import io.taskweaver.scheduling.projection.PlanView;
import io.taskweaver.wire.connection.BrokerDiagnosis;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.logging.LogManager;
import org.apache.kafka.common.config.AbstractConfig;
import picocli.CommandLine.Mixin;

/** Which system a command is about: the local runtime of a data folder, or a cluster. */
final class SystemOptions {
    @Mixin
    private DataFolderOption dataFolder;

    @Mixin
    private ClusterOptions cluster;

    Path dataDir() {
        return dataFolder.path();
    }

    /** Folders of this program, which are never part of a user's code. */
    Set<Path> ownFolders() {
        return Set.of(dataDir());
    }

    /** The cluster that was named, if one was. */
    Optional<Connection> cluster() {
        return cluster.connection();
    }

    /**
     * The system to talk to: the cluster, or the local runtime, which has to be up.
     *
     * @throws CommandFailure saying what is wrong and what to do, if there is none or its brokers cannot be used
     */
    Connection connection() {
        return cluster()
                .map(SystemOptions::checked)
                .orElseGet(
                        () -> foundRuntime().map(_ -> ofDataFolder(dataDir())).orElseThrow(this::noRuntime));
    }

    private CommandFailure noRuntime() {
        if (FoundRuntime.isStarting(dataDir()))
            return new CommandFailure(
                    ExitCode.NO_RUNTIME,
                    "The runtime in " + dataDir() + " is still starting.",
                    "Type this again when it is up.");
        return new CommandFailure(
                ExitCode.NO_RUNTIME,
                "No runtime is running in " + dataDir() + ".",
                "Start one with: taskweaver up" + dataFolder.argument()
                        + "\nOr name a cluster with --config FILE, or --bootstrap and --registry.");
    }

    /** A cluster whose brokers can be used: problems are reported at once, not after a timeout. */
    static Connection checked(Connection cluster) {
        LogManager.getLogManager().reset();
        BrokerDiagnosis.check(cluster.cluster()).ifPresent(problem -> {
            throw new CommandFailure(ExitCode.NO_RUNTIME, problem.message(), problem.hint());
        });
        return cluster;
    }

    /** A client of a system, with the log lines of its libraries kept off the screen: what matters comes as an error. */
    static TaskWeaver open(Connection connection, CommandContext context) {
        LogManager.getLogManager().reset();
        return new TaskWeaver(connection, context.clock());
    }

    /**
     * A plan as it stands now.
     *
     * @throws CommandFailure if the system has none of this id
     */
    PlanView plan(TaskWeaver taskWeaver, PlanId plan) {
        return taskWeaver.plan(plan).orElseThrow(() -> noPlan(plan));
    }

    CommandFailure noPlan(PlanId plan) {
        return CommandFailure.badInput(
                "There is no plan " + plan + ".", "List the plans with: taskweaver status" + arguments());
    }

    /** The local runtime, if it is up. */
    Optional<FoundRuntime> foundRuntime() {
        return FoundRuntime.in(dataDir());
    }

    /**
     * Whether what a command is connected to may still say something. A cluster may come back; a runtime whose process ended
     * does not.
     */
    BooleanSupplier mayAnswer() {
        if (cluster().isPresent()) return () -> true;
        return foundRuntime()
                .<BooleanSupplier>map(runtime -> runtime.process()::isAlive)
                .orElse(() -> true);
    }

    /** The runtime that a command follows ended. */
    CommandFailure ended(String what) {
        return new CommandFailure(
                ExitCode.NO_RUNTIME,
                "The runtime ended" + what + ".",
                "Start it again with: taskweaver up" + arguments());
    }

    Connection connection(LocalRuntime runtime) {
        return ofDataFolder(runtime.dataFolder());
    }

    static Connection ofDataFolder(Path dataFolder) {
        DataFolderTrust.check(dataFolder);
        var file = dataFolder.resolve(ConnectionFile.OF_RUNTIME);
        var settings = ConnectionFile.read(file).settings();
        settings.values().keySet().stream()
                .filter(name -> name.startsWith(AbstractConfig.CONFIG_PROVIDERS_CONFIG))
                .findFirst()
                .ifPresent(name -> {
                    // With one, the file could have any variable or file of this user sent to whom it names.
                    throw CommandFailure.badInput(
                            file + " has the setting " + name + ", which the runtime never writes.",
                            "Find out who wrote it. To replace the file: taskweaver down, then taskweaver up.");
                });
        return Connection.of(settings);
    }

    RuntimeSettings runtime(CommandContext context) {
        return runtime(context, Optional.empty(), ExecutorChoices.USUAL);
    }

    /**
     * @param templates folder with templates of prompts
     * @param executor how its executor works
     */
    RuntimeSettings runtime(CommandContext context, Optional<Path> templates, ExecutorChoices executor) {
        return new RuntimeSettings(
                context.home(),
                dataDir(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                templates,
                executor,
                context.environment());
    }

    /** What a suggested command needs to reach the same system. */
    String arguments() {
        return cluster.isNamed() ? cluster.arguments() : dataFolder.argument();
    }
}
