package io.taskweaver.scheduling.planning;

import io.taskweaver.model.Document;
import io.taskweaver.model.Notice;
import io.taskweaver.model.Plan;
import io.taskweaver.model.Rejection;
import io.taskweaver.model.Ruling;
import io.taskweaver.model.Rulings;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.Submission;
import io.taskweaver.model.effort.LimitExceeded;
import io.taskweaver.requirements.analysis.Analysis;
import io.taskweaver.requirements.analysis.Analyst;
import io.taskweaver.requirements.analysis.ReadingNotice;
import io.taskweaver.requirements.analysis.Requirement;
import io.taskweaver.requirements.analysis.Statement;
import io.taskweaver.requirements.analysis.Structure;
import io.taskweaver.requirements.analysis.StructureReader;
import io.taskweaver.requirements.tasks.TaskCsv;
import io.taskweaver.requirements.tasks.TaskListing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns documents into a plan. The same submission always gives the same plan. Reading is {@link Analyst}'s and
 * {@link StructureReader}'s; here requirements become tasks: brought together, assigned to components, connected, put
 * in order.
 */
public final class Planner {
    /** Most that all documents of a submission may have together, in bytes of UTF-8. */
    public static final int MAX_SUBMISSION_BYTES = 5 * 1024 * 1024;

    static final int MOST_REJECTIONS = 100;
    private static final int MOST_WORDS_IN_PRODUCT = 6;
    private static final Comparator<Rejection> IN_DOCUMENT_ORDER = Comparator.comparing((Rejection rejection) ->
                    rejection.source().map(SourceSpan::path).orElse(""))
            .thenComparing(
                    rejection -> rejection.source().map(SourceSpan::firstLine).orElse(0));

    private Planner() {}

    /** The plan for a submission, or why there can be none, within the limits that hold where nobody sets others. */
    public static Planning plan(Submission submission) {
        return plan(submission, SubmissionLimits.DEFAULT);
    }

    /** The plan for a submission, or why there can be none. */
    public static Planning plan(Submission submission, SubmissionLimits limits) {
        var refused = DocumentCheck.check(submission, limits);
        if (!refused.isEmpty()) return new Planning.Rejected(refused);
        var tally = new LimitCounter(limits);
        try {
            var planning = isList(submission)
                    ? list(submission, tally, found -> {})
                    : documents(submission, tally, found -> {});
            if (planning instanceof Planning.Planned planned) tally.plan(planned.plan());
            return planning;
        } catch (LimitExceeded e) {
            return new Planning.Rejected(List.of(SubmissionLimits.rejection(e)));
        }
    }

    private static boolean isList(Submission submission) {
        return submission.documents().stream().anyMatch(document -> TaskCsv.isTaskList(document.content()));
    }

    /**
     * Needs that may be, but that the plan of a submission does not have: other needs of the task were likelier, or imply
     * them.
     */
    public static List<PossibleNeed> possibleNeeds(Submission submission) {
        var possible = new ArrayList<PossibleNeed>();
        if (!DocumentCheck.check(submission, SubmissionLimits.DEFAULT).isEmpty()) return possible;
        var tally = new LimitCounter(SubmissionLimits.DEFAULT);
        if (isList(submission)) list(submission, tally, found -> possible.addAll(found.get()));
        else documents(submission, tally, found -> possible.addAll(found.get()));
        return possible;
    }

