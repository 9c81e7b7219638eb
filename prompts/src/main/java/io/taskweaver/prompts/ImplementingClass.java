package io.taskweaver.prompts;

import io.taskweaver.model.Contract;
import java.util.Optional;

/**
 * The class that a task on one operation of a component writes. Each task of a component has a class of its own, so
 * that tasks that run at the same time do not meet in a file, and any set of them compiles.
 *
 * @param path path of its source file
 * @param name simple name of the class
 * @param interfaceName simple name of the interface that it implements
 */
record ImplementingClass(String path, String name, String interfaceName) {
    private static final String JAVA = ".java";

    static Optional<ImplementingClass> of(String operation, Contract contract) {
        return contract.files().stream()
                .filter(artifact -> artifact.kind() == Contract.Kind.INTERFACE)
                .map(Contract.Artifact::path)
                .filter(path -> path.endsWith(JAVA))
                .findFirst()
                .map(path -> of(operation, path));
    }

    private static ImplementingClass of(String operation, String path) {
        int slash = path.lastIndexOf('/') + 1;
        String type = path.substring(slash, path.length() - JAVA.length());
        int first = Character.charCount(operation.codePointAt(0));
        String name = Character.toString(Character.toUpperCase(operation.codePointAt(0)))
                + operation.substring(first)
                + "In"
                + type;
        return new ImplementingClass(path.substring(0, slash) + name + JAVA, name, type);
    }
}
