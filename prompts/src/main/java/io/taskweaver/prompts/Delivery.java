package io.taskweaver.prompts;

/** How an agent delivers its result. */
public enum Delivery {
    /** In the text of its answer. */
    ANSWER,
    /** As changed files in a folder of its own. */
    FOLDER
}
