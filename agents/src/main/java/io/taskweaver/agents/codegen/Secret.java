package io.taskweaver.agents.codegen;

import io.taskweaver.agents.Secrets;
import java.util.List;

/**
 * A secret text: it appears in no message, log or {@code toString}.
 *
 * @param value what goes into the request's header: visible ASCII, at least one character. An error about an invalid
 *     value does not contain it.
 */
public record Secret(String value) {
    public Secret {
        value = value.strip();
        if (value.isEmpty()) throw new IllegalArgumentException("the token is empty");
        if (value.chars().anyMatch(c -> c <= ' ' || c >= 0x7f))
            throw new IllegalArgumentException(
                    "the token holds a space, a line break or a character that is not ASCII");
    }

    /** As what must not be published. */
    Secrets secrets() {
        return Secrets.of(List.of(value));
    }

    /** Redacts the secret in a text. */
    String removedFrom(String text) {
        return secrets().masked(text);
    }

    @Override
    public String toString() {
        return "***";
    }
}
