package io.taskweaver.access;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.Http1xServerConnection;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.VertxHandler;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection, first in its pipeline: sees each byte, and closes the connection if the client is too slow in
 * any part of the exchange. {@link #begun} and {@link #answered} report its requests. All state belongs to the
 * connection's event loop.
 */
final class ClientConnection extends ChannelDuplexHandler {
    private static final AttributeKey<ClientConnection> KEY =
            AttributeKey.valueOf(ClientConnection.class, "connection");
    /** How long the rest of an early answered request is read, so that the client sees the answer. */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Maximum pipelined requests. No common client pipelines that many. */
    private static final int MOST_UNANSWERED = 8;

    /** What the connection is waiting for. */
    enum Phase {
        /** The next request. */
        IDLE,
        /** The rest of a request's head, or of the TLS handshake. */
        HEAD,
        /** The rest of a request's body. */
        BODY,
        /** The service. */
        WORK,
        /** The rest of an already answered request. */
        LINGER
    }

    private final Connections connections;
    private final ConnectionTimeouts times;

    private Phase phase = Phase.HEAD;
    private long since = System.nanoTime();
    private long received;

    private @Nullable ChannelHandlerContext context;
    private @Nullable ScheduledFuture<?> check;
    private @Nullable HttpServerRequest request;
    private @Nullable Runnable whenTooSlow;

    private int unanswered;
    private long pending;
    private long sent;
    private final TransferRate receiving;
    private final TransferRate sending;
    private boolean readHeldBack;
    private boolean handlersAdded;
    private boolean isInvalid;
    private boolean discarding;
    private boolean closing;

    ClientConnection(Connections connections, ConnectionTimeouts times) {
        this.connections = connections;
        this.times = times;
        this.receiving = new TransferRate(times);
        this.sending = new TransferRate(times);
    }

    /** The connection of a request; empty if it was opened before the limits were installed. */
    static Optional<ClientConnection> of(HttpConnection connection) {
        return connection instanceof ConnectionBase base
                ? Optional.ofNullable(base.channel().attr(KEY).get())
                : Optional.empty();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        ctx.channel().attr(KEY).set(this);
        ctx.channel().closeFuture().addListener(closed -> connections.closed(this));
    }

    @Override
    public void channelRegistered(ChannelHandlerContext ctx) throws Exception {
        check = ctx.executor().scheduleWithFixedDelay(this::check, times.tick(), times.tick(), TimeUnit.NANOSECONDS);
        super.channelRegistered(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        if (check != null) check.cancel(false);
        super.channelInactive(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (discarding) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof ByteBuf bytes) received += bytes.readableBytes();
        if (phase == Phase.IDLE) enter(Phase.HEAD);
        if (!handlersAdded
                && ctx.pipeline().get("handler") instanceof VertxHandler<?> handler
                && handler.getConnection() instanceof Http1xServerConnection http) {
            // Vert.x answers invalid HTTP itself, before any route.
            http.invalidRequestHandler(invalid -> {
                isInvalid = true;
                Problems.answerInvalid(invalid);
            });
            ctx.pipeline().addBefore("handler", "requests", new Requests());
            handlersAdded = true;
        }
        super.channelRead(ctx, message);
    }

    /** Vert.x queues pipelined requests without a limit, and a queued request of a few bytes takes kilobytes. */
    private final class Requests extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
            if (message instanceof HttpRequest && ++unanswered > MOST_UNANSWERED) close("pipelined");
            if (closing) ReferenceCountUtil.release(message);
            else super.channelRead(ctx, message);
        }
    }

    /** Stops reading while the client does not receive its answers: pipelined requests cost no memory. */
    @Override
    public void read(ChannelHandlerContext ctx) throws Exception {
        if (ctx.channel().isWritable()) super.read(ctx);
        else readHeldBack = true;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
        if (readHeldBack && ctx.channel().isWritable()) {
            readHeldBack = false;
            ctx.read();
        }
        super.channelWritabilityChanged(ctx);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
        long bytes = size(message);
        if (pending == 0) sending.begin(taken());
        pending += bytes;
        connections.inFlight().add(bytes);
        super.write(ctx, message, promise.unvoid().addListener(done -> {
            pending -= bytes;
            sent += bytes;
            connections.inFlight().remove(bytes);
        }));
    }

    /**
     * Vert.x closes the connection after invalid HTTP. Closed with unread input, it would be reset, and the client might
     * lose the answer: what is still sent is discarded until the client closes (RFC 9112 section 9.6).
     */
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) throws Exception {
        if (!isInvalid || closing || discarding || !(ctx.channel() instanceof DuplexChannel channel)) {
            super.close(ctx, promise);
            return;
        }
        discarding = true;
        enter(Phase.LINGER);
        channel.closeFuture().addListener(closed -> promise.trySuccess());
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> channel.shutdownOutput());
        channel.config().setAutoRead(true);
    }

    private static long size(Object message) {
        return switch (message) {
            case ByteBuf bytes -> bytes.readableBytes();
            case ByteBufHolder holder -> holder.content().readableBytes();
            case FileRegion file -> file.count();
            default -> 0;
        };
    }

    /**
     * A request's head was received.
     *
     * @param body whether a body follows
     */
    void begun(HttpServerRequest request, boolean body) {
        this.request = request;
        whenTooSlow = null;
        receiving.begin(received);
        enter(body ? Phase.BODY : Phase.WORK);
    }

    /** @param tooSlow answers the request if its body arrives too slowly */
    void readsBody(Runnable tooSlow) {
        whenTooSlow = tooSlow;
    }

    /** The request's body was received. */
    void bodyRead() {
        whenTooSlow = null;
        if (phase == Phase.BODY) enter(Phase.WORK);
    }

    /** The request is answered; its answer may still be in transit. Called from any thread. */
    void answered() {
        var ctx = context;
        if (ctx == null) return;
        if (!ctx.executor().inEventLoop()) {
            ctx.executor().execute(this::answered);
            return;
        }
        if (discarding) return;
        unanswered--;
        var answered = request;
        request = null;
        whenTooSlow = null;
        if (answered == null) return;
        if (phase != Phase.BODY || answered.isEnded()) {
            enter(Phase.IDLE);
            return;
        }
        enter(Phase.LINGER);
        answered.exceptionHandler(failure -> {});
        answered.handler(discarded -> {});
        answered.endHandler(end -> closeWhenSent());
        answered.resume();
    }

    /** Closes it in favour of another. Called from any thread. */
    void evict() {
        var ctx = context;
        if (ctx != null) ctx.executor().execute(() -> close("crowded"));
    }

    private void enter(Phase next) {
        phase = next;
        since = System.nanoTime();
        switch (next) {
            case IDLE, HEAD, LINGER -> connections.waits(this);
            case BODY -> connections.transfers(this);
            case WORK -> connections.works(this);
        }
    }

    private void check() {
        long now = System.nanoTime();
        if (pending > 0 && sending.isTooSlow(taken())) {
            close("answer");
            return;
        }
        switch (phase) {
            case IDLE -> {
                if (pending == 0 && now - since > times.idle()) close("idle");
            }
            case HEAD -> {
                if (now - since > times.head()) close("head");
            }
            case BODY -> {
                if (receiving.isTooSlow(received)) giveUpBody();
            }
            case LINGER -> {
                if (now - since > LINGER_NANOS) close("answered");
            }
            case WORK -> {}
        }
    }

    private void giveUpBody() {
        connections.count("body");
        var answer = whenTooSlow;
        whenTooSlow = null;
        if (answer == null) close("body");
        else answer.run();
    }

    /** Bytes accepted by the client or the kernel, including partial writes. */
    private long taken() {
        if (context == null) return sent;
        var outbound = context.channel().unsafe().outboundBuffer();
        return outbound == null ? sent : sent + outbound.currentProgress();
    }

    /** The answer may be written and not flushed yet, also by TLS: closing would drop it. */
    private void closeWhenSent() {
        if (closing || context == null) return;
        context.channel().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> close("answered"));
    }

    private void close(String reason) {
        if (closing || context == null) return;
        closing = true;
        connections.count(reason);
        context.close();
    }
}
