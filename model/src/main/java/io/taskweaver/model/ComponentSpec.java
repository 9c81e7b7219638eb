package io.taskweaver.model;

import java.util.List;

/**
 * What is known about a component before it exists.
 *
 * @param node contract node of the plan
 * @param name the component's name, as the documents write it
 * @param description what it is for
 * @param basePackage Java package that its interface goes under
 * @param form what its contract consists of
 * @param operations operations of its interface
 * @param consumers work nodes that use it without implementing it
 */
public record ComponentSpec(
        TaskId node,
        String name,
        String description,
        String basePackage,
        ContractForm form,
        List<Operation> operations,
        List<TaskId> consumers) {
    public ComponentSpec {
        operations = List.copyOf(operations);
        consumers = List.copyOf(consumers);
    }

    /** With a contract of files. */
    public ComponentSpec(
            TaskId node,
            String name,
            String description,
            String basePackage,
            List<Operation> operations,
            List<TaskId> consumers) {
        this(node, name, description, basePackage, ContractForm.FILES, operations, consumers);
    }

    /** The same with other consumers. */
    public ComponentSpec usedBy(List<TaskId> others) {
        return new ComponentSpec(node, name, description, basePackage, form, operations, others);
    }
}
