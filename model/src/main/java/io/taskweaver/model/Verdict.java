package io.taskweaver.model;

/** What the code says about something that is asked for. */
public enum Verdict {
    /** It is there: all that its words name was found together. */
    EXISTS("exists"),
    /** Something of it is there. */
    PARTIAL("partial"),
    /** Nothing of it was found. */
    MISSING("missing"),
    /** The code says something else. */
    CONTRADICTED("contradicted"),
    /** The other way round: code that nothing asks for. */
    UNREQUESTED("unrequested");

    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    /** For a person, and in JSON. */
    public String word() {
        return word;
    }
}
