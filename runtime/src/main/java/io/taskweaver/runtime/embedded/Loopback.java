package io.taskweaver.runtime.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Ports on this machine only. */
public final class Loopback {
    /** The address of {@link NodeSettings#HOST}. */
    private static final byte[] ADDRESS = {127, 0, 0, 1};

    /**
     * Below the ephemeral ports of outgoing connections (from 32,768 on Linux, 49,152 elsewhere) and the node ports of
     * Kubernetes (from 30,000), so that these do not occupy the port of a restarted server.
     */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 29_999;
    private static final int TRIES = 50;

    private Loopback() {}

    /**
     * A bound server socket, so that no other program can take its port before the server accepts connections.
     *
     * @param what name of the server, for the error
     * @param port the port, 0 for a free one
     * @throws StartException.PortInUse if another program uses it
     */
    static ServerSocketChannel bind(String what, int port) {
        ServerSocketChannel channel = null;
        try {
            channel = ServerSocketChannel.open();
            channel.configureBlocking(false);
            return channel.bind(new InetSocketAddress(InetAddress.getByAddress(ADDRESS), port));
        } catch (BindException e) {
            close(channel);
            throw new StartException.PortInUse(what, port, e);
        } catch (IOException e) {
            close(channel);
            throw new UncheckedIOException("cannot listen on port " + port, e);
        }
    }

    /**
     * A port for a server that this process starts next.
     *
     * @param what name of the server, for the error
     * @param port the requested port, 0 for any
     * @return the requested port, or a free one
     * @throws StartException.PortInUse if another program uses it
     */
    public static int freePort(String what, int port) {
        if (port != 0) return tryOut(what, port);
        for (int tries = 0; tries < TRIES; tries++) {
            try {
                return tryOut(what, ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1));
            } catch (StartException.PortInUse another) {
                // The next one may be free.
            }
        }
        return tryOut(what, 0);
    }

    private static int tryOut(String what, int port) {
        var channel = bind(what, port);
        int free = port(channel);
        close(channel);
        return free;
    }

    static int port(ServerSocketChannel channel) {
        return channel.socket().getLocalPort();
    }

    /** Closes a socket that may be closed already. */
    static void close(@Nullable ServerSocketChannel channel) {
        if (channel == null) return;
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
