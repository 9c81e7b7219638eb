package io.taskweaver.requirements.analysis;

/** How a text points at something else to be done. */
public sealed interface Reference {
    /** By its id. */
    record Id(String id) implements Reference {}

    /** By the first and last of a range of ids. */
    record Range(String from, String to) implements Reference {}

    /**
     * By its number.
     *
     * @param prefix ids that the noun before the number stands for, e.g. REQ; empty for a number in the same list
     */
    record Ordinal(String prefix, int number) implements Reference {}

    /** By its title, or by a component's name. */
    record Name(String name) implements Reference {}

    /** By a link to where it is stated, which counts unless what is stated in words says the opposite. */
    record Linked(Reference to) implements Reference {}
}
