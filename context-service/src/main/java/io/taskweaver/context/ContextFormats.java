package io.taskweaver.context;

import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.PlanEvent.ContractPublished;
import io.taskweaver.model.event.PlanEvent.PlanCreated;
import io.taskweaver.model.event.PlanEvent.RequirementsSubmitted;
import io.taskweaver.model.event.PlanEvent.TaskCompleted;
import io.taskweaver.model.event.PlanEvent.TaskPlanned;
import io.taskweaver.wire.StateFormat;

/** Formats of the values in the store, in the order of {@link Keys}. */
final class ContextFormats {
    static final StateFormat<Head> HEAD = StateFormat.of(Head.class, "ContextHead");
    static final StateFormat<PlanCreated> CREATED = StateFormat.ofEvent(PlanCreated.class);
    static final StateFormat<CodeBase> CODE = StateFormat.of(CodeBase.class);
    static final StateFormat<TaskPlanned> TASK = StateFormat.ofEvent(TaskPlanned.class);
    static final StateFormat<Settlement> SETTLEMENT = StateFormat.of(Settlement.class);
    static final StateFormat<TaskCompleted> WAITING = StateFormat.ofEvent(TaskCompleted.class);
    static final StateFormat<ContractPublished> CONTRACT = StateFormat.ofEvent(ContractPublished.class);
    static final StateFormat<ContractNode> NODE = StateFormat.of(ContractNode.class);
    static final StateFormat<LineCommit> COMMIT = StateFormat.of(LineCommit.class);
    static final StateFormat<MergedFile> FILE = StateFormat.of(MergedFile.class);

    static final StateFormat<RequirementsSubmitted> SUBMISSION = StateFormat.ofEvent(RequirementsSubmitted.class);
    static final StateFormat<SideTaken> SIDE_TAKEN = StateFormat.of(SideTaken.class);
    static final StateFormat<PlanMark> MARK = StateFormat.of(PlanMark.class);
    static final StateFormat<ContextArrival> ARRIVAL = StateFormat.of(ContextArrival.class);

    private ContextFormats() {}

    /** The node that specifies a component. */
    record ContractNode(TaskId task) {}
}
