package io.taskweaver.scheduling.inference;

/**
 * A need that nobody stated.
 *
 * @param of index of the subject that needs
 * @param on index of the subject that is needed
 * @param basis what speaks for it most
 * @param because the same in words, for a person
 * @param confidence how likely it is right, 0 to 1; of many with 0.8, about eight in ten are
 */
public record Inferred(int of, int on, Basis basis, String because, double confidence) {
    /** What speaks for a need. */
    public enum Basis {
        /** One makes what the other uses by its name. */
        DEFINITION,
        /** Both touch a file. */
        FILE,
        /** One says what the other is called. */
        WORDS,
        /** Work of this kind builds on work of that kind. */
        LAYER,
        /** Work about the whole comes after what the whole is made of. */
        WHOLE,
        /** Nothing but the place in the list. */
        ORDER
    }

    public Inferred {
        if (confidence < 0 || confidence > 1) throw new IllegalArgumentException("confidence: " + confidence);
    }
}
