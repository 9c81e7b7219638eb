package io.taskweaver.context;

import io.taskweaver.contexts.Settlement;
import java.util.List;
import java.util.Optional;

/** The decision of the rules about an event. */
sealed interface FoldDecision {

    /**
     * The event is accepted.
     *
     * @param writes changes of the state
     * @param announced events to send
     * @param leftOut paths of a contract that were not changed, because others wrote different content there
     */
    record Accept(Writes writes, Optional<Settlement> announced, List<String> leftOut) implements FoldDecision {
        public Accept {
            leftOut = List.copyOf(leftOut);
        }

        static Accept silently(Writes writes) {
            return new Accept(writes, Optional.empty(), List.of());
        }
    }

    /** Its plan is unknown. */
    record UnknownPlan() implements FoldDecision {}
}
