package io.taskweaver.prompts;

/** Facts in the list at the top of a query, one line each. */
enum QueryFact {
    TASK("Task"),
    COMPONENT("Component"),
    OPERATION("Operation"),
    NEW_CLASS("New class"),
    EXPECTED_FILE("Expected file"),
    OUTPUT("Has to exist in the end"),
    COMMAND("Has to succeed in the end"),
    SOURCE("Comes from");

    final String label;

    QueryFact(String label) {
        this.label = label;
    }
}
