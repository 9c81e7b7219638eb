package io.taskweaver.wire.connection;

/**
 * Why Kafka or the registry cannot be used. Neither text contains a secret.
 *
 * @param message the cause, a sentence with the address
 * @param hint the remedy
 */
public record ConnectionProblem(String message, String hint) {
    @Override
    public String toString() {
        return message + " " + hint;
    }
}
