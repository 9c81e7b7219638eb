package io.taskweaver.scheduling.planning;

import static io.taskweaver.scheduling.planning.Plans.needs;
import static io.taskweaver.scheduling.planning.Plans.plan;
import static io.taskweaver.scheduling.planning.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.ContractForm;
import io.taskweaver.model.ContractMode;
import io.taskweaver.model.Document;
import io.taskweaver.model.Need;
import io.taskweaver.model.Notice;
import io.taskweaver.model.Plan;
import io.taskweaver.model.Task;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How the contracts of a plan are given, and what takes their place. */
class ContractModeTest {
    private static final String[] SHOP = {
        "# Shop",
        "## Catalogue",
        "- FR-1: Show products",
        "- FR-2: Sort products",
        "## Cart",
        "- FR-3: Add a product of the catalogues"
    };
    private static final List<String> JAVASCRIPT = List.of("index.js", "src/shop.js");

    private static List<String> codes(Plan plan) {
        return plan.notices().stream().map(Notice::code).toList();
    }

    @Test
    void a_project_that_is_not_java_gets_text_and_no_class_is_expected() {
        var plan = plan(ContractMode.AUTO, JAVASCRIPT, SHOP);

        assertThat(plan.components()).extracting(ComponentSpec::form).containsOnly(ContractForm.TEXT);
        assertThat(plan.tasks()).flatExtracting(Task::expectedFiles).isEmpty();
        assertThat(needs(plan, "FR-3", Need.Kind.CONTRACT)).containsExactly("contract-cart", "contract-catalogue");
        assertThat(task(plan, "FR-1").operation()).contains("showProducts");
        assertThat(plan.notices().getFirst().message())
                .isEqualTo(
                        "Contracts are given as text in prompts, not as Java files: the project is JavaScript (2 of 2"
                                + " source files). For Java files, use --contracts files.");
    }

    @Test
    void a_java_project_and_one_of_which_nothing_is_known_get_files() {
        for (var code : List.of(List.of("src/main/java/A.java"), List.<String>of(), List.of("README.md"))) {
            var plan = plan(ContractMode.AUTO, code, SHOP);

            assertThat(plan.components()).extracting(ComponentSpec::form).containsOnly(ContractForm.FILES);
            assertThat(task(plan, "FR-1").expectedFiles()).hasSize(1);
            assertThat(codes(plan)).doesNotContain("contracts-as-text");
        }
    }

    @Test
    void the_options_decide_whatever_the_language() {
        assertThat(plan(ContractMode.FILES, JAVASCRIPT, SHOP).components())
                .extracting(ComponentSpec::form)
                .containsOnly(ContractForm.FILES);
        assertThat(plan(ContractMode.TEXT, List.of("A.java"), SHOP).components())
                .extracting(ComponentSpec::form)
                .containsOnly(ContractForm.TEXT);
    }

    @Test
    void without_code_the_constraints_decide() {
        var plan = plan("# Shop", "## Cart", "- Add a product", "", "## Constraints", "- Written in Python 3.12");

        assertThat(plan.components()).extracting(ComponentSpec::form).containsOnly(ContractForm.TEXT);
    }

    @Test
    void without_contracts_users_of_a_component_wait_for_the_results_of_its_tasks() {
        var plan = plan(ContractMode.NONE, JAVASCRIPT, SHOP);

        assertThat(plan.tasks()).extracting(Task::kind).containsOnly(Task.Kind.WORK);
        assertThat(plan.components()).isEmpty();
        assertThat(needs(plan, "FR-3", Need.Kind.RESULT)).contains("FR-1", "FR-2");
        assertThat(needs(plan, "FR-1", Need.Kind.RESULT)).isEmpty();
        assertThat(task(plan, "FR-3").phase()).isEqualTo(task(plan, "FR-2").phase() + 1);
        assertThat(task(plan, "FR-1").component()).contains("Catalogue");
        assertThat(task(plan, "FR-1").operation()).isEmpty();
        assertThat(codes(plan)).doesNotContain("contracts-as-text", "need-without-contract");
    }

    @Test
    void without_contracts_components_that_use_each_other_wait_one_way_and_a_notice_says_so() {
        var plan = Plans.planned(Planner.plan(Plans.with(
                Plans.submission(List.of(new Document("d.md", """
                                # Shop
                                ## Orders
                                - FR-1: Place an order
                                ## Ledger
                                - FR-2: Book a payment
                                """)), Optional.of(new Document("STRUCTURE.md", """
                                # Structure
                                ## Components
                                - Orders: takes orders
                                - Ledger: keeps books
                                ## Dependencies
                                - Orders -> Ledger
                                - Ledger -> Orders
                                """))),
                ContractMode.NONE)));

        assertThat(needs(plan, "FR-1", Need.Kind.RESULT)).containsExactly("FR-2");
        assertThat(needs(plan, "FR-2", Need.Kind.RESULT)).isEmpty();
        assertThat(plan.notices())
                .filteredOn(notice -> notice.code().equals("need-without-contract"))
                .singleElement()
                .satisfies(notice -> assertThat(notice.message())
                        .startsWith("FR-2 needs Orders (")
                        .contains("does not wait for FR-1, since that would close a cycle"));
    }

    @Test
    void what_is_done_is_waited_for_by_nobody() {
        var plan = plan(
                ContractMode.NONE,
                List.of(),
                "# Shop",
                "## Catalogue",
                "- [x] FR-1: Show products",
                "- [ ] FR-2: Sort products",
                "## Cart",
                "- [ ] FR-3: Add a product of the catalogues");

        assertThat(needs(plan, "FR-3", Need.Kind.RESULT)).containsExactly("FR-2");
    }

    @Test
    void in_a_task_list_too_the_tasks_behind_a_contract_take_its_place() {
        var with = plan(ContractMode.FILES, List.of(), SHOP);
        var csv = io.taskweaver.requirements.tasks.TaskCsv.write(TaskLists.of(with));
        var document = new Document("tasks.csv", csv);

        var without = Plans.planned(
                Planner.plan(Plans.with(Plans.submission(List.of(document), Optional.empty()), ContractMode.NONE)));

        PlannerPropertiesTest.isSoundWithoutContracts(without);
        assertThat(without.tasks()).hasSize(3);
        assertThat(needs(without, "FR-3", Need.Kind.RESULT)).containsExactly("FR-1", "FR-2");
        var text = Plans.planned(
                Planner.plan(Plans.with(Plans.submission(List.of(document), Optional.empty()), ContractMode.TEXT)));
        assertThat(text.components()).extracting(ComponentSpec::form).containsOnly(ContractForm.TEXT);
    }
}
