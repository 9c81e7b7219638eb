package io.taskweaver.executor;

import io.taskweaver.events.PlanCommand;
import io.taskweaver.topics.DeadLetters;
import io.taskweaver.topics.Topics;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * Follows the users' commands: cancelled plans are stopped here, and not begun again. Read from the beginning, because
 * an order of a plan that was cancelled may still wait in the queue.
 */
final class PlanCommands implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PlanCommands.class);

    private final Set<String> cancelled = ConcurrentHashMap.newKeySet();
    private final EventReader<PlanCommand> reader;
    private final EventProducer producer;
    private final Consumer<String> onCancelled;
    private final Runnable onResumed;
    private final TopicFollower follower;

    /**
     * @param onCancelled is given each plan that is cancelled
     * @param onResumed is called when some plan is resumed
     */
    PlanCommands(
            Connection connection,
            Admin admin,
            EventProducer producer,
            Consumer<String> onCancelled,
            Runnable onResumed) {
        this.reader = new EventReader<>(Topics.PLAN_COMMANDS, connection.events());
        this.producer = producer;
        this.onCancelled = onCancelled;
        this.onResumed = onResumed;
        this.follower = new TopicFollower(
                Topics.PLAN_COMMANDS.name(connection.topicPrefix()),
                connection.client("executor-commands"),
                admin,
                this::apply);
    }

    TopicFollower follower() {
        return follower;
    }

    boolean isCancelled(String plan) {
        return cancelled.contains(plan);
    }

    private void apply(ConsumerRecord<byte[], byte[]> source) {
        if (source.value() == null) return;
        try {
            var command = reader.read(source);
            Events.cancelled(command).ifPresent(plan -> {
                cancelled.add(plan);
                onCancelled.accept(plan);
            });
            if (Events.resumes(command)) onResumed.run();
        } catch (EventReader.Undecodable e) {
            LOG.warnf("A command was set aside partition=%d offset=%d", source.partition(), source.offset());
            producer.deadLetter(source, DeadLetters.UNDECODABLE, String.valueOf(e.getMessage()))
                    .join();
        } catch (InterruptedException e) {
            throw new org.apache.kafka.common.errors.InterruptException(e);
        }
    }

    @Override
    public void close() {
        follower.close();
    }
}
