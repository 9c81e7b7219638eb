package io.taskweaver.model;

/** How the contracts of a plan are given. */
public enum ContractMode {
    /** As files if the project is written in Java or nothing of it is known, else as text. */
    AUTO,
    /** As files of the code, which are Java. */
    FILES,
    /** As text in the prompts of the tasks that need them. */
    TEXT,
    /** Not at all: who would need a contract waits for the results of the tasks behind it. */
    NONE
}
