package io.taskweaver.scheduling.planning;

import static io.taskweaver.scheduling.planning.Plans.needs;
import static io.taskweaver.scheduling.planning.Plans.plan;
import static io.taskweaver.scheduling.planning.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Need;
import io.taskweaver.model.Plan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataModelFoundationTest {
    private static final String[] LIBRARY = {
        "# Library",
        "## Catalogue",
        "- FR-001: Librarians can add, edit and remove books.",
        "- FR-002: Readers can search books by title.",
        "- FR-003: Each book shows whether it is free.",
        "## Members",
        "- FR-004: Librarians can register new members with a name.",
        "- FR-005: Members can change their password.",
        "- FR-006: Librarians can block a member.",
        "## Notices",
        "- FR-007: Mails leave at noon."
    };

    private static Plan libraryAnd(String... more) {
        var lines = new ArrayList<>(List.of(LIBRARY));
        lines.addAll(List.of(more));
        return plan(lines.toArray(String[]::new));
    }

    private static boolean hasModel(Plan plan) {
        return plan.tasks().stream().anyMatch(task -> task.id().value().equals("foundation-data-model"));
    }

    @Test
    void what_some_store_and_several_name_is_defined_once() {
        var plan = libraryAnd();
        var model = task(plan, "foundation-data-model");
        assertThat(model.description()).endsWith("\n- book\n- member");
        assertThat(model.needs()).extracting(need -> need.on().value()).containsExactly("contract-data-model");
        for (var user : List.of("FR-001", "FR-002", "FR-003", "FR-004", "FR-005", "FR-006"))
            assertThat(needs(plan, user, Need.Kind.CONTRACT)).contains("contract-data-model");
        assertThat(needs(plan, "FR-007", Need.Kind.CONTRACT)).doesNotContain("contract-data-model");
    }

    @Test
    void one_kind_of_data_is_no_model() {
        assertThat(hasModel(plan(
                        "- FR-1: Librarians can add books.",
                        "- FR-2: Readers can search books.",
                        "- FR-3: Each book shows whether it is free.")))
                .isFalse();
    }

    @Test
    void what_a_document_lists_as_its_data_is_taken_in_its_words() {
        var plan = plan(
                "# Albums",
                "## Requirements",
                "- FR-001: People can share an album.",
                "- FR-002: People can rate an album.",
                "- FR-003: Guests can see an open invitation.",
                "### Key Entities",
                "- **Album**: a named set of photos",
                "- **Open invitation**: says who may see an album");
        assertThat(task(plan, "foundation-data-model").description())
                .endsWith("\n- Album: a named set of photos\n- Open invitation: says who may see an album");
        assertThat(needs(plan, "FR-003", Need.Kind.CONTRACT)).contains("contract-data-model");
        assertThat(plan.constraints()).contains("Album: a named set of photos");
        assertThat(plan.tasks()).noneMatch(task -> task.title().startsWith("Album"));
    }

    @Test
    void a_requirement_that_defines_the_data_is_the_model() {
        var plan = libraryAnd("## Storage", "- FR-008: Define the database schema.");
        assertThat(hasModel(plan)).isFalse();
        assertThat(needs(plan, "FR-002", Need.Kind.CONTRACT)).contains("contract-storage");
    }

    @Test
    void what_the_document_rules_out_is_not_added() {
        assertThat(hasModel(libraryAnd("## Out of scope", "- A shared data model")))
                .isFalse();
    }

    @Test
    void a_document_written_from_the_plan_asks_for_the_same_model() {
        var plan = plan(
                "# Albums",
                "## Requirements",
                "- FR-001: People can share an album.",
                "- FR-002: People can rate an album.",
                "- FR-003: Guests can see an open invitation.",
                "### Key Entities",
                "- **Album**: a named set of photos",
                "- **Open invitation**: says who may see an album",
                "## Constraints",
                "- Answers take 20 ms");
        var again = plan(RequirementsMarkdown.write(plan).lines().toArray(String[]::new));
        assertThat(task(again, "foundation-data-model").description())
                .isEqualTo(task(plan, "foundation-data-model").description());
        assertThat(again.constraints()).containsExactlyInAnyOrderElementsOf(plan.constraints());
    }
}
