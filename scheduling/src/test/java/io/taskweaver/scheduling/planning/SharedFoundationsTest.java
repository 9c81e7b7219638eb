package io.taskweaver.scheduling.planning;

import static io.taskweaver.scheduling.planning.Plans.needs;
import static io.taskweaver.scheduling.planning.Plans.plan;
import static io.taskweaver.scheduling.planning.Plans.planned;
import static io.taskweaver.scheduling.planning.Plans.planning;
import static io.taskweaver.scheduling.planning.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import io.taskweaver.model.Need;
import io.taskweaver.model.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharedFoundationsTest {
    private static final String[] CLINIC = {
        "# Clinic",
        "## Appointments",
        "- FR-001: Patients who are logged in shall be able to book an appointment.",
        "- FR-002: The number of slots shall be configurable.",
        "- FR-003: Booking a taken slot shall return 409.",
        "## Records",
        "- FR-004: Only authenticated doctors shall read a record.",
        "- FR-005: The retention period shall be configurable.",
        "- FR-006: Reading an unknown record shall return 404.",
        "## Billing",
        "- FR-007: Clerks need the permission \"billing\" to issue an invoice.",
        "- FR-008: The tax rate shall be set by an environment variable.",
        "- FR-009: An invoice without positions shall return a validation error.",
        "- FR-010: Invoices shall be sent by mail."
    };

    private static String[] clinicAnd(String... more) {
        var lines = new ArrayList<>(List.of(CLINIC));
        lines.addAll(List.of(more));
        return lines.toArray(String[]::new);
    }

    private static List<String> added(Plan plan) {
        return plan.tasks().stream()
                .filter(task -> task.tags().contains(SharedFoundations.TAG))
                .map(task -> task.id().value())
                .toList();
    }

    @Test
    void what_several_rest_on_and_nobody_provides_is_one_task_whose_contract_they_wait_for() {
        var plan = plan(CLINIC);
        assertThat(added(plan))
                .containsExactlyInAnyOrder(
                        "foundation-configuration", "foundation-authentication", "foundation-error-format");
        for (var user : List.of("FR-001", "FR-004", "FR-007"))
            assertThat(needs(plan, user, Need.Kind.CONTRACT)).contains("contract-authentication");
        for (var user : List.of("FR-002", "FR-005", "FR-008"))
            assertThat(needs(plan, user, Need.Kind.CONTRACT)).contains("contract-configuration");
        for (var user : List.of("FR-003", "FR-006", "FR-009"))
            assertThat(needs(plan, user, Need.Kind.CONTRACT)).contains("contract-error-format");
        assertThat(needs(plan, "FR-010", Need.Kind.CONTRACT)).containsExactly("contract-billing");
    }

    @Test
    void a_foundation_holds_up_nobody_and_says_where_it_comes_from() {
        var plan = plan(CLINIC);
        assertThat(plan.tasks())
                .allSatisfy(task -> assertThat(needs(plan, task.id().value(), Need.Kind.RESULT))
                        .noneMatch(on -> on.startsWith("foundation-")));
        assertThat(task(plan, "foundation-configuration").source())
                .hasValueSatisfying(source -> assertThat(source.firstLine()).isEqualTo(4));
        assertThat(plan.notices())
                .filteredOn(notice -> notice.code().equals("foundation-added"))
                .hasSize(3)
                .anySatisfy(notice -> assertThat(notice.message())
                        .contains("3 requirements need the same configuration")
                        .contains("'The number of slots must be configurable'")
                        .contains("foundation-configuration"));
    }

    @Test
    void one_more_that_rests_on_a_foundation_changes_nothing_about_it() {
        var before = task(plan(CLINIC), "foundation-configuration");
        var after = task(plan(clinicAnd("- FR-011: The sender shall be configurable.")), "foundation-configuration");
        assertThat(after.description()).isEqualTo(before.description());
        assertThat(after.acceptanceCriteria()).isEqualTo(before.acceptanceCriteria());
        assertThat(after.estimateMinutes()).isEqualTo(before.estimateMinutes());
    }

    @Test
    void what_a_requirement_provides_is_left_to_it() {
        var plan = plan(clinicAnd("## Accounts", "- FR-011: Patients shall be able to log in with a password."));
        assertThat(added(plan)).doesNotContain("foundation-authentication");
        assertThat(needs(plan, "FR-004", Need.Kind.CONTRACT)).contains("contract-accounts");
    }

    @Test
    void what_the_document_rules_out_is_not_added() {
        var plan = plan(clinicAnd("## Out of scope", "- Authentication", "- No central configuration management"));
        assertThat(added(plan)).containsExactly("foundation-error-format");
    }

    @Test
    void what_is_done_rests_on_nothing_any_more() {
        var plan = plan(
                "- [x] FR-1: The number of slots shall be configurable.",
                "- [x] FR-2: The tax rate shall be configurable.",
                "- [ ] FR-3: The sender shall be configurable.");
        assertThat(added(plan)).isEmpty();
    }

    @Test
    void two_that_rest_on_the_same_are_too_few() {
        var plan = plan(
                "- FR-1: The number of slots shall be configurable.",
                "- FR-2: The tax rate shall be configurable.",
                "- FR-3: Slots shall be shown without a login and need no permission.",
                "- FR-4: Prices need no permission.",
                "- FR-5: Hours need no permission.");
        assertThat(added(plan)).isEmpty();
    }

    @Test
    void the_parts_of_one_statement_count_once() {
        var plan = plan("- FR-1: Users with the permission shall be able to add notes, edit texts and delete labels.");
        assertThat(plan.tasks())
                .filteredOn(task -> task.description().contains("permission"))
                .hasSize(3);
        assertThat(added(plan)).isEmpty();
    }

    @Test
    void a_component_of_the_structure_takes_the_foundation() {
        var structure = new Document("STRUCTURE.md", """
                # Structure

                ## Components

                - Appointments: booking of slots
                - Records: reading of records
                - Billing: invoices
                - Settings: reads the settings
                """);
        var plan = planned(planning(List.of(new Document("d.md", String.join("\n", CLINIC))), Optional.of(structure)));
        assertThat(task(plan, "foundation-configuration").component()).contains("Settings");
        assertThat(needs(plan, "FR-002", Need.Kind.CONTRACT)).contains("contract-settings");
        assertThat(needs(plan, "FR-004", Need.Kind.CONTRACT)).contains("contract-authentication");
    }
}
