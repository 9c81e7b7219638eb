package io.taskweaver.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.events.Document;
import io.taskweaver.events.Evidence;
import io.taskweaver.events.Finding;
import io.taskweaver.events.FindingVerdict;
import io.taskweaver.events.RequirementsSubmitted;
import io.taskweaver.events.SourceSpan;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.scheduling.planning.Planner;
import io.taskweaver.scheduling.planning.Planning;
import io.taskweaver.wire.DecodedRecord;
import io.taskweaver.wire.EventReader;
import io.taskweaver.wire.EventSerdes;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.testing.SingleObjectSerializer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubmittedFindingsTest {
    @Test
    void what_exists_by_the_submission_is_not_planned_again() {
        var event = RequirementsSubmitted.newBuilder()
                .setMeta(SomeEvents.meta("clinic"))
                .setDocuments(List.of(Document.newBuilder()
                        .setPath("R.md")
                        .setContent("# Clinic\n\n- FR-1: Book an appointment\n- FR-2: Print invoices\n")
                        .build()))
                .setFindings(List.of(Finding.newBuilder()
                        .setSource(SourceSpan.newBuilder()
                                .setPath("R.md")
                                .setFirstLine(3)
                                .setLastLine(3)
                                .build())
                        .setTitle("Book an appointment")
                        .setRequirementId("FR-1")
                        .setVerdict(FindingVerdict.EXISTS)
                        .setConfidence(0.8)
                        .setEvidence(List.of(Evidence.newBuilder()
                                .setPath("Book.java")
                                .setLine(4)
                                .setSymbol("Book.book")
                                .build()))
                        .build()))
                .build();

        var settings = SingleObjectSerializer.settings();
        var topic = Topics.REQUIREMENTS_SUBMITTED.name();
        var bytes = EventSerdes.serializer(settings).serialize(topic, event);
        var read = new EventReader(settings).read(PlanEvent.RequirementsSubmitted.class, topic, bytes);
        var submission = ((DecodedRecord.Understood<PlanEvent.RequirementsSubmitted>) read)
                .event()
                .submission();

        var plan = ((Planning.Planned) Planner.plan(submission)).plan();
        assertThat(plan.tasks()).filteredOn(task -> task.done()).singleElement().satisfies(task -> {
            assertThat(task.id().value()).isEqualTo("FR-1");
            assertThat(task.description()).contains("Book.book (Book.java:4)");
        });
    }
}
