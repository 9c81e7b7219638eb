package io.taskweaver.executor;

/** The kind of consumer group through which attempts are taken. */
public enum QueueKind {
    /** A share group: Kafka 4.2 and newer. */
    SHARE,
    /** A classic group: any broker. */
    CLASSIC
}
