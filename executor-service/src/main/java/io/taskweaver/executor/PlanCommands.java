package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import io.taskweaver.events.CancelPlan;
import io.taskweaver.events.CancelTask;
import io.taskweaver.events.PlanCommand;
import io.taskweaver.events.ResumePlan;
import io.taskweaver.events.RetryTask;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.Topics;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * Follows the users' commands: what is cancelled, a plan or a task, is stopped here, and not begun again. Read from the
 * beginning, because an order of what was cancelled may still wait in the queue.
 */
final class PlanCommands implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PlanCommands.class);

    private final Set<String> plans = ConcurrentHashMap.newKeySet();
    private final Set<Task> tasks = ConcurrentHashMap.newKeySet();
    private final EventReader<PlanCommand> reader;
    private final EventProducer producer;
    private final RunningAttempts running;
    private final Runnable onResumed;
    private final TopicFollower follower;

    private record Task(String plan, String id) {}

    /**
     * @param running attempts here, of which those are stopped that are cancelled
     * @param onResumed is called when some plan is resumed
     */
    PlanCommands(
            Connection connection, Admin admin, EventProducer producer, RunningAttempts running, Runnable onResumed) {
        this.reader = new EventReader<>(Topics.PLAN_COMMANDS, connection);
        this.producer = producer;
        this.running = running;
        this.onResumed = onResumed;
        this.follower = new TopicFollower(
                Topics.PLAN_COMMANDS.name(connection.topicPrefix()),
                connection.consumer("executor-commands"),
                connection.retries(TopicFollower.class, "executor-commands"),
                admin,
                this::apply);
    }

    TopicFollower follower() {
        return follower;
    }

    /** Why an attempt is not to run, if it is not. */
    Optional<StopSignal.Reason> cancelled(Attempt attempt) {
        if (plans.contains(attempt.plan())) return Optional.of(StopSignal.Reason.PLAN_CANCELLED);
        return tasks.contains(new Task(attempt.plan(), attempt.task()))
                ? Optional.of(StopSignal.Reason.TASK_CANCELLED)
                : Optional.empty();
    }

    private void apply(ConsumerRecord<byte[], byte[]> source) {
        if (source.value() == null) return;
        try {
            apply(reader.read(source));
        } catch (EventReader.Undecodable e) {
            LOG.warnf("A command was set aside partition=%d offset=%d", source.partition(), source.offset());
            producer.deadLetter(source, DeadLetters.UNDECODABLE, String.valueOf(e.getMessage()))
                    .join();
        } catch (InterruptedException e) {
            throw new org.apache.kafka.common.errors.InterruptException(e);
        }
    }

    private void apply(PlanCommand command) {
        var plan = command.getMeta().getPlanId();
        switch (command.getCommand()) {
            case CancelPlan cancel -> {
                plans.add(plan);
                running.stop(attempt -> attempt.plan().equals(plan), StopSignal.Reason.PLAN_CANCELLED);
            }
            case CancelTask cancel -> {
                var task = new Task(plan, cancel.getTaskId());
                tasks.add(task);
                running.stop(
                        attempt -> task.equals(new Task(attempt.plan(), attempt.task())),
                        StopSignal.Reason.TASK_CANCELLED);
            }
            case RetryTask retry -> tasks.remove(new Task(plan, retry.getTaskId()));
            case ResumePlan resume -> onResumed.run();
            default -> {}
        }
    }

    @Override
    public void close() {
        follower.close();
    }
}
