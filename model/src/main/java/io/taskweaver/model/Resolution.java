package io.taskweaver.model;

import java.util.Optional;

/**
 * What a person settles a task with.
 *
 * @param side files of their own, or the side that counts where files conflict
 * @param code the files, as a commit on top of the plan's code; empty for a side
 * @param by who settles it
 */
public record Resolution(Side side, Optional<CodeResult> code, String by) {
    /** What stands where other attempts name their agent. */
    public static final String AGENT = "person";

    private static final int LONGEST_NAME = 200;

    /** Where the content comes from. */
    public enum Side {
        /** Files that the person has written. */
        FILES,
        /** What the plan has, for the places of files that conflict; for whole files that have no lines to merge. */
        OURS,
        /** What the task has, for the same. */
        THEIRS
    }

    public Resolution {
        if (by.isBlank()) throw new IllegalArgumentException("nobody is named who settles it");
        TextLimits.check("by", by, LONGEST_NAME);
        if ((side == Side.FILES) != code.isPresent())
            throw new IllegalArgumentException("files have a commit, and sides have none");
        // Whoever merges looks at the commit itself.
        code = code.map(CodeResult::withoutChanges);
    }

    /** In words, for people. */
    public String words() {
        return by
                + switch (side) {
                    case FILES -> " resolved it with files of their own.";
                    case OURS -> " resolved it: where it conflicts, the plan's side counts.";
                    case THEIRS -> " resolved it: where it conflicts, the task's side counts.";
                };
    }
}
