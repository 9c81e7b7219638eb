package io.taskweaver.interfaces;

import io.taskweaver.wire.RegistryOutage;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/** Tells what a record is not to blame for: broker or registry can not be reached or turn us away. */
final class Outage {
    private Outage() {}

    /** Whether trying again later may end otherwise. */
    static boolean isCauseOf(Throwable failure) {
        return RegistryOutage.isBehind(failure) || isOfBroker(failure);
    }

    private static boolean isOfBroker(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof RetriableException
                    || cause instanceof AuthenticationException
                    || cause instanceof AuthorizationException) return true;
        return false;
    }
}
