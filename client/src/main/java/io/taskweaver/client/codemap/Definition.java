package io.taskweaver.client.codemap;

import java.util.Optional;

/**
 * A definition as it was found in a tree, positions in bytes.
 *
 * @param nameStart where its name begins
 * @param headEnd where its body begins, or its end
 * @param receiver type that a function of Go belongs to; else empty
 * @param exported whether a keyword exports it
 * @param ofTrait whether it implements a trait of Rust
 * @param parent what it stands in
 */
record Definition(
        Form form,
        String name,
        int start,
        int end,
        int nameStart,
        int headEnd,
        String value,
        String receiver,
        boolean exported,
        boolean ofTrait,
        int line,
        Optional<Definition> parent) {
    /** What a query says that it is. */
    enum Form {
        TYPE,
        INTERFACE,
        OPERATION,
        /** A function that is assigned to a member of what a file exports. */
        ASSIGNED,
        CONSTANT,
        /** What others stand in without being a declaration: an implementation, a companion, a namespace. */
        SCOPE
    }

    boolean within(Form outer) {
        return parent.isPresent() && parent.get().form() == outer;
    }

    boolean withinTraitImplementation() {
        return parent.isPresent() && parent.get().ofTrait();
    }

    /** Whether it stands in a function, where nobody else can use it. */
    boolean isLocal() {
        return parent.isPresent()
                && (parent.get().form() == Form.OPERATION
                        || parent.get().form() == Form.ASSIGNED
                        || parent.get().isLocal());
    }

    /** The same, standing in another one, and exported if that is said here or already. */
    Definition in(Optional<Definition> outer, boolean marked) {
        return new Definition(
                form, name, start, end, nameStart, headEnd, value, receiver, exported || marked, ofTrait, line, outer);
    }

    /** Names of what it stands in, outer ones first. */
    String owner() {
        if (!receiver.isEmpty()) return receiver;
        if (parent.isEmpty()) return "";
        var outer = parent.get();
        var above = outer.owner();
        if (outer.name().isEmpty()) return above;
        return above.isEmpty() ? outer.name() : above + "." + outer.name();
    }
}
