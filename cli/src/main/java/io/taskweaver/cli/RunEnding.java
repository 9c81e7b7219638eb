package io.taskweaver.cli;

import io.taskweaver.model.Rejection;
import io.taskweaver.model.event.PlanEvent;
import java.util.List;

/** How following a plan ended. */
sealed interface RunEnding {
    /** The plan is closed; its view says how. */
    record Closed(boolean wasClosedBefore) implements RunEnding {}

    /** The planner refused it, although planning here did not. */
    record Refused(List<Rejection> rejections) implements RunEnding {
        public Refused {
            rejections = List.copyOf(rejections);
        }
    }

    /** The agent refused the credentials, or no budget is left: the plan is paused. */
    record Halted(PlanEvent.TaskFailed failure) implements RunEnding {}

    /** A limit of the plan is reached: it is paused, and none of its attempts runs. */
    record UsedUp(String reason) implements RunEnding {}

    /** All that is left waits for a person, and the run was not to wait for that. */
    record WaitsForPerson() implements RunEnding {}

    /** No executor can use the agent. */
    record NoSuchAgent(String agent, List<String> offered) implements RunEnding {
        public NoSuchAgent {
            offered = List.copyOf(offered);
        }
    }

    /**
     * Somebody pressed Ctrl-C.
     *
     * @param historyRead whether the view contains all events until then
     */
    record Interrupted(boolean historyRead) implements RunEnding {}

    /** The topics know no plan of that id. */
    record Unknown() implements RunEnding {}

    /** The runtime's process is gone. */
    record RuntimeDied() implements RunEnding {}
}
