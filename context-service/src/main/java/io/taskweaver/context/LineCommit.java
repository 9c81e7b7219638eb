package io.taskweaver.context;

import io.taskweaver.model.TaskId;
import java.util.Optional;

/**
 * A commit of a plan's line.
 *
 * @param task task or contract node whose change it is; empty for the base, and where an earlier build wrote it
 */
record LineCommit(String commit, Optional<TaskId> task) {}
