package io.taskweaver.context;

import io.taskweaver.contexts.ContextDigest;
import io.taskweaver.contexts.MergedContext;
import io.taskweaver.contexts.Settlement;
import java.util.List;

/**
 * Current version of a plan's merged context. Written after the files of its version, so values with a later version
 * are remains of a crash and are ignored.
 *
 * @param version version of the merged context
 * @param digest its digest
 * @param submitted whether the submission with the code base has been read
 * @param recent settlements of this version; also stored separately, but only here atomically with it
 */
record Head(long version, ContextDigest digest, boolean submitted, List<Settlement> recent) {
    /** Head of a plan without merged results. */
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
