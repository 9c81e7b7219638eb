package io.taskweaver.requirements.analysis;

import io.taskweaver.model.Ruling;
import io.taskweaver.requirements.analysis.Findings.Candidate;
import io.taskweaver.requirements.analysis.Findings.Tier;

/** By which rule a line was taken for what it is, in words for the writer of the document, and how sure that is. */
record LineRules(String words, Sureness sureness) {
    private static final LineRules PART = new LineRules("belongs to the task above it", Sureness.LIKELY);

    /** The rule for a line of a task. */
    static LineRules of(Candidate task, LineUse use) {
        return switch (use) {
            case CRITERION -> new LineRules("says what has to hold when the task is done", Sureness.LIKELY);
            case DEPENDENCY -> new LineRules("names what the task waits for", Sureness.CERTAIN);
            case TASK, DONE_TASK -> stated(task);
            default -> PART;
        };
    }

    /** As sure as it was chosen by. */
    private static LineRules stated(Candidate task) {
        double sure = StatementSelection.sureness(task);
        var sureness =
                sure >= 0.9 ? Sureness.CERTAIN : sure >= StatementSelection.LIKELY ? Sureness.LIKELY : Sureness.UNSURE;
        return new LineRules(rule(task), sureness);
    }

    /** The rule for what an agent was asked about. */
    static LineRules ruled(Ruling ruling) {
        return new LineRules("is that by an agent's ruling: " + ruling.because(), Sureness.LIKELY);
    }

    private static String rule(Candidate task) {
        var requirement = task.requirement();
        if (requirement.id().isPresent()) return "has an id";
        if (task.boxed()) return "has a box";
        if (Titles.isStory(requirement.text())) return "is a user story";
        if (task.tier() == Tier.STATED) return "stands in a section of requirements";
        if (task.tier() == Tier.STEP) return "is a step of a list of steps";
        if (task.role() == Role.FEATURE) return "stands among features";
        return Modality.demands(requirement.text()) ? "demands something" : "is listed where nothing says otherwise";
    }

    /** The rule for what binds all tasks. */
    static LineRules constraint(String text) {
        return Modality.forbids(text)
                ? new LineRules("forbids something", Sureness.CERTAIN)
                : new LineRules("holds for all tasks by its section or its words", Sureness.LIKELY);
    }

    static LineRules boundary() {
        return new LineRules("is not to be done by its section, its mark or its words", Sureness.LIKELY);
    }

    static LineRules component() {
        return new LineRules("is in a list of parts of the product", Sureness.LIKELY);
    }

    /** The rule for a line by its shape alone. */
    static LineRules shape(LineUse use) {
        var words = switch (use) {
            case HEADING -> "is a heading";
            case FRONT_MATTER -> "is front matter";
            case CODE -> "is code that belongs to no task";
            case TABLE -> "is the frame of a table";
            default -> "";
        };
        return new LineRules(words, Sureness.CERTAIN);
    }

    /** The rule for a line of which nothing is made. */
    static LineRules ignored(String reason) {
        boolean marked = switch (reason) {
            case IgnoredLines.LABEL,
                    IgnoredLines.STRUCK,
                    IgnoredLines.PLACEHOLDER,
                    IgnoredLines.GUIDANCE,
                    IgnoredLines.MARKUP -> true;
            default -> false;
        };
        if (marked) return new LineRules(reason, Sureness.CERTAIN);
        boolean aside = reason.startsWith(IgnoredLines.ASIDE);
        return new LineRules(reason, aside ? Sureness.UNSURE : Sureness.LIKELY);
    }
}
