package io.taskweaver.prompts;

/** Sections of a query that mean something to a program; {@link QueryWriter} writes them and {@link QueryReader} finds them by title. */
enum QuerySection {
    WORK("What to do, and why"),
    CRITERIA("What has to hold when it is done"),
    IMPLEMENTED("The contract that you implement"),
    CALLABLE("Contracts that you may call"),
    CONFLICTS("Conflicts to bring together"),
    FILES("Files at hand");

    static final String ANCESTOR = "Common ancestor";
    static final String CURRENT = "Current text";
    static final String PROPOSED = "Proposed text";

    final String title;

    QuerySection(String title) {
        this.title = title;
    }
}
