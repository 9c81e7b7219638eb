package io.taskweaver.scheduling.replan;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.ContractMode;
import io.taskweaver.model.Document;
import io.taskweaver.model.Need;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Submission;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.planning.Planner;
import io.taskweaver.scheduling.planning.Planning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final String[] SHOP = {
        "# Shop",
        "## Cart",
        "- R-1: Customers put articles into the cart",
        "- R-2: Customers change how many they want (depends on R-1)",
        "## Payment",
        "- R-3: Customers pay by card (depends on R-2)",
        "- R-4: Customers get a receipt by mail",
    };

    @Test
    void the_same_document_makes_no_difference() {
        var diff = Comparison.of(plan(SHOP), plan(SHOP));

        assertThat(diff.isEmpty()).isTrue();
        assertThat(DiffText.write(diff)).isEqualTo("The plans are equal.\n");
    }

    @Test
    void lines_that_move_make_no_difference() {
        var moved = new ArrayList<>(List.of("", "Some words before.", ""));
        moved.addAll(0, List.of(SHOP[0]));
        moved.addAll(Arrays.asList(SHOP).subList(1, SHOP.length));

        assertThat(Comparison.of(plan(SHOP), plan(moved.toArray(String[]::new))).isEmpty())
                .isTrue();
    }

    @Test
    void a_changed_requirement_names_its_fields_and_what_stands_on_it() {
        var diff = Comparison.of(plan(SHOP), plan(with(3, "- R-2: Customers remove articles (depends on R-1)")));

        assertThat(diff.added()).isEmpty();
        assertThat(diff.removed()).isEmpty();
        assertThat(diff.changed())
                .filteredOn(PlanDiff.Changed::asksForWork)
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.after().id()).hasToString("R-2");
                    assertThat(change.fields()).extracting(FieldChange::field).contains(FieldChange.Field.TITLE);
                });
        assertThat(diff.touched()).extracting(one -> one.task().id().value()).containsExactlyInAnyOrder("R-1", "R-3");
        assertThat(DiffText.write(diff)).contains("~ R-2").contains("! R-3").contains("R-2, which changed");
    }

    @Test
    void an_added_requirement_is_new_and_touches_those_who_implement_the_same_contract() {
        var lines = new ArrayList<>(Arrays.asList(SHOP));
        lines.add("- R-5: Customers pay by invoice");
        var diff = Comparison.of(plan(SHOP), plan(lines.toArray(String[]::new)));

        assertThat(diff.added()).extracting(Task::id).containsExactly(new TaskId("R-5"));
        assertThat(diff.touched()).extracting(one -> one.task().id().value()).containsExactlyInAnyOrder("R-3", "R-4");
        assertThat(diff.contracts()).singleElement().satisfies(contract -> {
            assertThat(contract.added()).hasSize(1);
            assertThat(contract.breaksCallers()).isFalse();
        });
    }

    @Test
    void where_contracts_are_text_siblings_are_done_again_only_if_nobody_else_works_on_the_component() {
        var before = plan(ContractMode.TEXT, SHOP);
        var lines = new ArrayList<>(Arrays.asList(SHOP));
        lines.add("- R-5: Customers pay by invoice");
        var added = Comparison.of(before, plan(ContractMode.TEXT, lines.toArray(String[]::new)));
        assertThat(added.added()).extracting(Task::id).containsExactly(new TaskId("R-5"));
        assertThat(added.touched()).isEmpty();

        lines.remove("- R-4: Customers get a receipt by mail");
        assertThat(Comparison.of(before, plan(ContractMode.TEXT, lines.toArray(String[]::new)))
                        .touched())
                .isEmpty();

        lines.removeLast();
        assertThat(Comparison.of(before, plan(ContractMode.TEXT, lines.toArray(String[]::new)))
                        .touched())
                .extracting(one -> one.task().id().value())
                .containsExactly("R-3");
    }

    @Test
    void the_same_words_under_another_id_are_renumbered_not_removed_and_added() {
        var diff = Comparison.of(
                plan("# X", "- R-1: Show a list", "- R-2: Print a list"),
                plan("# X", "- R-1: Import a list", "- R-2: Show a list", "- R-3: Print a list"));

        assertThat(diff.added()).extracting(Task::title).containsExactly("Import a list");
        assertThat(diff.removed()).isEmpty();
        assertThat(diff.changed())
                .filteredOn(PlanDiff.Changed::isRenumbered)
                .extracting(
                        change -> change.before().id() + " " + change.after().id())
                .containsExactly("R-1 R-2", "R-2 R-3");
    }

    @Test
    void a_need_that_is_new_or_gone_is_told() {
        var diff = Comparison.of(plan(SHOP), plan(with(5, "- R-3: Customers pay by card (depends on R-1)")));

        assertThat(diff.addedNeeds())
                .extracting(edge -> edge.task() + " " + edge.need().on())
                .contains("R-3 R-1");
        assertThat(diff.removedNeeds())
                .extracting(edge -> edge.task() + " " + edge.need().on())
                .contains("R-3 R-2");
    }

    @Test
    void a_reworded_requirement_without_an_id_is_changed_not_replaced() {
        var diff = Comparison.of(
                plan("# X", "- Users can sign in with their email address", "- Users can sign out"),
                plan("# X", "- Users can sign in with their email address and password", "- Users can sign out"));

        assertThat(diff.added()).isEmpty();
        assertThat(diff.removed()).isEmpty();
        assertThat(diff.changed()).isNotEmpty();
    }

    @Test
    void finished_work_stays_finished_and_only_what_is_affected_reopens() {
        var before = plan(SHOP);
        var after = plan(with(3, "- R-2: Customers remove articles (depends on R-1)"));

        assertThat(Comparison.finished(before, after, work(before)))
                .extracting(TaskId::value)
                .containsExactly("R-4");
    }

    @Test
    void a_need_that_is_only_inferred_reopens_nothing_when_it_comes_or_goes() {
        var few = plan(
                ContractMode.NONE,
                "# Shop",
                "- R-1: Create the invoice model",
                "- R-2: Search articles by their names");
        var more = plan(
                ContractMode.NONE,
                "# Shop",
                "- R-1: Create the invoice model",
                "- R-2: Search articles by their names",
                "- R-3: Create the articles table",
                "- R-4: Create the names index of articles");
        assertThat(needs(more)).as("needs are inferred").isNotEmpty();

        assertThat(Comparison.finished(few, more, work(few))).containsExactlyInAnyOrderElementsOf(work(few));
        assertThat(Comparison.finished(more, few, work(more))).containsExactlyInAnyOrderElementsOf(work(few));
    }

    private static List<Need> needs(Plan plan) {
        return plan.tasks().stream()
                .flatMap(task -> task.needs().stream())
                .filter(Need::isInferred)
                .toList();
    }

    @Test
    void what_was_not_merged_is_not_finished_nor_is_what_needs_it() {
        var plan = plan(SHOP);
        var merged = Set.of(new TaskId("R-1"), new TaskId("R-3"), new TaskId("R-4"));

        assertThat(Comparison.finished(plan, plan, merged))
                .extracting(TaskId::value)
                .containsExactlyInAnyOrder("R-1", "R-4");
    }

    @Property(tries = 60)
    void an_edit_changes_its_own_task_and_what_stands_on_it_alone(
            @ForAll @Size(min = 3, max = 14) List<@IntRange(min = -6, max = 13) Integer> needs,
            @ForAll @IntRange(min = 0, max = 13) int which,
            @ForAll boolean renamed) {
        int edited = which % needs.size();
        var before = plan(chain(needs, -1, ""));
        var after = plan(chain(needs, edited, renamed ? " twice" : "\n  - it is blue"));
        var diff = Comparison.of(before, after);

        var edit = new TaskId("R-" + edited);
        var affected = affected(before, edit, renamed);
        assertThat(diff.added()).isEmpty();
        assertThat(diff.removed()).isEmpty();
        assertThat(diff.changed().stream().filter(PlanDiff.Changed::asksForWork))
                .extracting(change -> change.after().id())
                .containsExactly(edit);
        assertThat(diff.touched()).extracting(one -> one.task().id()).containsExactlyInAnyOrderElementsOf(affected);
        var finished = Comparison.finished(before, after, work(before));
        assertThat(finished).doesNotContain(edit).noneMatch(affected::contains);
        assertThat(finished).hasSize(needs.size() - 1 - affected.size());
    }

    /** Sentences without a word in common: from those that share some, needs are inferred, and an edit may change them. */
    private static final List<String> UNLIKE = List.of(
            "Print invoices",
            "Charge cards",
            "Refund guests",
            "Index paintings",
            "Rank sculptors",
            "Translate captions",
            "Pack parcels",
            "Weigh crates",
            "Route lorries",
            "Crop photographs",
            "Undo brushstrokes",
            "Spell headlines",
            "Search archives",
            "Bookmark shelves");

    /** Three requirements in each part; R-i waits for an earlier one where its number says so. */
    private static String[] chain(List<Integer> needs, int edited, String edit) {
        var lines = new ArrayList<>(List.of("# X"));
        for (int i = 0; i < needs.size(); i++) {
            if (i % 3 == 0)
                lines.add("## "
                        + List.of("Billing", "Catalogue", "Delivery", "Editing", "Finding")
                                .get(i / 3));
            var text = "- R-" + i + ": " + UNLIKE.get(i);
            var need = needs.get(i) >= 0 && needs.get(i) < i ? " (depends on R-" + needs.get(i) + ")" : "";
            lines.add(text
                    + (i == edited && edit.startsWith(" ") ? edit : "")
                    + need
                    + (i == edited && !edit.startsWith(" ") ? edit : ""));
        }
        return lines.toArray(String[]::new);
    }

    /** All that wait for the edited task, directly or not, and with another operation all that implement its contract. */
    private static Set<TaskId> affected(Plan plan, TaskId edited, boolean renamed) {
        var part = plan.tasks().stream()
                .filter(task -> task.id().equals(edited))
                .findFirst()
                .orElseThrow()
                .component();
        var found = new java.util.LinkedHashSet<TaskId>();
        for (var task : plan.tasks()) {
            boolean waits =
                    task.needs().stream().anyMatch(need -> need.on().equals(edited) || found.contains(need.on()));
            boolean implementsIt =
                    renamed && task.kind() == Task.Kind.WORK && task.component().equals(part);
            if ((waits || implementsIt) && !task.id().equals(edited)) found.add(task.id());
        }
        return found;
    }

    private static Set<TaskId> work(Plan plan) {
        return plan.tasks().stream()
                .filter(task -> task.kind() == Task.Kind.WORK)
                .map(Task::id)
                .collect(Collectors.toSet());
    }

    private static String[] with(int line, String text) {
        var lines = SHOP.clone();
        lines[line] = text;
        return lines;
    }

    private static Plan plan(String... lines) {
        return plan(ContractMode.AUTO, lines);
    }

    private static Plan plan(ContractMode contracts, String... lines) {
        var document = new Document("d.md", String.join("\n", lines));
        var planning = Planner.plan(new Submission(
                new PlanId("p"), List.of(document), Optional.empty(), List.of(), PlanOptions.DEFAULT.with(contracts)));
        assertThat(planning).isInstanceOf(Planning.Planned.class);
        return ((Planning.Planned) planning).plan();
    }
}
