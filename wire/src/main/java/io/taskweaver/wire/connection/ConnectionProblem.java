package io.taskweaver.wire.connection;

/**
 * Why Kafka or the registry cannot be used. Neither text holds a secret.
 *
 * @param message what is wrong, a sentence that names the address
 * @param hint what to do about it
 */
public record ConnectionProblem(String message, String hint) {
    @Override
    public String toString() {
        return message + " " + hint;
    }
}
