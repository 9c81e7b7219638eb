package io.taskweaver.interfaces;

import io.taskweaver.domain.contract.ComponentSpec;
import io.taskweaver.domain.contract.Operation;
import io.taskweaver.domain.event.Meta;
import io.taskweaver.domain.event.PlanEvent.ComponentSpecified;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.TaskId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Specifications to test with. */
final class Samples {
    private Samples() {}

    static ComponentSpecified asking(ComponentSpec component) {
        return askingIn("plan-1", component);
    }

    static ComponentSpecified askingIn(String plan, ComponentSpec component) {
        var meta = new Meta("event-1", new PlanId(plan), Instant.EPOCH, Optional.empty());
        return new ComponentSpecified(meta, component);
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
