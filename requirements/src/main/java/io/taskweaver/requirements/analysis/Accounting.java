package io.taskweaver.requirements.analysis;

import io.taskweaver.model.Ruling;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.analysis.Findings.Candidate;
import io.taskweaver.requirements.analysis.Findings.Note;
import io.taskweaver.requirements.document.LineShape;
import io.taskweaver.requirements.document.Outline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Draws up the account of a document's lines: first what each looks like, then why nothing is made of it, then what was
 * made of it, so that the last word is what counts.
 */
final class Accounting {
    private static final int LONGEST_NAME = 80;

    private final Outline outline;
    private final LineUse[] uses;
    private final String[] what;
    private final LineRules[] rules;

    Accounting(Outline outline) {
        this.outline = outline;
        int lines = outline.lines();
        uses = new LineUse[lines];
        what = new String[lines];
        rules = new LineRules[lines];
        Arrays.fill(what, "");
        for (int i = 0; i < lines; i++) shape(i);
    }

    private void shape(int line) {
        uses[line] = switch (outline.shapes().get(line)) {
            case BLANK -> LineUse.BLANK;
            case HEADING -> LineUse.HEADING;
            case CODE -> LineUse.CODE;
            case TABLE -> LineUse.TABLE;
            case FRONT_MATTER -> LineUse.FRONT_MATTER;
            case TEXT, GUIDANCE, MARKUP -> LineUse.PROSE;
        };
        rules[line] = switch (outline.shapes().get(line)) {
            case TEXT -> LineRules.ignored(IgnoredLines.NO_DEMAND);
            case GUIDANCE -> LineRules.ignored(IgnoredLines.GUIDANCE);
            case MARKUP -> LineRules.ignored(IgnoredLines.MARKUP);
            case BLANK, HEADING, CODE, TABLE, FRONT_MATTER -> LineRules.shape(uses[line]);
        };
    }

    /** Enters what a study made of the lines. */
    Accounting study(AnalysisTrace study) {
        for (var passed : study.found().passed) pass(passed.at(), passed.words());
        for (var placeholder : study.found().unfilled) pass(placeholder.at(), IgnoredLines.PLACEHOLDER);
        for (var aside : study.context())
            for (var trace : aside.traces()) if (trace.use() == LineUse.TASK) pass(trace.at(), IgnoredLines.SET_ASIDE);
        for (var part : study.found().named) use(part.at(), LineUse.COMPONENT, part.words(), LineRules.component());
        for (var constraint : study.constraints())
            use(constraint.at(), LineUse.CONSTRAINT, constraint.text(), LineRules.constraint(constraint.text()));
        for (var boundary : study.found().boundaries)
            use(boundary.at(), LineUse.BOUNDARY, boundary.text(), LineRules.boundary());
        for (var task : study.tasks()) task(task);
        return this;
    }

    /** Enters why lines of statements are what an agent says. */
    Accounting ruled(List<Ruling> rulings) {
        for (var ruling : rulings)
            for (int i = first(ruling.at()); i <= last(ruling.at()); i++)
                if (uses[i] != LineUse.BLANK) rules[i] = LineRules.ruled(ruling);
        return this;
    }

    /** Enters lines that name components or say what uses what. */
    Accounting structure(List<Note> components, List<Note> dependencies) {
        for (var part : components) use(part.at(), LineUse.COMPONENT, part.words(), LineRules.component());
        for (var edge : dependencies)
            use(edge.at(), LineUse.DEPENDENCY, edge.words(), new LineRules("says what uses what", Sureness.CERTAIN));
        return this;
    }

    private void task(Candidate task) {
        var requirement = task.requirement();
        var name = requirement.id().orElse(requirement.title());
        for (var trace : task.traces()) {
            var use = trace.use() == LineUse.TASK && requirement.done() ? LineUse.DONE_TASK : trace.use();
            use(trace.at(), use, name, LineRules.of(task, use));
        }
    }

    /** Gives lines of text, and of tables of which nothing is made, a reason. */
    private void pass(SourceSpan at, String reason) {
        for (int i = first(at); i <= last(at); i++) {
            boolean plain = outline.shapes().get(i) == LineShape.TEXT
                    || outline.shapes().get(i) == LineShape.TABLE;
            if (!plain) continue;
            uses[i] = outline.shapes().get(i) == LineShape.TABLE ? LineUse.TABLE : LineUse.PROSE;
            rules[i] = LineRules.ignored(reason);
        }
    }

    private void use(SourceSpan at, LineUse use, String name, LineRules rule) {
        for (int i = first(at); i <= last(at); i++) {
            if (uses[i] == LineUse.BLANK) continue;
            uses[i] = use;
            what[i] = shortened(name);
            rules[i] = rule;
        }
    }

    private int first(SourceSpan at) {
        return Math.min(at.firstLine(), uses.length) - 1;
    }

    private int last(SourceSpan at) {
        return Math.min(at.lastLine(), uses.length) - 1;
    }

    private static String shortened(String name) {
        if (name.length() <= LONGEST_NAME) return name;
        int end = Character.isHighSurrogate(name.charAt(LONGEST_NAME - 2)) ? LONGEST_NAME - 2 : LONGEST_NAME - 1;
        return name.substring(0, end) + "…";
    }

    /** The account as it stands. */
    LineAccount account() {
        var lines = new ArrayList<LineAccount.Line>(uses.length);
        for (int i = 0; i < uses.length; i++)
            lines.add(new LineAccount.Line(i + 1, uses[i], what[i], rules[i].words(), rules[i].sureness()));
        return new LineAccount(outline.path(), lines);
    }
}
