package io.taskweaver.interfaces;

import java.util.concurrent.CountDownLatch;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Waits for an answer that never comes, as a client without a time-out does. */
public final class SilentDeserializer implements Deserializer<SpecificRecord> {
    private final CountDownLatch answer = new CountDownLatch(1);

    @Override
    public SpecificRecord deserialize(String topic, byte[] bytes) {
        try {
            answer.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("nobody answers");
    }
}
