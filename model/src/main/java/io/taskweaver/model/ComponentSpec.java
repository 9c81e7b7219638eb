package io.taskweaver.model;

import java.util.List;

/**
 * What is known about a component before it exists.
 *
 * @param node contract node of the plan
 * @param name the component's name, as the documents write it
 * @param description what it is for
 * @param basePackage Java package that its interface goes under
 * @param operations operations of its interface
 * @param consumers work nodes that use it without implementing it
 */
public record ComponentSpec(
        TaskId node,
        String name,
        String description,
        String basePackage,
        List<Operation> operations,
        List<TaskId> consumers) {
    public ComponentSpec {
        operations = List.copyOf(operations);
        consumers = List.copyOf(consumers);
    }
}
