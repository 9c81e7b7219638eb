package io.taskweaver.runtime.embedded;

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
 * The previous broker, as registered at the controller. After a kill its session lasts for a while; a broker that
 * starts within that time takes over partitions that it still seems to lead, and open transactions may never end. So it
 * is unregistered before its successor starts: it cannot be alive, because this process has locked its data folder.
 */
final class PreviousBroker implements MetadataPublisher {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final int id;
    private final CompletableFuture<Boolean> believedAlive = new CompletableFuture<>();
    private final CompletableFuture<Boolean> gone = new CompletableFuture<>();

    private PreviousBroker(int id) {
        this.id = id;
    }

    /** Returns when no broker with this id is registered. */
    static void unregister(ControllerServer controller, int id) {
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
            throw new IllegalStateException("the controller did not unregister the previous broker", e);
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
