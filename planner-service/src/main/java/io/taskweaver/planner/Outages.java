package io.taskweaver.planner;

import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Tells a record that can not be read from a registry that can not be reached: the first is set aside, the second awaited. */
final class Outages {
    private Outages() {}

    static boolean isOne(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause())
            if (cause instanceof SocketException
                    || cause instanceof UnknownHostException
                    || cause instanceof HttpTimeoutException
                    || cause instanceof TimeoutException
                    || cause instanceof ClosedChannelException
                    || cause instanceof UnresolvedAddressException) return true;
        return false;
    }
}
