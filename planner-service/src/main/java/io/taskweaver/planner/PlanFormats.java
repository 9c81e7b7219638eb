package io.taskweaver.planner;

import io.taskweaver.model.event.PlanEvent.ComponentSpecified;
import io.taskweaver.model.event.PlanEvent.MergeConflicted;
import io.taskweaver.model.event.PlanEvent.PlanCommand;
import io.taskweaver.model.event.PlanEvent.PlanCreated;
import io.taskweaver.model.event.PlanEvent.RequirementsSubmitted;
import io.taskweaver.model.event.PlanEvent.TaskPlanned;
import io.taskweaver.scheduling.dispatch.TaskState;
import io.taskweaver.wire.StateFormat;
import io.taskweaver.wire.TraceContext;

/** Formats of the values in the store, in the order of {@link StoredPlans}' keys. */
final class PlanFormats {
    static final StateFormat<PlanHead> HEAD = StateFormat.of(PlanHead.class);
    static final StateFormat<RequirementsSubmitted> SUBMITTED = StateFormat.ofEvent(RequirementsSubmitted.class);
    static final StateFormat<PlanCommand> COMMAND = StateFormat.ofEvent(PlanCommand.class);
    static final StateFormat<PlanCreated> CREATED = StateFormat.ofEvent(PlanCreated.class);
    static final StateFormat<TraceContext> TRACE = StateFormat.of(TraceContext.class, "PlanTrace");
    static final StateFormat<TaskPlanned> NODE = StateFormat.ofEvent(TaskPlanned.class);
    static final StateFormat<ComponentSpecified> COMPONENT = StateFormat.ofEvent(ComponentSpecified.class);
    static final StateFormat<MergeConflicted> CONFLICT = StateFormat.ofEvent(MergeConflicted.class);
    static final StateFormat<TaskState> STATE = StateFormat.of(TaskState.class);

    private PlanFormats() {}
}
