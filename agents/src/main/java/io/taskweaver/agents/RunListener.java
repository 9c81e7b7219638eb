package io.taskweaver.agents;

/** Learns what a run does while it is awaited. */
@FunctionalInterface
public interface RunListener {
    /** Its activity changed. */
    void active(String message);

    /** What must not be told, besides the agent's own secrets. */
    default Secrets secrets() {
        return Secrets.NONE;
    }

    /** It printed something; in the order in which it was read, without secrets. */
    default void printed(String text) {}

    /** It printed more than can be read. */
    default void skipped(long characters) {}
}
