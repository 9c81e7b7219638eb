package io.taskweaver.model.event;

/** What printed an output. */
public enum OutputSource {
    /** The coding agent. */
    AGENT("agent"),
    /** The plan's command that verifies code. */
    VERIFICATION("verification");

    private final String word;

    OutputSource(String word) {
        this.word = word;
    }

    /** For a person. */
    public String word() {
        return word;
    }
}
