package io.taskweaver.wire.code;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.model.PlanId;
import java.io.IOException;

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
}
