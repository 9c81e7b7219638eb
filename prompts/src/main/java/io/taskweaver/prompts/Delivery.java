package io.taskweaver.prompts;

/** How an agent hands over what it did. */
public enum Delivery {
    /** In the text of its answer. */
    ANSWER,
    /** As changed files in a folder of its own. */
    FOLDER
}
