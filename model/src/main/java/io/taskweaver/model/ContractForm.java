package io.taskweaver.model;

/** What a contract consists of. */
public enum ContractForm {
    /** Files of the code, in Java. */
    FILES,
    /** Text for prompts, in no programming language; none of it becomes a file of the code. */
    TEXT
}
