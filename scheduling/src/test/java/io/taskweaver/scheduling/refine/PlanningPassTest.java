package io.taskweaver.scheduling.refine;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import io.taskweaver.model.Need;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanChange;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Ruling;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.Submission;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.requirements.analysis.Analyst;
import io.taskweaver.requirements.analysis.LineUse;
import io.taskweaver.scheduling.planning.Planner;
import io.taskweaver.scheduling.planning.Planning;
import io.taskweaver.scheduling.planning.SubmissionLimits;
import io.taskweaver.scheduling.refine.PlanningPass.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanningPassTest {
    private static final String PATH = "shop.md";
    private static final Submission SHOP = submission("""
            # Shop

            ## Requirements

            - FR-001: The system shall store customers with name and address
            - FR-002: The system shall list customers (depends on FR-001)
            - FR-003: The system shall send invoices to customers by mail
            - FR-004: The system shall print address labels of customers
            - [x] FR-005: The system shall have a logo

            ## From the workshop

            - Colours that fit the brand
            - Letters of one size
            - Dark pages at night
            """);
    private static final int COLOURS = 13;
    private static final int LETTERS = 14;
    private static final int DARK = 15;

    private final Plan plan = planned(SHOP);
    private final Questions questions = Questions.of(SHOP, plan);

    @Test
    void only_what_is_unsure_is_asked() {
        assertThat(questions.statements())
                .extracting(question -> question.at().firstLine())
                .containsExactly(COLOURS, LETTERS, DARK);
        assertThat(questions.needs())
                .isNotEmpty()
                .noneMatch(question ->
                        question.task().equals(id("FR-002")) && question.on().equals(id("FR-001")));
        assertThat(questions.needs())
                .noneMatch(question ->
                        question.task().equals(id("FR-005")) || question.on().equals(id("FR-005")));
    }

    @Test
    void nothing_is_asked_where_nothing_is_unsure() {
        var sure = submission("# Shop\n\n- FR-001: Store customers\n- FR-002: Print a logo (depends on FR-001)\n");
        assertThat(Questions.of(sure, planned(sure)).isEmpty()).isTrue();
    }

    @Test
    void a_statement_that_is_work_becomes_a_task_and_all_others_stay() {
        var refined = apply(statement(COLOURS, Ruling.Kind.WORK, "Apply the colours of the brand", null));
        assertThat(refined.outcomes()).hasOnlyElementsOfType(Outcome.Changed.class);
        assertThat(refined.plan().tasks())
                .extracting(Task::title)
                .contains("Apply the colours of the brand")
                .hasSizeGreaterThanOrEqualTo(plan.tasks().size() + 1);
        assertThat(ids(refined.plan())).containsAll(ids(plan));
    }

    @Test
    void what_a_statement_is_decides_where_it_goes_and_every_line_is_accounted_for() {
        var refined = apply(
                statement(COLOURS, Ruling.Kind.CONSTRAINT, null, null),
                statement(LETTERS, Ruling.Kind.BOUNDARY, null, null),
                statement(DARK, Ruling.Kind.PART, null, "FR-002"));
        assertThat(refined.outcomes()).hasOnlyElementsOfType(Outcome.Changed.class);
        assertThat(refined.plan().constraints()).contains("Colours that fit the brand");
        assertThat(refined.plan().boundaries()).contains("Letters of one size");
        assertThat(task(refined.plan(), "FR-002").acceptanceCriteria()).contains("Dark pages at night");
        var document = SHOP.documents().getFirst();
        var lines = Analyst.read(
                        document, refined.submission().rulings().orElseThrow().of(document))
                .account()
                .lines();
        assertThat(lines.subList(COLOURS - 1, DARK))
                .extracting(line -> line.use())
                .containsExactly(LineUse.CONSTRAINT, LineUse.BOUNDARY, LineUse.CRITERION);
        assertThat(lines.subList(COLOURS - 1, DARK)).allMatch(line -> line.why().contains("ruling: said so"));
    }

    @Test
    void a_planned_statement_loses_its_task_or_gets_a_title_but_keeps_its_id() {
        var features = submission("""
                # Reader

                ## Data

                - Author of a book
                - Shelf in a room
                - Import books from a file
                """);
        var before = planned(features);
        var asked = Questions.of(features, before);
        var author = asked.statements().getFirst();
        assertThat(author.task()).isPresent();
        var refined = PlanningPass.apply(
                features,
                before,
                List.of(),
                asked,
                new Answers(
                        List.of(
                                statement(5, Ruling.Kind.WORK, "Keep the author", null),
                                statement(6, Ruling.Kind.CONTEXT, null, null)),
                        List.of()),
                "reader");
        assertThat(refined.outcomes()).hasOnlyElementsOfType(Outcome.Changed.class);
        assertThat(task(refined.plan(), author.task().get().value()).title()).isEqualTo("Keep the author");
        assertThat(refined.plan().tasks()).noneMatch(task -> task.title().contains("Shelf"));
    }

    @Test
    void an_answer_about_what_was_not_asked_is_refused_and_the_others_count() {
        var refined = apply(
                statement(5, Ruling.Kind.CONTEXT, null, null),
                statement(99, Ruling.Kind.WORK, null, null),
                statement(COLOURS, Ruling.Kind.PART, null, "FR-099"),
                statement(LETTERS, Ruling.Kind.PART, null, "FR-005"),
                statement(DARK, Ruling.Kind.CONSTRAINT, null, null),
                statement(DARK, Ruling.Kind.WORK, null, null));
        assertThat(refused(refined))
                .containsExactly(
                        "shop.md:5 was not asked about.",
                        "shop.md has no line 99.",
                        "There is no task FR-099.",
                        "FR-005 is done and cannot be changed.",
                        "There is another answer for these lines before.");
        assertThat(refined.plan().constraints()).contains("Dark pages at night");
        assertThat(ids(refined.plan())).containsAll(ids(plan));
    }

    @Test
    void a_part_of_what_is_not_planned_is_refused() {
        var features = submission("# Reader\n\n## Data\n\n- Author of a book\n- Shelf in a room\n- Import books\n");
        var before = planned(features);
        var asked = Questions.of(features, before);
        var author = asked.statements().getFirst().task().orElseThrow();
        var refined = PlanningPass.apply(
                features,
                before,
                List.of(),
                asked,
                new Answers(
                        List.of(
                                statement(5, Ruling.Kind.CONTEXT, null, null),
                                statement(6, Ruling.Kind.PART, null, author.value())),
                        List.of()),
                "reader");
        assertThat(refused(refined)).containsExactly("What shop.md:6 would be a part of is not planned.");
        assertThat(refined.plan().tasks()).anyMatch(task -> task.title().contains("Shelf"));
    }

    @Test
    void needs_are_dropped_and_reversed_and_what_would_close_a_circle_is_refused() {
        var asked = new Questions(
                List.of(), List.of(need("FR-003", "FR-001"), need("FR-004", "FR-003"), need("FR-001", "FR-002")), 0);
        var refined = PlanningPass.apply(
                SHOP,
                plan,
                List.of(),
                asked,
                new Answers(
                        List.of(),
                        List.of(
                                answer("FR-003", "FR-001", Answers.Verdict.NOT_NEEDED, 7),
                                answer("FR-004", "FR-003", Answers.Verdict.REVERSED, 8),
                                answer("FR-001", "FR-002", Answers.Verdict.NEEDED, 5),
                                answer("FR-001", "FR-004", Answers.Verdict.NEEDED, 5),
                                answer("FR-003", "FR-001", Answers.Verdict.NEEDED, 7))),
                "reader");
        assertThat(need(refined.plan(), "FR-003", "FR-001")).isEmpty();
        var reversed = need(refined.plan(), "FR-003", "FR-004").orElseThrow();
        assertThat(reversed.reason()).isEqualTo(Need.Reason.REFINED);
        assertThat(reversed.because()).isEqualTo("said so, shop.md:8");
        assertThat(refused(refined))
                .containsExactly(
                        "FR-002 waits for FR-001, directly or indirectly.",
                        "Whether FR-001 needs FR-004 was not asked.",
                        "There is another answer for this need before.");
        assertThat(refined.plan().notices()).anyMatch(notice -> notice.code().equals("needs-changed"));
    }

    @Test
    void what_does_not_hold_makes_room_for_what_does_in_whatever_order_it_is_answered() {
        var asked = new Questions(
                List.of(), List.of(need("FR-003", "FR-002"), need("FR-003", "FR-001"), need("FR-004", "FR-003")), 0);
        var both = List.of(
                answer("FR-004", "FR-003", Answers.Verdict.REVERSED, 8),
                answer("FR-003", "FR-001", Answers.Verdict.NOT_NEEDED, 7),
                answer("FR-003", "FR-002", Answers.Verdict.NOT_NEEDED, 7));
        var refined = PlanningPass.apply(SHOP, plan, List.of(), asked, new Answers(List.of(), both), "reader");
        var other = PlanningPass.apply(SHOP, plan, List.of(), asked, new Answers(List.of(), both.reversed()), "reader");
        assertThat(refused(refined)).isEmpty();
        assertThat(other.plan().tasks()).isEqualTo(refined.plan().tasks());
    }

    @Test
    void a_stated_need_is_never_dropped_and_lines_must_be_of_the_tasks() {
        var asked = new Questions(List.of(), List.of(need("FR-002", "FR-001"), need("FR-003", "FR-001")), 0);
        var refined = PlanningPass.apply(
                SHOP,
                plan,
                List.of(),
                asked,
                new Answers(
                        List.of(),
                        List.of(
                                answer("FR-002", "FR-001", Answers.Verdict.NOT_NEEDED, 6),
                                answer("FR-003", "FR-001", Answers.Verdict.NOT_NEEDED, 8))),
                "reader");
        assertThat(refused(refined))
                .satisfiesExactly(
                        reason -> assertThat(reason).startsWith("The document says so: "),
                        reason -> assertThat(reason).isEqualTo("shop.md:8 is neither of FR-003 nor of FR-001."));
    }

    @Test
    void the_submission_and_the_changes_give_the_same_plan_again_and_say_by_whom() {
        var refined = PlanningPass.apply(
                SHOP,
                Refinery.refine(plan, List.of(new PlanChange.FinishTask(id("FR-001"), "merged")))
                        .plan(),
                List.of(new PlanChange.FinishTask(id("FR-001"), "merged")),
                questions,
                new Answers(
                        List.of(statement(COLOURS, Ruling.Kind.WORK, null, null)),
                        List.of(answer("FR-003", "FR-001", Answers.Verdict.NOT_NEEDED, 7))),
                "reader");
        var again = Refinery.refined(Planner.plan(refined.submission()), refined.changes(), SubmissionLimits.DEFAULT);
        assertThat(again).isEqualTo(new Planning.Planned(refined.plan()));
        assertThat(task(refined.plan(), "FR-001").done()).isTrue();
        assertThat(refined.plan().notices())
                .anyMatch(notice -> notice.code().equals("refined")
                        && notice.message().contains("by reader, whose rulings on 1 statement hold"));
    }

    /** Whatever is answered, the plan keeps what was not asked about, and is one. */
    @Property(tries = 100)
    void any_answers_give_a_plan_that_keeps_what_is_stated(
            @ForAll("statements") List<Answers.OfStatement> statements, @ForAll("needs") List<Answers.OfNeed> needs) {
        var answers = new Answers(statements, needs);
        var refined = PlanningPass.apply(SHOP, plan, List.of(), questions, answers, "reader");
        assertThat(refined.outcomes()).hasSize(statements.size() + needs.size());
        assertThat(ids(refined.plan())).containsAll(ids(plan));
        assertThat(need(refined.plan(), "FR-002", "FR-001")).isPresent();
        var before = new HashSet<TaskId>();
        for (var task : refined.plan().tasks()) {
            assertThat(before).containsAll(task.needs().stream().map(Need::on).toList());
            before.add(task.id());
        }
        assertThat(PlanningPass.apply(SHOP, plan, List.of(), questions, answers, "reader"))
                .isEqualTo(refined);
    }

    @Provide
    Arbitrary<List<Answers.OfStatement>> statements() {
        return Combinators.combine(Arbitraries.of(5, COLOURS, LETTERS, DARK, 40), Arbitraries.of(Ruling.Kind.values()))
                .as((line, kind) -> statement(line, kind, null, kind == Ruling.Kind.PART ? "FR-00" + line % 7 : null))
                .list()
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<Answers.OfNeed>> needs() {
        var tasks = Arbitraries.of("FR-001", "FR-002", "FR-003", "FR-004", "FR-005", "FR-006");
        return Combinators.combine(
                        tasks,
                        tasks,
                        Arbitraries.of(Answers.Verdict.values()),
                        Arbitraries.integers().between(3, 17))
                .as(PlanningPassTest::answer)
                .list()
                .ofMaxSize(10);
    }

    private PlanningPass.Refined apply(Answers.OfStatement... statements) {
        return PlanningPass.apply(
                SHOP, plan, List.of(), questions, new Answers(List.of(statements), List.of()), "reader");
    }

    private static List<String> refused(PlanningPass.Refined refined) {
        var reasons = new ArrayList<String>();
        for (var outcome : refined.outcomes())
            if (outcome instanceof Outcome.Refused(var answer, var reason)) reasons.add(reason);
        return reasons;
    }

    private static Answers.OfStatement statement(
            int line, Ruling.Kind kind, @Nullable String title, @Nullable String of) {
        return new Answers.OfStatement(
                new SourceSpan(PATH, line, line),
                kind,
                Optional.ofNullable(title),
                Optional.ofNullable(of).map(TaskId::new),
                "said so");
    }

    private static Answers.OfNeed answer(String task, String on, Answers.Verdict verdict, int line) {
        return new Answers.OfNeed(id(task), id(on), verdict, List.of(new SourceSpan(PATH, line, line)), "said so");
    }

    private static Questions.OfNeed need(String task, String on) {
        return new Questions.OfNeed(id(task), id(on), true, 0.5, "a word");
    }

    private static Optional<Need> need(Plan plan, String task, String on) {
        return task(plan, task).needs().stream()
                .filter(need -> need.on().equals(id(on)))
                .findFirst();
    }

    private static Task task(Plan plan, String id) {
        return plan.tasks().stream()
                .filter(task -> task.id().equals(id(id)))
                .findFirst()
                .orElseThrow();
    }

    private static List<TaskId> ids(Plan plan) {
        return plan.tasks().stream().map(Task::id).toList();
    }

    private static TaskId id(String id) {
        return new TaskId(id);
    }

    private static Submission submission(String text) {
        return new Submission(
                new PlanId("shop"),
                List.of(new Document(PATH, text)),
                Optional.empty(),
                List.of(),
                PlanOptions.DEFAULT);
    }

    private static Plan planned(Submission submission) {
        if (Planner.plan(submission) instanceof Planning.Planned(var made)) return made;
        throw new AssertionError("not planned");
    }
}
