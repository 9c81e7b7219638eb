package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import io.taskweaver.model.event.Command.ApproveTask;
import io.taskweaver.model.event.Command.ArchivePlan;
import io.taskweaver.model.event.Command.CancelPlan;
import io.taskweaver.model.event.Command.CancelTask;
import io.taskweaver.model.event.Command.ChangeOptions;
import io.taskweaver.model.event.Command.ChangePriority;
import io.taskweaver.model.event.Command.PausePlan;
import io.taskweaver.model.event.Command.PauseTask;
import io.taskweaver.model.event.Command.RejectTask;
import io.taskweaver.model.event.Command.ResolveTask;
import io.taskweaver.model.event.Command.ResumePlan;
import io.taskweaver.model.event.Command.RetryTask;
import io.taskweaver.model.event.PlanEvent.PlanCommand;
import io.taskweaver.wire.DecodedRecord;
import io.taskweaver.wire.TopicFollower;
import io.taskweaver.wire.connection.ClusterSettings;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * Follows users' commands: attempts of cancelled plans and tasks are stopped here, and not started. Reads from the
 * beginning, because attempts of cancelled tasks may still be in the queue.
 */
final class PlanCommands {
    private static final Logger LOG = Logger.getLogger(PlanCommands.class);

    private final Set<String> plans = ConcurrentHashMap.newKeySet();
    private final Set<Task> tasks = ConcurrentHashMap.newKeySet();
    private final EventProducer producer;
    private final RunningAttempts running;
    private final Runnable onResumed;
    private final TopicFollower<PlanCommand> follower;

    private record Task(String plan, String id) {}

    /**
     * @param running attempts here; cancelled ones are stopped
     * @param onResumed called when a plan is resumed
     */
    PlanCommands(ClusterSettings cluster, EventProducer producer, RunningAttempts running, Runnable onResumed) {
        this.producer = producer;
        this.running = running;
        this.onResumed = onResumed;
        this.follower =
                new TopicFollower<>(cluster, "executor-commands", PlanCommand.class, Optional.empty(), this::apply);
    }

    TopicFollower<PlanCommand> follower() {
        return follower;
    }

    /** Why an attempt must not run, if it must not. */
    Optional<StopSignal.Reason> cancelled(Attempt attempt) {
        if (plans.contains(attempt.plan())) return Optional.of(StopSignal.Reason.PLAN_CANCELLED);
        return tasks.contains(new Task(attempt.plan(), attempt.task()))
                ? Optional.of(StopSignal.Reason.TASK_CANCELLED)
                : Optional.empty();
    }

    private void apply(ConsumerRecord<byte[], byte[]> source, DecodedRecord<PlanCommand> reading) {
        switch (reading) {
            case DecodedRecord.Understood<PlanCommand>(var command) -> apply(command);
            case DecodedRecord.Undecodable<PlanCommand> undecodable -> {
                LOG.warnf(
                        "A command was written to the dead letters partition=%d offset=%d",
                        source.partition(), source.offset());
                producer.deadLetter(source, undecodable).join();
            }
            // The planner reads the same record and writes the dead letter.
            case DecodedRecord.Invalid<PlanCommand> invalid -> LOG.debugf("A command is invalid: %s", invalid.cause());
            case DecodedRecord.Tombstone<PlanCommand> none -> {}
        }
    }

    private void apply(PlanCommand command) {
        var plan = command.plan().value();
        switch (command.command()) {
            case CancelPlan _ -> {
                plans.add(plan);
                running.stop(attempt -> attempt.plan().equals(plan), StopSignal.Reason.PLAN_CANCELLED);
            }
            case CancelTask cancel -> {
                var task = new Task(plan, cancel.task().value());
                tasks.add(task);
                running.stop(
                        attempt -> task.equals(new Task(attempt.plan(), attempt.task())),
                        StopSignal.Reason.TASK_CANCELLED);
            }
            case RetryTask retry -> tasks.remove(new Task(plan, retry.task().value()));
            case ResumePlan _ -> onResumed.run();
            case PausePlan _, PauseTask _, ApproveTask _, RejectTask _, ResolveTask _ -> {}
            case ChangePriority _, ChangeOptions _, ArchivePlan _ -> {}
        }
    }
}
