package io.taskweaver.wire;

/** The schema registry is unavailable, which is independent of the record to be read or written. */
public final class RegistryUnavailableException extends RuntimeException {
    RegistryUnavailableException(RuntimeException cause) {
        super("the schema registry does not answer; is it up, and is taskweaver.registry.url right?", cause);
    }
}
