package io.taskweaver.planner;

/** Thrown to write the current record to the dead letters; Kafka Streams has no other way to do it. */
final class Unprocessable extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    /**
     * @param reason a reason of {@link io.taskweaver.wire.DeadLetters}
     * @param cause for a person
     */
    Unprocessable(String reason, String cause) {
        super(cause, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
