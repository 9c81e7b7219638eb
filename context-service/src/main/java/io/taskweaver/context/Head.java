package io.taskweaver.context;

import io.taskweaver.domain.context.ContextDigest;
import io.taskweaver.domain.context.MergedContext;
import io.taskweaver.domain.context.Settlement;
import java.util.List;

/**
 * Where a plan's merged context stands. It is written after the files of its version, so whatever carries a later version
 * than the head is what a crash left half done, and is not there.
 *
 * @param version version of the merged context
 * @param digest its digest
 * @param submitted whether the submission with the code base has been read
 * @param recent settlements that were made with this version; they are stored on their own too, but only here together
 *     with it
 */
record Head(long version, ContextDigest digest, boolean submitted, List<Settlement> recent) {
    /** Of a plan of which nothing is merged. */
    static final Head NEW = new Head(0, ContextDigest.EMPTY, false, List.of());

    Head {
        recent = List.copyOf(recent);
    }

    /** The head after a fold. */
    Head at(MergedContext context, List<Settlement> settled) {
        return new Head(context.version(), context.digest(), submitted, settled);
    }

    /** The head once the submission is read. */
    Head withSubmission(MergedContext context) {
        return new Head(context.version(), context.digest(), true, recent);
    }
}
