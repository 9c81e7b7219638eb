package io.taskweaver.scheduling.inference;

import java.util.List;
import java.util.Locale;

/** What type of work a task is. Those that stand first are decided first. */
public enum WorkType {
    /** Shows that the product as a whole does what it should. */
    VERIFICATION,
    /** Adds tests of a part. */
    TESTS,
    DOCUMENTATION,
    DEPLOYMENT,
    DATA,
    SET_UP,
    SCREEN,
    INTERFACE,
    SERVICE,
    /** What no word tells. */
    OTHER;

    /** The type of a task, by its headings and its title. */
    public static WorkType of(Subject subject) {
        return WorkWords.shipped().typeOf(subject.title(), subject.section());
    }

    /** The types of many tasks, in their order. */
    public static List<WorkType> of(List<Subject> subjects) {
        return WorkWords.shipped().typesOf(subjects);
    }

    /** What it is called in the table of words, and in a sentence. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it makes a part of the product; the others are about parts that were made. */
    public boolean makes() {
        return ordinal() > DEPLOYMENT.ordinal();
    }

    /** How far above the ground it is built: what lies lower is made first. */
    int height() {
        return switch (this) {
            case SET_UP -> 0;
            case DATA -> 1;
            case SERVICE, OTHER -> 2;
            case INTERFACE -> 3;
            case SCREEN -> 4;
            case TESTS, DOCUMENTATION, DEPLOYMENT, VERIFICATION -> 5;
        };
    }
}
