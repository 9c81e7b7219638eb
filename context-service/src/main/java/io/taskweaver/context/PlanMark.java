package io.taskweaver.context;

import java.time.Instant;

/**
 * What has to be known of a plan besides its contexts.
 *
 * @param at since when
 * @param detail how it ended; of imported contexts, their digest; of an archived plan, that of its archive
 */
record PlanMark(Kind kind, Instant at, String detail) {
    enum Kind {
        /** It completed, or was cancelled. */
        ENDED,
        /** It failed; it may be reopened. */
        FAILED,
        /** Its contexts were imported: no service runs it. */
        IMPORTED,
        /** It is archived: whatever comes of it is late. */
        ARCHIVED
    }

    boolean is(Kind other) {
        return kind == other;
    }
}
