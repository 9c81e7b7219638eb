package io.taskweaver.contexts;

import java.util.Optional;

/** Brings one file's two changed texts together. A text that is absent stands for a file that does not exist. */
public sealed interface FileMerge {

    /**
     * They go together.
     *
     * @param content the merged text; empty if the file is to be gone
     */
    record Clean(Optional<String> content) implements FileMerge {}

    /** They contradict each other. */
    record Clash() implements FileMerge {}

    /**
     * Merges three ways. What only one side changed is taken from that side; what both changed alike is taken once; lines
     * that both changed differently, a deletion against a change, and two different new files clash.
     *
     * @param base what the proposal started from
     * @param current merged text so far
     * @param proposed what a task proposes
     */
    static FileMerge of(Optional<String> base, Optional<String> current, Optional<String> proposed) {
        if (proposed.equals(base) || proposed.equals(current)) return new Clean(current);
        if (current.isEmpty() || proposed.isEmpty()) return current.equals(base) ? new Clean(proposed) : new Clash();
        // Agents tend to write LF whatever they were given; that alone is no wish to change every line.
        var text = LineEnding.of(current.get()).unlessOnlyEndingsChange(proposed.get(), current.get());
        if (current.equals(base)) return new Clean(Optional.of(text));
        if (base.isEmpty()) return text.equals(current.get()) ? new Clean(current) : new Clash();
        return LineMerge.of(base.get(), current.get(), text)
                .<FileMerge>map(merged -> new Clean(Optional.of(merged)))
                .orElseGet(Clash::new);
    }
}
