package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.analysis.Findings.Candidate;
import io.taskweaver.requirements.document.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the analysis of a document came about.
 *
 * @param tasks what is planned
 * @param context what is set aside
 * @param constraints what binds everything, repetitions included
 */
record AnalysisTrace(
        Findings found,
        List<Candidate> tasks,
        List<Candidate> context,
        List<Statement> constraints,
        Analysis analysis) {

    /** Studies a section with all below it. */
    static AnalysisTrace of(Section root, Optional<String> named) {
        var finder = new RequirementFinder(root);
        finder.walk(root);
        var found = finder.findings;
        var remarks = new ArrayList<ReadingNotice>();
        found.settle(remarks);
        var selection = StatementSelection.of(found, remarks);
        var taken = selection.taken();
        var title = named.or(() -> Titling.of(root));
        if (taken.isEmpty()) taken = Templates.toFillIn(root, title, found, remarks);
        else if (!found.unfilled.isEmpty()) remarks.add(Findings.unfilled(found.unfilled));
        if (!found.questions.isEmpty()) remarks.add(Findings.open(found.questions));
        var constraints = new ArrayList<>(found.constraints);
        var ordered = Orders.applied(Milestones.applied(taken, root, remarks), found.orders, found.groupNeeds);
        var rules = new Rules(ordered, constraints);
        var tasks = Glossary.assign(rules.tasks, found.terms, title);
        var requirements = new ArrayList<Requirement>();
        for (var task : tasks) requirements.addAll(Compounds.parts(task.requirement(), finder.ids));
        var analysis = new Analysis(
                title,
                requirements,
                Statement.distinct(rules.constraints),
                Statement.distinct(found.boundaries),
                found.components,
                found.entities,
                remarks,
                Background.NONE);
        return new AnalysisTrace(found, tasks, selection.context(), rules.binding(), analysis);
    }
}
