package io.taskweaver.cli;

import io.taskweaver.reports.Counts;
import io.taskweaver.wire.admin.AdminChange;
import io.taskweaver.wire.admin.AdminException;
import io.taskweaver.wire.admin.TopicAdmin;
import io.taskweaver.wire.connection.BrokerDiagnosis;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.LogManager;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskweaver topics}: what an operator prepares a cluster with. */
@Command(
        name = "topics",
        description = "Creates and updates the topics of a cluster.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = TopicsCommand.ApplyCommand.class)
final class TopicsCommand {
    /** {@code taskweaver topics apply}. */
    @Command(
            name = "apply",
            description = {
                "Creates topics with their settings, registers schemas, and configures the executors' share group.",
                "Idempotent: creates what is missing, updates what differs, deletes nothing."
            })
    static final class ApplyCommand implements Callable<Integer> {
        @Mixin
        private ClusterOptions cluster;

        @Option(
                names = "--partitions",
                paramLabel = "N",
                defaultValue = "12",
                description = "Partitions of new topics (default: ${DEFAULT-VALUE}).")
        private int partitions;

        @Option(
                names = "--replication",
                paramLabel = "N",
                defaultValue = "1",
                description = "Replication factor of new topics (default: ${DEFAULT-VALUE}).")
        private int replication;

        @Option(
                names = "--classic-queue",
                description =
                        "For brokers before Kafka 4.2, with taskweaver.executor.queue=classic: no share group, and a task"
                                + " queue with several partitions.")
        private boolean classicQueue;

        private final CommandContext context;

        ApplyCommand(CommandContext context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            LogManager.getLogManager().reset(); // What matters comes as an error.
            if (partitions < 1 || replication < 1 || replication > Short.MAX_VALUE)
                throw CommandFailure.badInput("--partitions and --replication must be at least 1.", "Use 1 or more.");
            var settings = cluster.operated();
            BrokerDiagnosis.check(settings).ifPresent(problem -> {
                throw new CommandFailure(ExitCode.NO_RUNTIME, problem.message(), problem.hint());
            });
            List<AdminChange> changes;
            try {
                changes = TopicAdmin.apply(settings, partitions, replication, classicQueue);
            } catch (AdminException e) {
                throw new CommandFailure(ExitCode.NO_RUNTIME, String.valueOf(e.getMessage()), e.hint());
            }
            changes.forEach(context.out()::println);
            context.out()
                    .println(Counts.of(
                                    changes.stream().filter(AdminChange::wrote).count(), "change") + " written");
            return ExitCode.DONE;
        }
    }
}