    private static Planning documents(
            Submission submission, LimitCounter tally, Consumer<Supplier<List<PossibleNeed>>> possible) {
        var structure = submission.structure().map(StructureReader::read).orElse(Structure.NONE);
        var analyses = analyses(submission.documents(), submission.rulings(), structure, tally);
        var notices = new ArrayList<Notice>();
        var gathering = RequirementCollection.of(analyses);
        var foundations = SharedFoundations.extract(gathering.items, analyses, structure);
        notices.addAll(ExistingRequirements.mark(gathering.items, submission.findings()));
        if (gathering.items.isEmpty()) return new Planning.Rejected(List.of(noRequirements(submission)));

        var title = title(submission, analyses);
        var catalogue = ComponentAssignment.of(gathering.items, analyses, structure, product(title));
        var shown = title.or(() -> submission.documents().stream()
                        .flatMap(document -> Analyst.titleOfFile(document).stream())
                        .findFirst())
                .orElse("Plan");
        var binding = new ArrayList<>(analyses.stream()
                .flatMap(analysis -> analysis.constraints().stream())
                .toList());
        binding.addAll(structure.builtOn());
        var constraints = distinct(binding);
        var contracts = ContractChoice.of(
                submission.options(),
                () -> ProjectLanguage.of(submission.code())
                        .or(() -> ProjectLanguage.of(submission.documents(), structure, constraints)));
        tally.nodes(gathering.items.size(), contracts.any() ? catalogue.entries.size() : 0);
        var dependencies = Dependencies.of(gathering.items, catalogue, structure, tally);
        foundations.connect(catalogue, dependencies);
        var rejections = new ArrayList<>(gathering.rejections);
        rejections.addAll(dependencies.rejections);
        rejections.addAll(Cycles.in(gathering.items, dependencies));
        if (!rejections.isEmpty()) return new Planning.Rejected(ordered(rejections));

        StoryNeeds.add(gathering.items, dependencies);
        if (!contracts.any()) ResultsForContracts.replace(gathering.items, catalogue, dependencies, tally);
        var unmet = InferredNeeds.add(gathering.items, catalogue, dependencies, contracts.any());
        if (!catalogue.entries.isEmpty()) contracts.notice().ifPresent(notices::addFirst);
        notices.addAll(withoutRequirements(submission.documents(), analyses));
        for (var analysis : analyses) for (var remark : analysis.remarks()) notices.add(notice(remark));
        notices.addAll(gathering.notices);
        notices.addAll(foundations.notices);
        notices.addAll(catalogue.notices);
        notices.addAll(dependencies.notices);
        var passages = TaskPassages.of(gathering.items, analyses);
        var draft = new PlanBuilder(submission, gathering.items, catalogue, dependencies, contracts, passages, tally);
        var boundaries = distinct(analyses.stream().flatMap(Planner::boundaries).toList());
        submission.rulings().ifPresent(rulings -> notices.add(refined(rulings)));
        var plan = draft.build(shown, constraints, boundaries, notices);
        possible.accept(() -> unmet.get().stream()
                .map(need ->
                        new PossibleNeed(draft.id(need.of()), draft.id(need.on()), need.because(), need.confidence()))
                .toList());
        return new Planning.Planned(plan);
    }

    private static Notice refined(Rulings rulings) {
        int statements = rulings.statements().size();
        var which = statements == 0
                ? "."
                : ", whose rulings on " + statements + (statements == 1 ? " statement hold." : " statements hold.");
        return new Notice(
                "refined",
                "The plan was refined by " + rulings.by() + which,
                rulings.statements().stream().findFirst().map(Ruling::at));
    }

    /**
     * What the documents and the structure ask for, brought together as a plan takes it: what has to be known to compare it
     * with code. Lists of tasks ask for nothing.
     *
     * @throws LimitExceeded if it is more than {@link SubmissionLimits#DEFAULT} allow
     */
    public static List<Requirement> requirements(List<Document> documents, Structure structure) {
        if (documents.stream().anyMatch(document -> TaskCsv.isTaskList(document.content()))) return List.of();
        var analyses = analyses(documents, Optional.empty(), structure, new LimitCounter(SubmissionLimits.DEFAULT));
        var items = RequirementCollection.of(analyses).items;
        SharedFoundations.extract(items, analyses, structure);
        return items.stream().map(RequirementCollection.Item::requirement).toList();
    }

    private static List<Analysis> analyses(
            List<Document> documents, Optional<Rulings> rulings, Structure structure, LimitCounter tally) {
        var analyses = new ArrayList<Analysis>();
        int found = 0;
        for (var document : documents) {
            var analysis = Analyst.analyse(
                    document, rulings.map(said -> said.of(document)).orElse(List.of()));
            found += analysis.requirements().size();
            tally.nodes(found, 0);
            analyses.add(analysis);
        }
        structure.requirements().ifPresent(analyses::add);
        return analyses;
    }

