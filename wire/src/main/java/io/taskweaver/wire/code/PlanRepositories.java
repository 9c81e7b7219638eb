package io.taskweaver.wire.code;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.model.PlanId;
import java.io.IOException;
import java.util.List;

/** The repositories of plans' code. */
public interface PlanRepositories {
    /** The repository of a plan. */
    CodeRepository of(PlanId plan) throws IOException;

    /**
     * Waits until a commit is here.
     *
     * @return whether it is; false if it is nowhere
     */
    boolean await(PlanId plan, String commit) throws IOException, InterruptedException;

    /** Keys of the records on the topic code-objects that hold the plan's code, as they are there now. */
    List<String> records(PlanId plan) throws InterruptedException;
}
