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
 * The leaders of new partitions. A broker names itself the leader before it can write: of two batches that an idempotent
 * producer has on the way then, the first may be refused and the second taken. The first comes out of order from then on,
 * and is lost when its time is over.
 *
 * @param admin asks
 * @param partitions that were created just now
 */
public record Leaders(Admin admin, Collection<TopicPartition> partitions) {
    /**
     * Whether each leader answers what only it knows. Fails as the request does, but where a broker has not heard of a
     * partition yet.
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
