package io.taskweaver.wire.connection;

import java.time.Duration;
import org.apache.kafka.common.errors.TimeoutException;

/** The registry did not answer in time. Of Kafka's type, so that whoever waits out a broker waits this out too. */
public final class RegistryTimeout extends TimeoutException {
    private static final long serialVersionUID = 1L;

    public RegistryTimeout(Duration limit) {
        super("the schema registry did not answer within " + limit.toMillis() + " ms");
    }
}
