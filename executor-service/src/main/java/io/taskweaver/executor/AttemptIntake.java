package io.taskweaver.executor;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes orders, as many as there are free slots. */
interface OrderIntake extends AutoCloseable {
    /** What becomes of an order. */
    enum Taken {
        /** It uses a slot until that is freed. */
        STARTED,
        /** There is nothing to do for it. */
        DONE,
        /** It could not be dealt with now: it is handed out again. */
        RETURNED
    }

    /** Takes orders over, at once. */
    @FunctionalInterface
    interface Taker {
        Taken take(ConsumerRecord<byte[], byte[]> order) throws InterruptedException;
    }

    /** Joins the group; takes nothing before {@link #open}. */
    void start();

    /** Takes orders from now on. */
    void open();

    boolean isAlive();

    /** Takes no more orders. */
    @Override
    void close();
}
