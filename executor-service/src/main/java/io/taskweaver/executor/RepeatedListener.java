package io.taskweaver.executor;

import io.taskweaver.agents.RunListener;
import io.taskweaver.agents.Secrets;

/** Passes on what a run prints once, though it is awaited again and then read from the beginning. */
final class RepeatedListener implements RunListener {
    private final RunListener listener;
    /** Characters that were passed on. */
    private long told;
    /** Characters that were read since the run is awaited. */
    private long read;

    RepeatedListener(RunListener listener) {
        this.listener = listener;
    }

    /** What is printed comes from the beginning now. */
    void begin() {
        read = 0;
    }

    @Override
    public Secrets secrets() {
        return listener.secrets();
    }

    @Override
    public void active(String message) {
        listener.active(message);
    }

    @Override
    public void printed(String text) {
        int known = (int) known(text.length());
        if (known < text.length()) listener.printed(text.substring(known));
    }

    @Override
    public void skipped(long characters) {
        long known = known(characters);
        if (known < characters) listener.skipped(characters - known);
    }

    /** How many of the next characters were passed on before. */
    private long known(long characters) {
        long known = Math.clamp(told - read, 0, characters);
        read += characters;
        told = Math.max(told, read);
        return known;
    }
}
