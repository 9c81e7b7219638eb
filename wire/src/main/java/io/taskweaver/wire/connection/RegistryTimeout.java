package io.taskweaver.wire.connection;

import java.time.Duration;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The registry did not answer in time. A subtype of Kafka's exception, so that code that waits for a broker handles
 * this too.
 */
public final class RegistryTimeout extends TimeoutException {
    private static final long serialVersionUID = 1L;

    public RegistryTimeout(Duration limit) {
        super("the schema registry did not answer within " + limit.toMillis() + " ms");
    }
}
