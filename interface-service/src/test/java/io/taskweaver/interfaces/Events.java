package io.taskweaver.interfaces;

import io.taskweaver.events.ComponentSpecified;
import io.taskweaver.events.EventMeta;
import io.taskweaver.events.Operation;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Events as other services write them. */
final class Events {
    private Events() {}

    static ComponentSpecified specified(String plan, String component, String... operations) {
        return specifiedIn("com.acme", plan, component, operations);
    }

    static ComponentSpecified specifiedIn(String basePackage, String plan, String component, String... operations) {
        return ComponentSpecified.newBuilder()
                .setMeta(EventMeta.newBuilder()
                        .setEventId(UUID.randomUUID().toString())
                        .setPlanId(plan)
                        .setOccurredAt(Instant.ofEpochMilli(0))
                        .build())
                .setTaskId("contract-1")
                .setComponent(component)
                .setDescription("What it is for.")
                .setBasePackage(basePackage)
                .setOperations(Arrays.stream(operations)
                        .map(name -> Operation.newBuilder()
                                .setName(name)
                                .setDescription("Does " + name + ".")
                                .setTaskId("task-1")
                                .build())
                        .toList())
                .setConsumers(List.of())
                .build();
    }
}
