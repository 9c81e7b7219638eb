package io.taskweaver.wire.admin;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Waits for the leaders of new partitions. A broker reports itself as leader before it can write: of two batches in
 * flight from an idempotent producer, the first may be refused and the second accepted. The first is then out of order,
 * and lost after its timeout.
 *
 * @param admin asks
 * @param partitions new ones
 */
public record Leaders(Admin admin, Collection<TopicPartition> partitions) {
    /**
     * Whether each leader answers a request that only a leader can answer. Fails like the request, except for
     * partitions that a broker does not know yet.
     */
    public CompletableFuture<Boolean> answer() {
        var latest = partitions.stream().collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
        return admin.listOffsets(latest)
                .all()
                .toCompletionStage()
                .thenApply(_ -> true)
                .exceptionallyCompose(Leaders::notYet)
                .toCompletableFuture();
    }

    private static CompletionStage<Boolean> notYet(Throwable failure) {
        var cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        return cause instanceof UnknownTopicOrPartitionException
                ? CompletableFuture.completedStage(false)
                : CompletableFuture.failedStage(cause);
    }
}
