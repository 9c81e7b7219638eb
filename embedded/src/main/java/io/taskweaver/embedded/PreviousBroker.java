package io.taskweaver.embedded;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.ControllerServer;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.loader.LoaderManifest;
import org.apache.kafka.image.publisher.MetadataPublisher;

/**
 * The broker of the life before, as the controller remembers it. After a kill the controller goes on believing in it for a
 * session; a broker that starts within that time takes over partitions that it still seems to lead, and transactions that
 * were open then may never end. So it is struck off before its successor starts: nobody else can be it, for its data
 * folder is locked by this process.
 */
final class PreviousBroker implements MetadataPublisher {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final int id;
    private final CompletableFuture<Boolean> believedAlive = new CompletableFuture<>();
    private final CompletableFuture<Boolean> gone = new CompletableFuture<>();

    private PreviousBroker(int id) {
        this.id = id;
    }

    /** Returns when the controller believes in no broker of this id. */
    static void strikeOff(ControllerServer controller, int id) {
        var watch = new PreviousBroker(id);
        var loader = controller.sharedServer().loader();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try {
            loader.installPublishers(List.of(watch)).get();
            if (await(watch.believedAlive, deadline)) {
                ControllerRequest.await(controller, (to, context) -> to.unregisterBroker(context, id), deadline);
                await(watch.gone, deadline);
            }
            loader.removeAndClosePublisher(watch).get();
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException("the controller did not give up the previous broker", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting", e);
        }
    }

    private static boolean await(CompletableFuture<Boolean> event, long deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        return event.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public String name() {
        return "PreviousBroker";
    }

    @Override
    public void onMetadataUpdate(MetadataDelta delta, MetadataImage image, LoaderManifest manifest) {
        var previous = image.cluster().broker(id);
        boolean alive = previous != null && !previous.fenced();
        believedAlive.complete(alive);
        if (!alive) gone.complete(true);
    }
}
