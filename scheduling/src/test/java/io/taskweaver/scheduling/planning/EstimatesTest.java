package io.taskweaver.scheduling.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import io.taskweaver.scheduling.inference.WorkType;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EstimatesTest {
    @Property
    void more_to_do_is_never_less_time(
            @ForAll WorkType type,
            @ForAll @Size(max = 30) List<String> criteria,
            @ForAll @IntRange(max = 40) int files,
            @ForAll String text) {
        int minutes = Estimates.minutes(type, text, criteria, files);

        assertThat(minutes).isBetween(1, Estimates.MOST_MINUTES);
        assertThat(Estimates.minutes(type, text + " and more words", criteria, files))
                .isGreaterThanOrEqualTo(minutes);
        assertThat(Estimates.minutes(type, text, criteria, files + 1)).isGreaterThanOrEqualTo(minutes);
    }

    @Test
    void the_type_of_work_the_criteria_and_the_files_count() {
        assertThat(Estimates.minutes(WorkType.DOCUMENTATION, "Write the manual", List.of(), 1))
                .isEqualTo(10);
        assertThat(Estimates.minutes(WorkType.OTHER, "Export orders", List.of("as CSV", "within 2 s"), 3))
                .isEqualTo(36);
    }

    @Test
    void a_document_and_a_list_are_estimated_alike() {
        var document = Plans.plan(
                "# Shop",
                "## Requirements",
                "- FR-1: The system shall export orders.",
                "- FR-2: Write the user manual.");
        var list = Plans.planned(Plans.planning(
                List.of(
                        new Document(
                                "tasks.csv",
                                "kind,id,title,dependencies\nlist,,List,\nwork,FR-1,Export orders,\nwork,FR-2,Write the user manual,\n")),
                Optional.empty()));

        for (var plan : List.of(document, list)) {
            assertThat(Plans.task(plan, "FR-1").estimateMinutes()).isEqualTo(20);
            assertThat(Plans.task(plan, "FR-2").estimateMinutes()).isEqualTo(10);
        }
    }
}