    /** A list of tasks is planned as it is, by {@link TaskListPlanner}. */
    private static Planning list(
            Submission submission, LimitCounter tally, Consumer<Supplier<List<PossibleNeed>>> possible) {
        var document = submission.documents().getFirst();
        if (submission.documents().size() > 1)
            return new Planning.Rejected(List.of(new Rejection(
                    "list-beside-documents",
                    "A task list cannot be planned together with other documents.",
                    "Submit only the list, or write its tasks into a document.",
                    Optional.of(new SourceSpan(document.path(), 1, 1)))));
        var listing = TaskCsv.read(document);
        var remarks = new ArrayList<>(listing.remarks());
        submission
                .structure()
                .ifPresent(structure -> remarks.add(new ReadingNotice(
                        "structure-not-read",
                        structure.path() + " was not read: a task list is planned unchanged.",
                        Optional.of(new SourceSpan(structure.path(), 1, 1)))));
        var contracts = ContractChoice.of(
                submission.options(),
                () -> ProjectLanguage.of(submission.code())
                        .or(() -> ProjectLanguage.of(
                                submission.documents(),
                                Structure.NONE,
                                listing.list().constraints())));
        submission
                .rulings()
                .map(Planner::refined)
                .ifPresent(notice -> remarks.add(new ReadingNotice(notice.code(), notice.message(), notice.source())));
        return TaskListPlanner.plan(
                submission.plan(),
                new TaskListing(listing.list(), remarks),
                submission.options(),
                contracts,
                tally,
                possible);
    }

    private static List<Rejection> ordered(List<Rejection> rejections) {
        return rejections.stream()
                .sorted(IN_DOCUMENT_ORDER)
                .limit(MOST_REJECTIONS)
                .toList();
    }

    private static Rejection noRequirements(Submission submission) {
        var names = submission.documents().stream().map(Document::path).collect(Collectors.joining(", "));
        var first = submission.documents().isEmpty()
                ? submission.structure()
                : submission.documents().stream().findFirst();
        return new Rejection(
                "no-requirements",
                (names.isEmpty() ? "STRUCTURE.md" : names) + " contains no requirement.",
                "Write requirements in one of these shapes: a list ('- Users can sign in'), a task list ('- [ ] Sign"
                        + " in'), ids ('- **FR-001**: The system shall ...'), a table with a column 'ID', a heading with"
                        + " acceptance criteria, or sentences with 'shall' or 'must'. Text below headings such as"
                        + " 'Glossary' or 'Non-goals' does not count.",
                first.map(document -> new SourceSpan(document.path(), 1, 1)));
    }

    /** Documents that add nothing are named, so that nobody believes that they were planned. */
    private static List<Notice> withoutRequirements(List<Document> documents, List<Analysis> analyses) {
        var notices = new ArrayList<Notice>();
        for (int i = 0; i < documents.size(); i++) {
            if (analyses.get(i).requirements().isEmpty())
                notices.add(new Notice(
                        "document-without-requirements",
                        documents.get(i).path() + " contains no requirement and adds no task.",
                        Optional.of(new SourceSpan(documents.get(i).path(), 1, 1))));
        }
        return notices;
    }

    /** What the user or a document calls what is planned. */
    private static Optional<String> title(Submission submission, List<Analysis> analyses) {
        return submission
                .options()
                .title()
                .filter(title -> !title.isBlank())
                .or(() -> analyses.stream()
                        .flatMap(analysis -> analysis.title().stream())
                        .findFirst());
    }

    /** What the product is called where a requirement belongs to no part of it; never by the name of a file. */
    private static String product(Optional<String> title) {
        var words = title.orElse("Application").strip().split("\\s+");
        return String.join(" ", List.of(words).subList(0, Math.min(words.length, MOST_WORDS_IN_PRODUCT)));
    }

    /** What an analysis rules out or takes for granted, which its words say. */
    private static Stream<Statement> boundaries(Analysis analysis) {
        return analysis.boundaries().stream()
                .map(boundary -> analysis.background().isAssumed(boundary.at().firstLine())
                        ? new Statement(Plan.ASSUMED + boundary.text(), boundary.at())
                        : boundary);
    }

    private static List<String> distinct(List<Statement> statements) {
        var texts = new LinkedHashSet<String>();
        statements.forEach(statement -> texts.add(statement.text()));
        return List.copyOf(texts);
    }

    static Notice notice(ReadingNotice remark) {
        return new Notice(remark.code(), remark.message(), remark.at());
    }
}
