package io.taskweaver.scheduling.replan;

/**
 * A field of a task that is not what it was.
 *
 * @param before its value as text; lists have a line for each entry
 */
public record FieldChange(Field field, String before, String after) {

    /** What a task is compared by. Where it stands in its document is not. */
    public enum Field {
        ID(false),
        TITLE(true),
        DESCRIPTION(true),
        CRITERIA(true),
        COMPONENT(true),
        OPERATION(true),
        PRIORITY(false),
        ESTIMATE(false),
        PHASE(false),
        FILES(false),
        CHECKS(true),
        TAGS(false),
        DONE(false);

        private final boolean work;

        Field(boolean work) {
            this.work = work;
        }

        /** Whether a change of it asks for other work, so that a finished task has to be done again. */
        public boolean asksForWork() {
            return work;
        }

        /** The name in words, lower case. */
        public String words() {
            return this == CRITERIA ? "acceptance criteria" : name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
