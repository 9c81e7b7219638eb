package io.taskweaver.interfaces;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/** Tells what a record is not to blame for: broker or registry can not be reached or turn us away. */
final class Outage {
    private static final List<Class<? extends Throwable>> SIGNS = List.of(
            SocketException.class,
            SocketTimeoutException.class,
            UnknownHostException.class,
            HttpTimeoutException.class,
            ClosedChannelException.class,
            UnresolvedAddressException.class,
            TimeoutException.class,
            RetriableException.class,
            AuthenticationException.class,
            AuthorizationException.class);

    private Outage() {}

    /** Whether trying again later may end otherwise. */
    static boolean isCauseOf(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause())
            for (var sign : SIGNS) if (sign.isInstance(cause)) return true;
        return false;
    }
}
