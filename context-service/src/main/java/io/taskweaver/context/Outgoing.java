package io.taskweaver.context;

import io.taskweaver.events.ContextMerged;
import io.taskweaver.events.MergeConflicted;
import java.util.List;

/** A record that leaves the fold, by the topic it goes to. */
sealed interface Outgoing {
    /** To {@code context-merged}. */
    record Merged(ContextMerged event) implements Outgoing {}

    /** To {@code merge-conflicted}. */
    record Conflicted(MergeConflicted event) implements Outgoing {}

    /**
     * To {@code dead-letters}.
     *
     * @param letter the encoded letter
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
    record SetAside(byte[] letter) implements Outgoing {}

    static List<ContextMerged> merged(Outgoing outgoing) {
        return outgoing instanceof Merged(var event) ? List.of(event) : List.of();
    }

    static List<MergeConflicted> conflicted(Outgoing outgoing) {
        return outgoing instanceof Conflicted(var event) ? List.of(event) : List.of();
    }

    static List<byte[]> setAside(Outgoing outgoing) {
        return outgoing instanceof SetAside(var letter) ? List.of(letter) : List.of();
    }
}
