package io.taskweaver.interfaces;

import io.taskweaver.domain.contract.ComponentSpec;
import io.taskweaver.domain.contract.Operation;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.TaskId;
import java.util.Arrays;
import java.util.List;

/** Specifications to test with. */
final class Samples {
    private Samples() {}

    static Specification asking(ComponentSpec component) {
        return new Specification(new PlanId("plan-1"), "event-1", component);
    }

    static ComponentSpec component(String name, String... operations) {
        return new ComponentSpec(
                new TaskId("contract-1"),
                name,
                "What it is for.",
                "com.acme",
                Arrays.stream(operations)
                        .map(each -> new Operation(each, "Does " + each + ".", new TaskId("task-1")))
                        .toList(),
                List.of());
    }
}
