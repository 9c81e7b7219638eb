package io.taskweaver.scheduling.planning;

import static io.taskweaver.scheduling.planning.Plans.needs;
import static io.taskweaver.scheduling.planning.Plans.plan;
import static io.taskweaver.scheduling.planning.Plans.planned;
import static io.taskweaver.scheduling.planning.Plans.planning;
import static io.taskweaver.scheduling.planning.Plans.rejections;
import static io.taskweaver.scheduling.planning.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import io.taskweaver.model.Need;
import io.taskweaver.model.Notice;
import io.taskweaver.model.Operation;
import io.taskweaver.model.Rejection;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlannerTest {
    @Test
    void work_of_a_component_needs_its_contract() {
        var plan = plan("# Shop", "## Cart", "- Add a product", "- Remove a product");

        assertThat(needs(plan, "Add a product", Need.Kind.CONTRACT)).containsExactly("contract-cart");
        assertThat(plan.tasks().getFirst().kind()).isEqualTo(Task.Kind.CONTRACT);
        assertThat(plan.components().getFirst().operations())
                .extracting(Operation::name)
                .containsExactly("addProduct", "removeProduct");
        assertThat(task(plan, "Add a product").operation()).contains("addProduct");
        assertThat(task(plan, "Add a product").expectedFiles())
                .containsExactly("src/main/java/app/cart/AddProductInCart.java");
    }

    @Test
    void users_of_a_component_need_its_contract_only() {
        var plan = plan("# Shop", "## Catalogue", "- Show products", "## Cart", "- Add a product of the catalogues");

        assertThat(needs(plan, "Add a product of the catalogues", Need.Kind.CONTRACT))
                .containsExactly("contract-cart", "contract-catalogue");
        assertThat(needs(plan, "Add a product of the catalogues", Need.Kind.RESULT))
                .isEmpty();
        assertThat(plan.components().getFirst().consumers())
                .containsExactly(task(plan, "Add a product of the catalogues").id());
        assertThat(plan.phases()).hasSize(1);
    }

    @Test
    void names_that_say_little_are_no_mention() {
        var plan = plan("# Shop", "## User Management", "- Invite users", "## Reports", "- Show users in a report");

        assertThat(needs(plan, "Show users in a report", Need.Kind.CONTRACT)).containsExactly("contract-reports");
    }

    @Test
    void explicit_dependencies_wait_for_results() {
        var plan = plan("# X", "- FR-1: one", "- FR-2: two (depends on FR-1)", "- FR-3: three, after FR-001 and FR-2");

        assertThat(needs(plan, "FR-3", Need.Kind.RESULT)).containsExactly("FR-1", "FR-2");
        assertThat(task(plan, "FR-2").needs())
                .filteredOn(need -> need.kind() == Need.Kind.RESULT)
                .allSatisfy(need -> {
                    assertThat(need.reason()).isEqualTo(Need.Reason.EXPLICIT);
                    assertThat(need.confidence()).isEqualTo(1);
                    assertThat(need.because()).isEqualTo("depends on FR-1");
                });
        assertThat(plan.phases()).extracting(List::size).containsExactly(1, 1, 1);
        assertThat(task(plan, "FR-1").unlocks()).extracting(TaskId::value).containsExactly("FR-2", "FR-3");
    }

    @Test
    void numbers_count_within_their_own_list() {
        var plan = plan(
                "# X",
                "1. first thing",
                "2. second thing",
                "",
                "## Y",
                "1. other thing",
                "2. next thing (depends on 1)");

        assertThat(needs(plan, "Next thing", Need.Kind.RESULT))
                .containsExactly(task(plan, "Other thing").id().value());
    }

    @Test
    void a_dependency_on_a_compound_statement_waits_for_all_its_parts() {
        var plan = plan(
                "# X",
                "- FR-001: Users can register, log in and log out",
                "- FR-002: Show the account (depends on FR-001)",
                "## Steps",
                "1. Users can edit text, attach files and send mail",
                "2. Show the outbox (depends on 1)");

        assertThat(needs(plan, "FR-002", Need.Kind.RESULT)).containsExactly("FR-001", "FR-001.2", "FR-001.3");
        assertThat(task(plan, "FR-001.3").title()).isEqualTo("Log out");
        assertThat(needs(plan, "FR-001.2", Need.Kind.RESULT)).isEmpty();
    }

    @Test
    void ranges_stand_for_all_between() {
        var plan = plan("# X", "- T001 a a", "- T002 b b", "- T003 c c", "- T004 d d (depends on T001-T003)");

        assertThat(needs(plan, "T004", Need.Kind.RESULT)).containsExactly("T001", "T002", "T003");
    }

    @Test
    void a_dependency_by_title_or_component_is_found() {
        var plan = plan(
                "# X",
                "## Mail",
                "- Send mail",
                "## Shop",
                "- Pay an order",
                "  - Depends on: Mail",
                "- Ship it",
                "  - Depends on: Pay an order");

        assertThat(needs(plan, "Pay an order", Need.Kind.CONTRACT)).contains("contract-mail");
        assertThat(needs(plan, "Ship it", Need.Kind.RESULT))
                .containsExactly(task(plan, "Pay an order").id().value());
    }

    @Test
    void an_unknown_id_is_refused_with_its_line() {
        var refused = rejections(planning("# X", "- FR-1: one", "- FR-2: two (depends on FR-9)"));

        assertThat(refused).singleElement().satisfies(rejection -> {
            assertThat(rejection.code()).isEqualTo("unknown-dependency");
            assertThat(rejection.message()).contains("FR-2").contains("FR-9");
            assertThat(rejection.source().orElseThrow()).hasToString("d.md:3");
        });
    }

    @Test
    void a_number_beyond_its_list_is_refused() {
        assertThat(rejections(planning("# X", "1. one thing", "2. two things (depends on 42)")))
                .extracting(Rejection::code)
                .containsExactly("unknown-dependency");
    }

    @Test
    void an_id_with_two_meanings_is_refused_with_both_lines() {
        var refused = rejections(planning("# X", "- FR-1: users sign in", "- FR-1: orders are shipped"));

        assertThat(refused).singleElement().satisfies(rejection -> {
            assertThat(rejection.code()).isEqualTo("duplicate-id");
            assertThat(rejection.message()).contains("d.md:2").contains("d.md:3");
        });
    }

    @Test
    void an_id_repeated_with_the_same_words_is_taken_once() {
        var plan = plan(
                "# X",
                "- FR-1: users sign in with a password",
                "",
                "| ID | Requirement |",
                "|---|---|",
                "| FR-1 | Users sign in |");

        assertThat(plan.tasks())
                .filteredOn(task -> task.kind() == Task.Kind.WORK)
                .hasSize(1);
        assertThat(plan.notices()).extracting(Notice::code).contains("repeated-id");
    }

    @Test
    void the_shortest_cycle_is_named_with_the_words_that_cause_it() {
        var refused = rejections(planning(
                "# X",
                "- A-1: one depends on A-2",
                "- A-2: two depends on A-3",
                "- A-3: three depends on A-1 and A-2"));

        assertThat(refused).singleElement().satisfies(rejection -> {
            assertThat(rejection.code()).isEqualTo("dependency-cycle");
            assertThat(rejection.message())
                    .contains("A-2 -> A-3 -> A-2")
                    .contains("d.md:3")
                    .contains("depends on A-3");
        });
    }

    @Test
    void a_task_that_waits_for_itself_is_a_cycle() {
        assertThat(rejections(planning("# X", "- A-1: one depends on A-1")))
                .extracting(Rejection::message)
                .first()
                .asString()
                .contains("A-1 -> A-1");
    }

    @Test
    void what_can_not_be_planned_is_refused_with_a_hint() {
        assertThat(rejections(planning(""))).extracting(Rejection::code).containsExactly("empty-document");
        assertThat(rejections(planning(List.of(), Optional.empty())))
                .extracting(Rejection::code)
                .containsExactly("empty-document");
        assertThat(rejections(planning("# Holiday", "", "It was nice.")))
                .extracting(Rejection::code)
                .containsExactly("no-requirements");
        assertThat(rejections(planning("PK\u0003\u0004\u0000\u0001")))
                .extracting(Rejection::code)
                .containsExactly("not-text");
        assertThat(rejections(planning("x".repeat(Planner.MAX_SUBMISSION_BYTES + 1))))
                .singleElement()
                .satisfies(rejection -> {
                    assertThat(rejection.code()).isEqualTo("too-large");
                    assertThat(rejection.message()).contains("" + Planner.MAX_SUBMISSION_BYTES);
                });
        assertThat(rejections(planning("# Holiday")))
                .allSatisfy(rejection -> assertThat(rejection.hint()).isNotBlank());
    }

    @Test
    void done_tasks_are_satisfied() {
        var plan = plan("# X", "- [x] T001 one one", "- [ ] T002 two two (depends on T001)");

        assertThat(task(plan, "T001").done()).isTrue();
        assertThat(plan.phases()).containsExactly(List.of(new TaskId("T002")));
        assertThat(plan.criticalPath()).doesNotContain(new TaskId("T001"));
        assertThat(plan.totalMinutes()).isEqualTo(task(plan, "T002").estimateMinutes() + Estimates.CONTRACT_MINUTES);
    }

    @Test
    void ids_of_requirements_without_one_do_not_change_with_what_is_around_them() {
        var before = plan("# X", "## A", "- sign in", "- sign out");
        var after =
                plan("# X", "## New", "- something else", "## A", "- sign out quickly", "- sign in", "  - within 2 s");

        assertThat(task(after, "Sign in").id())
                .isEqualTo(task(before, "Sign in").id());
    }

    @Test
    void how_well_all_is_to_work_binds_and_is_no_task() {
        var plan = plan(
                "# X", "## Non-functional", "- NFR-1: Pages load within 2 s", "## Functional", "- FR-1: Show pages");

        assertThat(plan.tasks()).noneMatch(task -> task.id().value().equals("NFR-1"));
        assertThat(plan.constraints()).containsExactly("NFR-1: Pages load within 2 s");
    }

    @Test
    void the_critical_path_is_the_longest_by_estimate() {
        var plan = plan(
                "# X",
                "- A-1: one",
                "- A-2: two (depends on A-1)",
                "- A-3: three",
                "  - c1",
                "  - c2",
                "  - c3",
                "- A-4: four (depends on A-3)");

        assertThat(plan.criticalPath()).extracting(TaskId::value).containsExactly("contract-x", "A-3", "A-4");
        assertThat(plan.criticalPathMinutes()).isEqualTo(5 + 35 + 20);
        assertThat(plan.tasks()).filteredOn(Task::critical).hasSize(3);
    }

    @Test
    void a_narrow_start_names_its_bottleneck() {
        var lines = new java.util.ArrayList<String>(List.of("# X", "- R-0: the base"));
        for (int i = 1; i <= 12; i++) lines.add("- R-" + i + ": thing " + i + " (depends on R-0)");
        var plan = plan(lines.toArray(String[]::new));

        assertThat(plan.notices())
                .filteredOn(notice -> notice.code().equals("narrow-start"))
                .singleElement()
                .satisfies(
                        notice -> assertThat(notice.message()).contains("R-0").contains("12 need it"));
    }

    @Test
    void a_wide_start_needs_no_notice() {
        assertThat(plan(Plans.items(12)).notices()).isEmpty();
    }

    @Test
    void titles_say_what_to_do_where_the_part_is_known() {
        var plan = plan(
                "# X",
                "## Link Store",
                "- FR-1: The Link Store shall save a link",
                "- FR-2: 2.1 find a link",
                "- FR-3: The Link Store shall be fast");

        assertThat(plan.tasks())
                .extracting(Task::title)
                .contains("Save a link", "Find a link", "The Link Store must be fast");
    }

    @Test
    void structure_decides_which_components_there_are() {
        var structure = new Document(
                "STRUCTURE.md",
                "## Components\n- Accounts: registers and signs in users\n- Orders: orders and payment\n## Dependencies\n- Orders -> Accounts\n");
        var plan = planned(planning(
                List.of(new Document(
                        "d.md", "# Shop\n## Functions\n- Register a user\n- Place an order\n- Water the flowers\n")),
                Optional.of(structure)));

        assertThat(task(plan, "Register a user").component()).contains("Accounts");
        assertThat(task(plan, "Place an order").component()).contains("Orders");
        assertThat(needs(plan, "Place an order", Need.Kind.CONTRACT))
                .containsExactly("contract-orders", "contract-accounts");
        assertThat(task(plan, "Water the flowers").component()).isEmpty();
        assertThat(plan.notices()).extracting(Notice::code).contains("no-component");
    }

    @Test
    void components_that_would_have_the_same_type_name_are_one() {
        var plan = plan("# X", "## Short Code", "- make codes", "## short-code", "- check codes");

        assertThat(plan.components()).hasSize(1);
        assertThat(plan.components().getFirst().operations()).hasSize(2);
    }

    @Test
    void a_component_that_nobody_could_read_is_split() {
        var plan = plan(Plans.items(100));

        assertThat(plan.components()).hasSize(5);
        assertThat(plan.components())
                .allSatisfy(component -> assertThat(component.operations())
                        .hasSizeLessThanOrEqualTo(ComponentAssignment.MOST_OPERATIONS));
        assertThat(plan.notices()).extracting(Notice::code).containsExactly("component-split");
    }

    @Test
    void priorities_come_from_the_document() {
        var plan = plan(
                "| ID | Requirement | Priority |",
                "|---|---|---|",
                "| A-1 | one | Must |",
                "| A-2 | two | Should |",
                "| A-3 | three | Could |",
                "| A-4 | four | P0 |");

        assertThat(List.of("A-1", "A-2", "A-3", "A-4"))
                .extracting(id -> task(plan, id).priority())
                .containsExactly(Task.Priority.HIGH, Task.Priority.MEDIUM, Task.Priority.LOW, Task.Priority.CRITICAL);
    }

    @Test
    void files_named_in_the_text_are_expected() {
        var plan = plan("# X", "- T001 Model in src/models/user.py", "- T002 Entry in `main.go`");

        assertThat(task(plan, "T001").expectedFiles()).contains("src/models/user.py");
        assertThat(task(plan, "T002").expectedFiles()).contains("main.go");
    }

    @Test
    void an_id_is_the_same_with_and_without_zeros_and_what_stands_before_its_number() {
        for (var written : List.of("US1", "US-1", "US-001", "US01")) {
            var plan = Plans.plan(
                    "# Sign-in",
                    "### User Story 1 — Login",
                    "Users log in.",
                    "**Acceptance Scenarios**:",
                    "1. **Given** a user, **When** they log in, **Then** they are in.",
                    "### User Story 2 — Reset",
                    "Users reset their password. It needs " + written + ".",
                    "**Acceptance Scenarios**:",
                    "1. **Given** a user, **When** they reset, **Then** they get mail.");

            assertThat(Plans.task(plan, "US-2").needs())
                    .as(written)
                    .extracting(need -> need.on().value())
                    .contains("US-1");
        }
    }

    @Test
    void documents_are_planned_together_and_one_without_requirements_is_named() {
        var plan = planned(planning(
                List.of(new Document("a.md", "# A\n- one thing\n"), new Document("b.md", "Just text.\n")),
                Optional.empty()));

        assertThat(plan.notices()).extracting(Notice::code).containsExactly("document-without-requirements");
    }
}
