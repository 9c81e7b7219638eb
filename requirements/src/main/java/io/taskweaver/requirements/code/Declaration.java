package io.taskweaver.requirements.code;

/**
 * One thing that a file declares.
 *
 * @param owner what it is declared in, outer names first with dots between them; empty at the top of a file
 * @param name of a route, its path
 * @param detail the signature in one line; of a constant its literal, of a route its verb in capitals
 * @param open whether other files can use it by the rules of its language
 * @param line first line, counted from 1
 */
public record Declaration(Kind kind, String owner, String name, String detail, boolean open, int line) {
    /** What is declared. */
    public enum Kind {
        /** A class, record, struct, enumeration, object or alias. */
        TYPE,
        /** An interface, trait or annotation. */
        INTERFACE,
        /** A function or method. */
        OPERATION,
        /** A name with a literal number or text. */
        CONSTANT,
        /** A path that is served: an annotation, a decorator or a call that registers it. */
        ROUTE
    }

    public Declaration {
        if (name.isBlank()) throw new IllegalArgumentException("a declaration needs a name");
        if (line < 1) throw new IllegalArgumentException("lines are counted from 1");
    }

    /** Whether it is a type of any kind. */
    public boolean isType() {
        return kind == Kind.TYPE || kind == Kind.INTERFACE;
    }

    /** The name with what it is declared in, e.g. {@code AppointmentBook.book}; of a route, verb and path. */
    public String symbol() {
        if (kind == Kind.ROUTE) return detail.isEmpty() ? name : detail + " " + name;
        return owner.isEmpty() ? name : owner + "." + name;
    }
}
