package io.taskweaver.scheduling.planning;

import io.taskweaver.requirements.text.Words;
import io.taskweaver.scheduling.inference.WorkType;
import java.util.List;

/**
 * Estimated durations: a time by the type of work, more for each criterion, for each file beyond the first and for each twenty
 * words of text. Coarse on purpose; what counts is that bigger tasks get more, so that the critical path means something. A run
 * measures how long its agents really take, and dispatches by that.
 */
public final class Estimates {
    static final int CONTRACT_MINUTES = 5;
    static final int CRITERION_MINUTES = 5;
    static final int FILE_MINUTES = 3;
    static final int WORDS_PER_MINUTE = 20;
    static final int MOST_MINUTES = 240;

    /** How an estimate comes about, for readers. */
    public static final String BASIS = "Estimates: documentation " + minutes(WorkType.DOCUMENTATION)
            + " min, set-up and data " + minutes(WorkType.SET_UP) + ", screens " + minutes(WorkType.SCREEN)
            + ", checks of the whole product " + minutes(WorkType.VERIFICATION) + ", other tasks "
            + minutes(WorkType.OTHER) + "; " + CRITERION_MINUTES + " more for each criterion, " + FILE_MINUTES
            + " for each file beyond the first and 1 for each " + WORDS_PER_MINUTE + " words, at most " + MOST_MINUTES
            + "; " + CONTRACT_MINUTES + " a contract.";

    private Estimates() {}

    /** The part of an estimate that the type of work makes. */
    static int minutes(WorkType type) {
        return switch (type) {
            case DOCUMENTATION -> 10;
            case SET_UP, DATA -> 15;
            case SERVICE, INTERFACE, TESTS, DEPLOYMENT, OTHER -> 20;
            case SCREEN -> 25;
            case VERIFICATION -> 30;
        };
    }

    /** @param files number of files that are expected to change */
    static int minutes(WorkType type, String text, List<String> criteria, int files) {
        int words = Words.plain(text).size();
        for (var criterion : criteria) words += Words.plain(criterion).size();
        int minutes = minutes(type)
                + CRITERION_MINUTES * criteria.size()
                + FILE_MINUTES * Math.max(0, files - 1)
                + words / WORDS_PER_MINUTE;
        return Math.min(minutes, MOST_MINUTES);
    }
}
