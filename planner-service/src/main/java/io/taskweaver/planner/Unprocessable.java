package io.taskweaver.planner;

/** Thrown to have the record that is processed set aside as a dead letter; Kafka Streams has no other way to do it. */
final class Unprocessable extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    /**
     * @param reason a reason of {@link io.taskweaver.wire.DeadLetters}
     * @param cause what is wrong, for a person
     */
    Unprocessable(String reason, String cause) {
        super(cause, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
