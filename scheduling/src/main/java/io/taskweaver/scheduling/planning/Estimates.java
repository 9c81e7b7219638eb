package io.taskweaver.scheduling.planning;

import io.taskweaver.requirements.analysis.Requirement;
import io.taskweaver.requirements.text.Words;
import java.util.List;

/**
 * Estimated durations: a fixed time, more for each criterion and for each twenty words of text. Coarse on purpose; what
 * counts is that bigger requirements get more, so that the critical path means something.
 */
public final class Estimates {
    static final int CONTRACT_MINUTES = 5;
    static final int WORK_MINUTES = 20;
    static final int CRITERION_MINUTES = 5;
    static final int WORDS_PER_MINUTE = 20;
    static final int MOST_MINUTES = 240;

    /** How an estimate comes about, for readers. */
    public static final String BASIS = "Estimates: " + WORK_MINUTES + " min a task, " + CRITERION_MINUTES
            + " more for each criterion and 1 for each " + WORDS_PER_MINUTE + " words, at most " + MOST_MINUTES + "; "
            + CONTRACT_MINUTES + " a contract.";

    private Estimates() {}

    static int minutes(Requirement requirement) {
        return minutes(requirement.text(), requirement.criteria());
    }

    static int minutes(String text, List<String> criteria) {
        int words = Words.plain(text).size();
        for (var criterion : criteria) words += Words.plain(criterion).size();
        int minutes = WORK_MINUTES + CRITERION_MINUTES * criteria.size() + words / WORDS_PER_MINUTE;
        return Math.min(minutes, MOST_MINUTES);
    }
}
