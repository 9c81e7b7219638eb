package io.taskweaver.wire;

import com.microsoft.kiota.ApiException;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Distinguishes an unavailable registry from bytes that are not an event: both are exceptions of a serializer or
 * deserializer. The first is waited out, the second becomes a dead letter.
 */
public final class RegistryOutage {
    private static final int NOT_FOUND = 404;

    private RegistryOutage() {}

    /** Whether a failure is independent of the bytes, so that a retry may succeed. */
    public static boolean isBehind(Throwable failure) {
        return Causes.of(failure).stream().anyMatch(RegistryOutage::isOutage);
    }

    private static boolean isOutage(Throwable cause) {
        return switch (cause) {
            // The registry answered. An unknown schema is final; any other error is temporary.
            case ApiException answer -> answer.getResponseStatusCode() != NOT_FOUND;
            case SocketException _, UnknownHostException _, UnresolvedAddressException _ -> true;
            case ClosedChannelException _, HttpTimeoutException _, TimeoutException _ -> true;
            // The registry's client wraps connection errors like this; decoding errors are more specific.
            case RuntimeException wrapped ->
                wrapped.getClass() == RuntimeException.class
                        && (wrapped.getCause() instanceof IOException
                                || wrapped.getCause() instanceof InterruptedException);
            default -> false;
        };
    }
}
