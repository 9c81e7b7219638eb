package io.taskweaver.scheduling.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.ContractMode;
import io.taskweaver.model.Document;
import io.taskweaver.model.Notice;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Submission;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.requirements.analysis.Structure;
import io.taskweaver.requirements.analysis.StructureReader;
import io.taskweaver.requirements.code.CodeMap;
import io.taskweaver.requirements.gap.GapAnalysis;
import io.taskweaver.requirements.gap.Sources;
import io.taskweaver.scheduling.replan.Comparison;
import io.taskweaver.scheduling.replan.PlanDiff;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExistingRequirementsTest {
    private static final CodeMap CODE = new Sources()
            .type("clinic/AppointmentBook.java", "bookAppointment(Patient patient)", "moveSlot(Slot slot)")
            .type("clinic/Appointment.java", "MINUTES = 15")
            .map();
    private static final Document DOCUMENT = new Document("R.md", """
        # Clinic

        - FR-1: Book an appointment
        - FR-2: Move an appointment between clinics. Depends on: FR-1
        - FR-3: An appointment takes 30 minutes
        - FR-4: Print invoices
        """);

    private static Plan plan(CodeMap code) {
        return plan(code, PlanOptions.DEFAULT);
    }

    private static Plan plan(CodeMap code, PlanOptions options) {
        var findings = GapAnalysis.analyse(
                        Planner.requirements(List.of(DOCUMENT), Structure.NONE), Structure.NONE, code)
                .requirements();
        var submission =
                new Submission(new PlanId("p"), List.of(DOCUMENT), Optional.empty(), List.of(), findings, options);
        return ((Planning.Planned) Planner.plan(submission)).plan();
    }

    private static Task task(Plan plan, String id) {
        return plan.tasks().stream()
                .filter(task -> task.id().value().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_exists_is_not_planned_again_and_holds_nobody_up() {
        var plan = plan(CODE);
        var task = task(plan, "FR-1");
        assertThat(task.done()).isTrue();
        assertThat(task.tags()).contains("exists");
        assertThat(plan.phases().getFirst()).contains(new TaskId("FR-2"));
        assertThat(plan.notices())
                .filteredOn(notice -> notice.code().equals("exists"))
                .singleElement()
                .satisfies(notice -> assertThat(notice.message())
                        .contains("clinic/AppointmentBook.java:2")
                        .contains("FR-1"));
    }

    @Test
    void what_is_there_in_part_is_said_to_whoever_does_the_rest() {
        var task = task(plan(CODE), "FR-2");
        assertThat(task.done()).isFalse();
        assertThat(task.tags()).contains("partly-exists");
        assertThat(task.description()).contains("AppointmentBook.moveSlot (clinic/AppointmentBook.java:3)");
        assertThat(task.expectedFiles()).contains("clinic/AppointmentBook.java");
    }

    @Test
    void what_the_code_contradicts_is_planned_with_what_contradicts_it() {
        var plan = plan(CODE);
        var task = task(plan, "FR-3");
        assertThat(task.done()).isFalse();
        assertThat(task.description()).contains("Appointment.MINUTES is 15");
        assertThat(plan.notices()).extracting(Notice::code).contains("contradicted-by-code");
    }

    @Test
    void what_was_merged_is_not_done_again_because_the_code_has_it_now() {
        var options =
                PlanOptions.DEFAULT.toBuilder().contracts(ContractMode.TEXT).build();
        var before = plan(CodeMap.EMPTY, options);
        var after = plan(CODE, options);
        var merged = before.tasks().stream().map(Task::id).collect(Collectors.toSet());

        assertThat(Comparison.finished(before, after, merged))
                .extracting(TaskId::value)
                .contains("FR-2", "FR-4");
        assertThat(Comparison.of(before, after).changed())
                .filteredOn(change -> !change.after().done())
                .noneMatch(PlanDiff.Changed::asksForWork);
    }

    @Test
    void without_findings_nothing_changes() {
        assertThat(plan(CodeMap.EMPTY).tasks()).noneMatch(Task::done);
        assertThat(task(plan(CODE), "FR-4").description())
                .isEqualTo(task(plan(CodeMap.EMPTY), "FR-4").description());
    }

    @Test
    void a_structure_that_is_written_is_read_as_it_was_meant() {
        var text = StructureMarkdown.write(Optional.of(plan(CODE)), CODE);
        var read = StructureReader.read(new Document("STRUCTURE.md", text));
        assertThat(read.components().stream().map(component -> component.name()))
                .contains("AppointmentBook", "Appointment", "Clinic");
        assertThat(read.requirements()).isEmpty();
        assertThat(text).contains("- AppointmentBook: `AppointmentBook`, `AppointmentBook.bookAppointment`");
    }
}
