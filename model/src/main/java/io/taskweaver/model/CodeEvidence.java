package io.taskweaver.model;

/**
 * A place in the code that a verdict rests on.
 *
 * @param line counted from 1; 0 stands for the whole file
 * @param symbol what is declared there; may be empty
 */
public record CodeEvidence(String path, int line, String symbol) {
    public CodeEvidence {
        if (path.isBlank()) throw new IllegalArgumentException("evidence needs a path");
        if (line < 0) throw new IllegalArgumentException("lines are counted from 1");
    }

    /** E.g. {@code AppointmentBook.book (src/AppointmentBook.java:31)}. */
    @Override
    public String toString() {
        var place = line == 0 ? path : path + ":" + line;
        return symbol.isEmpty() ? place : symbol + " (" + place + ")";
    }
}
