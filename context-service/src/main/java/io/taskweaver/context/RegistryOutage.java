package io.taskweaver.context;

import com.microsoft.kiota.ApiException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Tells a registry that is away from bytes that are no event: both come as exceptions of a deserializer. */
final class RegistryOutage {
    private static final int NOT_FOUND = 404;

    private RegistryOutage() {}

    /** Whether the failure says nothing about the bytes, so that another try may succeed. */
    static boolean isBehind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) if (isOutage(cause)) return true;
        return false;
    }

    private static boolean isOutage(Throwable cause) {
        return switch (cause) {
            // The registry answered. That it does not know the schema is final; anything else is its own trouble.
            case ApiException answer -> answer.getResponseStatusCode() != NOT_FOUND;
            // The registry's client waits for its request in a future; decoding has none.
            case ExecutionException request -> !(request.getCause() instanceof ApiException);
            case SocketException e -> true;
            case UnknownHostException e -> true;
            case ClosedChannelException e -> true;
            case TimeoutException e -> true;
            default -> false;
        };
    }
}
