package io.taskweaver.embedded;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.loader.LoaderManifest;
import org.apache.kafka.image.publisher.MetadataPublisher;

/**
 * Tells when the controller has given up the previous incarnation of the broker. After a kill it goes on believing in it
 * for a session; a broker that starts within that time takes over partitions that it still seems to lead, and
 * transactions that were open then may never end.
 */
final class FencedWatch implements MetadataPublisher {
    private final int brokerId;
    private final CompletableFuture<Boolean> fenced = new CompletableFuture<>();

    FencedWatch(int brokerId) {
        this.brokerId = brokerId;
    }

    /** Completes when no live incarnation is known. */
    CompletableFuture<Boolean> fenced() {
        return fenced;
    }

    @Override
    public String name() {
        return "FencedWatch";
    }

    @Override
    public void onMetadataUpdate(MetadataDelta delta, MetadataImage image, LoaderManifest manifest) {
        var previous = image.cluster().broker(brokerId);
        if (previous == null || previous.fenced()) fenced.complete(true);
    }
}
