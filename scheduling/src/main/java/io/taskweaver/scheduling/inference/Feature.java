package io.taskweaver.scheduling.inference;

/**
 * What is measured of a pair "one task may need another". "Row" compares with the other candidates of the same task,
 * "column" with the other tasks that may need the same one: deviations from the mean in standard deviations.
 */
public enum Feature {
    /** Share, by weight, of the other's title that the task's title or text says. */
    TITLE_IN_TEXT,
    /** 1 if no other candidate's title occurs more at the beginning of the task. */
    TITLE_IN_HEAD_BEST,
    /** 1 if no other candidate says more of the task's title. */
    TEXT_HAS_TITLE_BEST,
    /** How much of the task's title the other says, against the other candidates. */
    TEXT_HAS_TITLE_ROW,
    /** Cosine of the two titles. */
    TITLES_ALIKE,
    /** The same, against the other tasks. */
    TITLES_ALIKE_COLUMN,
    /** Cosine of title and text of both. */
    TEXTS_ALIKE,
    /** The same, against the other tasks. */
    TEXTS_ALIKE_COLUMN,
    /** 1 for the candidate most alike, 1/2 for the next, and so on. */
    TEXTS_ALIKE_RANK,
    /** Names that the other makes and the task uses, against the other candidates. */
    DEFINITION_ROW,
    /** Word pairs of the other's title that the task says, against the other candidates. */
    PHRASE_ROW,
    /** How much later the task's words place it in a project than the other. */
    PLACE_DISTANCE,
    /** Where the task's words place it among all, 0 first to 1 last. */
    PLACE_RANK,
    /** 1 if the other is the one that its words place first of all. */
    PLACE_FIRST,
    /** Share of the other's title that speaks of setting up. */
    SETUP,
    /** Share of the other's title that speaks of deployment. */
    DEPLOYMENT,
    /** How much the other lies in a higher layer. */
    LAYER_ABOVE,
    /** Logarithm of the ratio of the lengths, other to task. */
    LENGTHS,
    /** Logarithm of the number of tasks, up to 40. */
    SIZE,
    /** Logarithm of the task's place in the list, up to 40. */
    LIST_PLACE,
    /** 1 if the task is the last of the list. */
    LIST_LAST,
    /** 1 if the other stands just before the task. */
    LIST_NEXT,
    /** How alike the two are, if the other stands just before the task. */
    LIST_NEXT_ALIKE,
    /** Share of the task's title that speaks of the whole product, the more the later in the list it stands. */
    WHOLE_LATE,
    /** How much lower the other is built, by the types of both: -1 to 1. */
    TYPE_BELOW,
    /** Weight of what the other's title makes and the task speaks of; less the more make it. */
    MAKES_USED,
    /** 1 if the other sets up what others are built in. */
    TYPE_SET_UP,
    /** 1 if the task documents. */
    TYPE_DOCUMENTS,
    /** The same, the more the later in the list it stands. */
    DOCUMENTS_LATE,
    /** 1 if the task builds a service. */
    TYPE_SERVICE
}
