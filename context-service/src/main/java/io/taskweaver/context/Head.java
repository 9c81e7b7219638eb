package io.taskweaver.context;

import io.taskweaver.model.BaseCommit;
import java.util.List;
import java.util.Optional;

/**
 * Head of a plan's line of commits. Written after the files of its version, so values with a later version are remains of
 * a crash and are ignored.
 *
 * @param version number of merges; 0 is the code that the plan starts from
 * @param base that code; empty until the submission has been read
 * @param commit head of the line; empty until then
 * @param recent settlements of this version; also stored separately, but only here atomically with it
 * @param queue results that wait
 */
record Head(long version, Optional<BaseCommit> base, String commit, List<Settlement> recent, MergeQueue queue) {
    /** Head of a plan whose submission has not been read. */
    static final Head NEW = new Head(0, Optional.empty(), "", List.of(), MergeQueue.NONE);

    Head {
        recent = List.copyOf(recent);
    }

    /** The head after a merge. */
    Head next(String commit, List<Settlement> settled) {
        return new Head(version + 1, base, commit, settled, queue);
    }

    Head with(MergeQueue changed) {
        return new Head(version, base, commit, recent, changed);
    }

    /** Whether an earlier build wrote it, which kept texts in place of commits. */
    boolean isOfEarlierBuild() {
        return base.isEmpty() && version > 0;
    }
}
