package io.taskweaver.requirements.analysis;

/** What became of a line of a document. */
public enum LineUse {
    /** States a task. */
    TASK,
    /** States a task that the document says is done. */
    DONE_TASK,
    /** Describes a task further. */
    DETAIL,
    /** Says what has to hold when a task is done. */
    CRITERION,
    /** Says what a task or component waits for or uses. */
    DEPENDENCY,
    /** Binds everything. */
    CONSTRAINT,
    /** Says what is not to be done, or is taken for granted. */
    BOUNDARY,
    /** Names a part of the product. */
    COMPONENT,
    HEADING,
    FRONT_MATTER,
    /** Code, a tree or a drawing that belongs to no task. */
    CODE,
    /** The header of a table, or the line below it. */
    TABLE,
    /** Unused text, with a reason. */
    PROSE,
    BLANK
}
