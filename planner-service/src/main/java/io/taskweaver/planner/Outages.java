package io.taskweaver.planner;

import com.microsoft.kiota.ApiException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Tells a registry that is away from a record that can not be read: the first is waited for, the second set aside. */
final class Outages {
    private static final int NOT_FOUND = 404;

    private Outages() {}

    static boolean isOne(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause())
            if (isOutage(cause)) return true;
        return false;
    }

    private static boolean isOutage(Throwable cause) {
        return switch (cause) {
            // The registry answered. That it does not know the schema is final; anything else is its own trouble.
            case ApiException answer -> answer.getResponseStatusCode() != NOT_FOUND;
            // The registry's client waits for its request in a future; reading bytes has none.
            case ExecutionException request -> !(request.getCause() instanceof ApiException);
            case SocketException lost -> true;
            case UnknownHostException lost -> true;
            case UnresolvedAddressException lost -> true;
            case ClosedChannelException lost -> true;
            case HttpTimeoutException late -> true;
            case TimeoutException late -> true;
            default -> false;
        };
    }
}
