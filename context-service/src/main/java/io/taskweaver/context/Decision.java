package io.taskweaver.context;

import io.taskweaver.domain.context.Settlement;
import java.util.List;
import java.util.Optional;

/** What the rules make of an event. */
sealed interface Decision {

    /**
     * It is taken in.
     *
     * @param writes changes of the state
     * @param announced what to tell the others
     * @param leftOut paths of a contract that stayed as they were, because others wrote something else there
     */
    record Accept(Writes writes, Optional<Settlement> announced, List<String> leftOut) implements Decision {
        public Accept {
            leftOut = List.copyOf(leftOut);
        }

        static Accept silently(Writes writes) {
            return new Accept(writes, Optional.empty(), List.of());
        }
    }

    /** Nothing was ever heard of its plan. */
    record UnknownPlan() implements Decision {}
}
