package io.taskweaver.context;

import io.taskweaver.model.event.PlanEvent.CodeObjects;
import java.util.List;
import java.util.Optional;

/** The decision of the rules about an event. */
sealed interface FoldDecision {

    /**
     * The event is accepted.
     *
     * @param writes changes of the state
     * @param objects code to send, before what is announced about it
     * @param announced outcome to announce
     * @param requested batch to have verified
     * @param leftOut paths of a contract that were not changed, because others wrote different content there
     */
    record Accept(
            Writes writes,
            List<CodeObjects> objects,
            Optional<Settlement> announced,
            Optional<MergeQueue.Batch> requested,
            List<String> leftOut)
            implements FoldDecision {
        public Accept {
            objects = List.copyOf(objects);
            leftOut = List.copyOf(leftOut);
        }

        static Accept silently(Writes writes) {
            return of(writes, List.of(), Optional.empty());
        }

        static Accept of(Writes writes, List<CodeObjects> objects, Optional<Settlement> announced) {
            return new Accept(writes, objects, announced, Optional.empty(), List.of());
        }
    }

    /**
     * What is stored is removed, or replaced.
     *
     * @param writes changes of the state
     * @param objects keys of records on the topic code-objects that are removed
     * @param outcome in a word
     */
    record Replace(Writes writes, List<String> objects, String outcome) implements FoldDecision {
        public Replace {
            objects = List.copyOf(objects);
        }
    }

    /** Its plan is unknown. */
    record UnknownPlan() implements FoldDecision {}
}
