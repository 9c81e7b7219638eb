package io.taskweaver.interfaces;

import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.Operation;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent.ComponentSpecified;
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
