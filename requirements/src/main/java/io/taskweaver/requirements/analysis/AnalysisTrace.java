package io.taskweaver.requirements.analysis;

import io.taskweaver.model.Ruling;
import io.taskweaver.requirements.analysis.Findings.Candidate;
import io.taskweaver.requirements.document.Link;
import io.taskweaver.requirements.document.Outline;
import io.taskweaver.requirements.document.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

    /**
     * Studies all that a document says.
     *
     * @param rulings what an agent says of statements that are unsure
     */
    static AnalysisTrace of(Outline outline, List<Ruling> rulings) {
        return of(outline.root(), outline.title(), outline.links(), rulings);
    }

    /** Studies a section with all below it. */
    static AnalysisTrace of(Section root) {
        return of(root, Optional.empty(), List.of(), List.of());
    }

    private static AnalysisTrace of(Section root, Optional<String> named, List<Link> links, List<Ruling> rulings) {
        var finder = new RequirementFinder(root);
        finder.walk(root);
        var found = finder.findings;
        var remarks = new ArrayList<ReadingNotice>();
        found.settle(remarks);
        found.fold(remarks);
        var selection = RuledStatements.applied(StatementSelection.of(found, remarks), rulings, found);
        var taken = selection.taken();
        var title = named.or(() -> Titling.of(root));
        if (taken.isEmpty()) taken = Templates.toFillIn(root, title, found, remarks);
        else if (!found.unfilled.isEmpty()) remarks.add(Findings.unfilled(found.unfilled));
        if (!taken.isEmpty() && !found.onlyDescribed.isEmpty()) remarks.add(Findings.described(found.onlyDescribed));
        if (!found.questions.isEmpty()) remarks.add(Findings.open(found.questions));
        var constraints = new ArrayList<>(found.constraints);
        var ordered = Orders.applied(Milestones.applied(taken, root, remarks), found.orders, found.groupNeeds);
        var rules = new Rules(Links.applied(ordered, links), constraints);
        var tasks = Glossary.assign(rules.tasks, found.terms, title);
        var requirements = new ArrayList<Requirement>();
        for (var task : tasks)
            for (var part : Compounds.parts(task.requirement(), finder.ids))
                requirements.add(aboutProduct(part, title));
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

    /** Of a product that the document is called after, titles need not say that it is it that must do something. */
    private static Requirement aboutProduct(Requirement requirement, Optional<String> product) {
        var title = product.map(name -> Titles.withoutSubject(requirement.title(), name))
                .orElse(requirement.title());
        return title.equals(requirement.title())
                ? requirement
                : requirement.toBuilder().title(title).build();
    }

    /** The statements of which the rules cannot tell whether they ask for work, in document order. */
    List<UnsureStatement> unsure() {
        return Stream.concat(
                        tasks.stream().map(candidate -> unsure(candidate, true)),
                        context.stream().map(candidate -> unsure(candidate, false)))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingInt(statement -> statement.at().firstLine()))
                .toList();
    }

    private static Optional<UnsureStatement> unsure(Candidate candidate, boolean planned) {
        if (!StatementSelection.isUnsure(candidate)) return Optional.empty();
        var requirement = candidate.requirement();
        return Optional.of(new UnsureStatement(
                requirement.at(),
                requirement.title(),
                requirement.section(),
                planned,
                StatementSelection.sureness(candidate),
                planned ? LineRules.of(candidate, LineUse.TASK).words() : IgnoredLines.SET_ASIDE));
    }
}
