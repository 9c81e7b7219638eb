package io.taskweaver.executor;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes as many issued attempts as there are free slots. */
interface AttemptIntake extends AutoCloseable {
    /** How an issued attempt was handled. */
    enum Taken {
        /** It occupies a slot until that is released. */
        STARTED,
        /** No action is needed. */
        DONE,
        /** It could not be handled now: it is delivered again. */
        RETURNED
    }

    /** Handles issued attempts, without blocking. */
    @FunctionalInterface
    interface Taker {
        Taken take(ConsumerRecord<byte[], byte[]> issued) throws InterruptedException;
    }

    /** Joins the group; takes nothing before {@link #open}. */
    void start();

    /** Takes attempts from now on. */
    void open();

    boolean isAlive();

    /** Takes no more attempts. */
    @Override
    void close();
}
