package io.taskweaver.planner;

import io.taskweaver.wire.TraceContext;
import java.util.Optional;

/**
 * Cause of a decision.
 *
 * @param eventId empty for punctuation
 * @param trace its trace
 * @param mayBeRepeated whether it may have been processed before
 */
record Cause(Optional<String> eventId, Optional<TraceContext> trace, boolean mayBeRepeated) {}
