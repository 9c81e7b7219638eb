package io.taskweaver.contexts;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.CodeFile;
import io.taskweaver.model.Document;
import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.Neighbourhood;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Submission;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.planning.Planner;
import io.taskweaver.scheduling.planning.Planning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a task is told of those around it. */
class PlannedContextsTest {
    private static final String DOCUMENT = """
        # Links

        ## Link Store

        - **FR-1**: The Link Store shall save links with their code.
        - **FR-2**: The Link Store shall find links by words. Depends on: FR-1.
          - A saved link is found within a second
          - Nothing else
        - **FR-3**: The Link Store shall export links as a table. Depends on: FR-2.
        - **FR-4**: The Link Store shall count visits.
        """;

    private static IsolatedContext context(String id, CodeFile... code) {
        return new PlannedContexts(plan(DOCUMENT), List.of(code), RelevantCode.DEFAULT)
                .of(new TaskId(id))
                .orElseThrow();
    }

    private static Plan plan(String document) {
        var planning = Planner.plan(new Submission(
                new PlanId("p"),
                List.of(new Document("r.md", document)),
                Optional.empty(),
                List.of(),
                PlanOptions.DEFAULT));
        return ((Planning.Planned) planning).plan();
    }

    @Test
    void it_is_told_who_builds_on_it_and_which_of_their_criteria_speak_of_it() {
        var around = context("FR-1").neighbourhood();

        assertThat(around.dependents())
                .filteredOn(one -> !one.caller())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.id().value()).isEqualTo("FR-2");
                    assertThat(one.because()).contains("FR-1");
                    assertThat(one.criteria()).containsExactly("A saved link is found within a second");
                });
        assertThat(around.later()).extracting(later -> later.id().value()).containsExactly("FR-3");
    }

    @Test
    void a_foundation_is_told_who_calls_it() {
        var plan = plan("""
                # Clinic
                ## Appointments
                - FR-001: Patients who are logged in shall be able to book an appointment.
                - FR-002: The number of slots shall be configurable.
                - FR-003: Booking a taken slot shall return 409.
                ## Records
                - FR-004: Only authenticated doctors shall read a record.
                - FR-005: The retention period shall be configurable.
                - FR-006: Reading an unknown record shall return 404.
                ## Billing
                - FR-007: Clerks need the permission "billing" to issue an invoice.
                - FR-008: The tax rate shall be set by an environment variable.
                - FR-009: An invoice without positions shall return a validation error.
                - FR-010: Invoices shall be sent by mail.
                """);

        var context = new PlannedContexts(plan, List.of(), RelevantCode.DEFAULT)
                .of(new TaskId("foundation-authentication"))
                .orElseThrow();

        assertThat(context.neighbourhood().dependents())
                .extracting(dependent -> dependent.id().value())
                .containsExactlyInAnyOrder("FR-001", "FR-004", "FR-007");
    }

    @Test
    void it_is_told_what_it_builds_on_and_who_works_beside_it_on_which_files() {
        var around = context("FR-2").neighbourhood();

        assertThat(around.foundations()).extracting(on -> on.id().value()).containsExactly("FR-1");
        assertThat(around.siblings()).singleElement().satisfies(beside -> {
            assertThat(beside.id().value()).isEqualTo("FR-4");
            assertThat(beside.concurrent()).isFalse();
            assertThat(beside.files()).singleElement().asString().endsWith("InLinkStore.java");
        });
        assertThat(context("FR-1").neighbourhood().siblings())
                .filteredOn(Neighbourhood.Sibling::concurrent)
                .extracting(beside -> beside.id().value())
                .containsExactly("FR-4");
    }

    @Test
    void its_contract_is_written_and_the_code_that_it_belongs_to_is_at_hand() {
        var store = new CodeFile("src/linkstore/Old.java", 4, Optional.of("class Old {}"));
        var other = new CodeFile("src/mail/Mail.java", 4, Optional.of("class Mail {}"));

        var context = context("FR-1", store, other);

        assertThat(context.contracts()).singleElement().satisfies(contract -> {
            assertThat(contract.component()).isEqualTo("Link Store");
            assertThat(contract.artifacts()).hasSize(5);
        });
        assertThat(context.files()).containsOnlyKeys("src/linkstore/Old.java");
        assertThat(context.conventions()).contains("Language: Java (2 files below `src`)");
    }

    @Test
    void an_unknown_task_has_no_context() {
        assertThat(new PlannedContexts(plan(DOCUMENT), List.of(), RelevantCode.DEFAULT).of(new TaskId("FR-9")))
                .isEmpty();
    }

    @Test
    void however_many_wait_for_one_node_a_bounded_number_is_looked_at() {
        var document = IntStream.range(0, 3_000)
                .mapToObj(i -> "- **FR-" + (i + 1) + "**: The Store shall keep thing " + (i + 1) + "."
                        + (i == 0 ? "" : " Depends on: FR-1."))
                .collect(Collectors.joining("\n", "# Things\n\n## Store\n\n", "\n"));
        var tasks = plan(document).tasks().stream().collect(Collectors.toMap(task -> task.id(), task -> task));
        var looked = new ArrayList<TaskId>();

        var around =
                Neighbours.of(Optional.ofNullable(tasks.get(new TaskId("FR-1"))).orElseThrow(), id -> {
                    looked.add(id);
                    return Optional.ofNullable(tasks.get(id));
                });

        assertThat(around.dependents()).hasSize(Neighbours.MOST_DEPENDENTS);
        assertThat(looked).hasSizeLessThan(60);
    }
}
