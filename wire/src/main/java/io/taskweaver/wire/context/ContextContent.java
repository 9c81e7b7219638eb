package io.taskweaver.wire.context;

import io.taskweaver.model.Contract;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import java.util.List;
import java.util.Optional;

/**
 * All that the context service knows of a plan, except its code: the context at the newest version, and how it came about.
 *
 * @param context of the plan, at its newest version
 * @param versions of the plan's code that have a commit of their own, oldest first
 * @param history each path that tasks or contracts changed, at each version
 * @param contracts each version of each contract
 */
public record ContextContent(
        ContextView context, List<Version> versions, List<FileVersion> history, List<ContractVersion> contracts) {
    public ContextContent {
        versions = List.copyOf(versions);
        history = List.copyOf(history);
        contracts = List.copyOf(contracts);
    }

    /**
     * A version of the plan's code.
     *
     * @param task or contract node that made it; empty for the base
     */
    public record Version(long version, String commit, Optional<TaskId> task) {}

    /**
     * A path at a version.
     *
     * @param entry what it holds; empty if it was deleted
     * @param contributors all tasks and contract nodes whose changes are in it
     */
    public record FileVersion(String path, long version, Optional<FileEntry> entry, List<TaskId> contributors) {
        public FileVersion {
            contributors = List.copyOf(contributors);
        }
    }

    /**
     * A contract.
     *
     * @param version version of the plan's code with which it became known
     */
    public record ContractVersion(TaskId node, long version, Contract contract) {}

    /** Plan that it is of. */
    public PlanId plan() {
        return context.metadata().plan();
    }
}
