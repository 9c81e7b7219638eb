package io.taskweaver.cli;

import io.taskweaver.wire.admin.AdminException;
import io.taskweaver.wire.admin.Change;
import io.taskweaver.wire.admin.TopicAdmin;
import io.taskweaver.wire.connection.BrokerDiagnosis;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.LogManager;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code taskweaver topics}: what an operator prepares a cluster with. */
@Command(
        name = "topics",
        description = "Prepares the topics of a cluster.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        subcommands = TopicsCommand.ApplyCommand.class)
final class TopicsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do with the topics.");
    }

    /** {@code taskweaver topics apply}. */
    @Command(
            name = "apply",
            description = {
                "Creates the topics, their settings and schemas, and the executors' share group.",
                "May be repeated: creates what is missing, adjusts what differs, deletes nothing."
            },
            mixinStandardHelpOptions = true,
            versionProvider = VersionProvider.class,
            sortOptions = false)
    static final class ApplyCommand implements Callable<Integer> {
        @Mixin
        @SuppressWarnings("NullAway.Init") // Set by picocli.
        private ClusterOptions cluster;

        @Option(
                names = "--partitions",
                paramLabel = "N",
                defaultValue = "12",
                description = "Partitions of each new topic (default: ${DEFAULT-VALUE}).")
        private int partitions;

        @Option(
                names = "--replication",
                paramLabel = "N",
                defaultValue = "1",
                description = "Copies of each record (default: ${DEFAULT-VALUE}).")
        private int replication;

        @Option(
                names = "--classic-queue",
                description =
                        "For brokers older than Kafka 4.2 and executors with taskweaver.executor.queue=classic: no share"
                                + " group, and a queue of several partitions.")
        private boolean classicQueue;

        private final Surroundings surroundings;

        ApplyCommand(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            LogManager.getLogManager().reset(); // What matters comes as an error.
            if (partitions < 1 || replication < 1 || replication > Short.MAX_VALUE)
                throw new CommandFailure(ExitCode.BAD_INPUT, "--partitions and --replication must be at least 1.", "");
            var settings = cluster.operated();
            BrokerDiagnosis.check(settings).ifPresent(problem -> {
                throw new CommandFailure(ExitCode.NO_RUNTIME, problem.message(), problem.hint());
            });
            List<Change> changes;
            try {
                changes = TopicAdmin.apply(settings, partitions, replication, classicQueue);
            } catch (AdminException e) {
                throw new CommandFailure(ExitCode.NO_RUNTIME, String.valueOf(e.getMessage()), e.hint());
            }
            changes.forEach(surroundings.out()::println);
            surroundings.out().println(changes.stream().filter(Change::wrote).count() + " changes written");
            return ExitCode.DONE;
        }
    }
}
