package io.taskweaver.interfaces;

import io.taskweaver.domain.contract.ComponentNames;
import io.taskweaver.domain.contract.ComponentSpec;
import io.taskweaver.domain.plan.PlanId;

/**
 * A component that a plan asks a contract for.
 *
 * @param eventId id of the event that asks
 */
record Specification(PlanId plan, String eventId, ComponentSpec component) {

    /** What is the same for every specification of this component, however its name is written. */
    String componentName() {
        return ComponentNames.typeName(component.name());
    }

    /** Tells components of all plans apart. */
    String identity() {
        return plan + "/" + componentName();
    }
}
