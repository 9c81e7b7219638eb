package io.taskweaver.access;

import com.sun.management.UnixOperatingSystemMXBean;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.quarkus.vertx.http.HttpServerStart;
import io.taskweaver.wire.metrics.Metric;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * All client connections, up to a limit: for one more, the one that has waited longest for its client is closed, so
 * that idle clients cannot block others. Vert.x has no hook for a connection before its first request, and so no
 * timeout for a slow head: a handler in front of its server's acceptor sees each connection first.
 */
@Singleton
final class Connections {
    private static final Logger LOG = Logger.getLogger(Connections.class);
    private static final long LOG_INTERVAL_NANOS = 60_000_000_000L;

    private final Vertx vertx;
    private final ConnectionTimeouts times;
    private final InFlight inFlight;
    private final int most;
    private final MeterRegistry meters;

    /** Candidates to close: those of {@link #waiting}, then those of {@link #transferring}, each the longest first. */
    private final Set<ClientConnection> waiting = new LinkedHashSet<>();

    private final Set<ClientConnection> transferring = new LinkedHashSet<>();
    private final Set<ClientConnection> open = new HashSet<>();
    private long saidAt = System.nanoTime() - LOG_INTERVAL_NANOS;

    Connections(Vertx vertx, HttpLimits limits, InFlight inFlight, MeterRegistry meters) {
        this.vertx = vertx;
        this.times = ConnectionTimeouts.of(limits);
        this.inFlight = inFlight;
        this.meters = meters;
        this.most = most(limits.connections());
        Metric.HTTP_CONNECTIONS.gauge(meters, this::size);
    }

    private static int most(int wanted) {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)) return wanted;
        long files = system.getMaxFileDescriptorCount();
        int possible = (int) Math.max(8, Math.min(wanted, files / 4));
        if (possible < wanted)
            LOG.warnf(
                    "HTTP connections are limited to %d instead of %d: the process may open only %d files."
                            + " Raise ulimit -n, or set taskweaver.http.connections.",
                    possible, wanted, files);
        return possible;
    }

    void watch(@ObservesAsync HttpServerStart started) {
        for (var loop : ((VertxInternal) vertx).getAcceptorEventLoopGroup())
            if (loop instanceof SingleThreadEventLoop acceptor) acceptor.execute(() -> watch(acceptor));
    }

    private void watch(SingleThreadEventLoop acceptor) {
        for (Iterator<Channel> channels = acceptor.registeredChannelsIterator(); channels.hasNext(); ) {
            var channel = channels.next();
            if (channel instanceof ServerChannel && channel.pipeline().get(Acceptor.class) == null)
                channel.pipeline().addFirst(new Acceptor());
        }
    }

    /** Accepts or refuses connections before the server sees them. */
    @Sharable
    private final class Acceptor extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
            if (message instanceof Channel channel) {
                var connection = new ClientConnection(Connections.this, times);
                if (!opened(connection)) {
                    count("refused");
                    channel.unsafe().closeForcibly();
                    return;
                }
                channel.pipeline().addFirst(connection);
            }
            super.channelRead(ctx, message);
        }
    }

    InFlight inFlight() {
        return inFlight;
    }

    private boolean opened(ClientConnection connection) {
        Optional<ClientConnection> crowdedOut;
        synchronized (this) {
            boolean full = open.size() >= most;
            crowdedOut = full ? longestWaiting() : Optional.empty();
            if (full) warnOfLimit(crowdedOut.isPresent());
            if (full && crowdedOut.isEmpty()) return false;
            open.add(connection);
            waiting.add(connection);
        }
        crowdedOut.ifPresent(ClientConnection::evict);
        return true;
    }

    private Optional<ClientConnection> longestWaiting() {
        var found = waiting.stream().findFirst().or(() -> transferring.stream().findFirst());
        found.ifPresent(this::forget);
        return found;
    }

    private void warnOfLimit(boolean room) {
        if (System.nanoTime() - saidAt < LOG_INTERVAL_NANOS) return;
        saidAt = System.nanoTime();
        LOG.warnf(
                "The limit of %d open HTTP connections is reached: %s. If these are legitimate, raise"
                        + " taskweaver.http.connections.",
                open.size(),
                room ? "the one that has waited longest is closed for each new one" : "new ones are closed");
    }

    private void forget(ClientConnection connection) {
        open.remove(connection);
        waiting.remove(connection);
        transferring.remove(connection);
    }

    /** The connection is waiting for its client. */
    synchronized void waits(ClientConnection connection) {
        if (!open.contains(connection)) return;
        transferring.remove(connection);
        waiting.remove(connection);
        waiting.add(connection);
    }

    /** The connection's client sends a body. */
    synchronized void transfers(ClientConnection connection) {
        if (!open.contains(connection)) return;
        waiting.remove(connection);
        transferring.add(connection);
    }

    /** The connection's client is waiting for the service. */
    synchronized void works(ClientConnection connection) {
        waiting.remove(connection);
        transferring.remove(connection);
    }

    synchronized void closed(ClientConnection connection) {
        forget(connection);
    }

    private synchronized int size() {
        return open.size();
    }

    void count(String reason) {
        Metric.HTTP_CONNECTIONS_CLOSED.counter(meters, reason).increment();
    }
}
