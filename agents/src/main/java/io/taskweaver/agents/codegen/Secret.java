package io.taskweaver.agents.codegen;

/**
 * A text that must not be seen: it shows in no message, log or {@code toString}.
 *
 * @param value what goes into the request's header: visible ASCII, at least one character. A refusal of another value
 *     does not tell it.
 */
public record Secret(String value) {
    public Secret {
        value = value.strip();
        if (value.isEmpty()) throw new IllegalArgumentException("the token is empty");
        if (value.chars().anyMatch(c -> c <= ' ' || c >= 0x7f))
            throw new IllegalArgumentException(
                    "the token holds a space, a line break or a character that is not ASCII");
    }

    /** A text of others without the secret in it. */
    String removedFrom(String text) {
        return text.replace(value, "***");
    }

    @Override
    public String toString() {
        return "***";
    }
}
