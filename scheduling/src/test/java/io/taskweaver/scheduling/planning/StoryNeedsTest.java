package io.taskweaver.scheduling.planning;

import static io.taskweaver.scheduling.planning.Plans.needs;
import static io.taskweaver.scheduling.planning.Plans.plan;
import static io.taskweaver.scheduling.planning.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Need;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StoryNeedsTest {
    private static final String[] ALBUMS = {
        "# Feature Specification: Photo albums",
        "## User Scenarios & Testing",
        "### User Story 1 - Create an album (Priority: P1)",
        "A person creates an album and adds photos to it.",
        "### User Story 2 - Share an album (Priority: P2)",
        "A person shares an album with a friend by an invitation.",
        "## Requirements",
        "- **FR-001**: System MUST allow people to add photos to an album",
        "- **FR-002**: System MUST send an invitation when an album is shared",
        "- **FR-003**: System MUST run offline",
        "## Success Criteria",
        "- **SC-001**: An album of 100 photos opens in under 2 s"
    };

    @Test
    void a_story_waits_for_the_requirements_that_detail_it() {
        var plan = plan(ALBUMS);
        assertThat(needs(plan, "US-1", Need.Kind.RESULT)).containsExactly("FR-001");
        assertThat(needs(plan, "US-2", Need.Kind.RESULT)).contains("FR-002").doesNotContain("FR-001");
        assertThat(task(plan, "US-1").needs())
                .filteredOn(need -> need.on().value().equals("FR-001"))
                .singleElement()
                .satisfies(need -> assertThat(need.because()).endsWith("details this story"));
    }

    @Test
    void stories_belong_to_the_product_and_not_to_the_heading_of_a_template() {
        assertThat(task(plan(ALBUMS), "US-1").component()).hasValue("Photo albums");
    }

    @Test
    void what_measures_the_product_binds_it_and_is_no_task() {
        var plan = plan(ALBUMS);
        assertThat(plan.tasks()).noneMatch(task -> task.id().value().equals("SC-001"));
        assertThat(Stream.concat(
                        plan.constraints().stream(),
                        plan.tasks().stream().flatMap(task -> task.acceptanceCriteria().stream())))
                .anyMatch(statement -> statement.startsWith("SC-001: "));
    }

    @Test
    void a_requirement_that_says_that_it_needs_the_story_comes_after_it() {
        var plan = plan(
                "# Albums",
                "## US-1: Create an album",
                "As a person I want to create an album of photos.",
                "## Requirements",
                "- FR-001: Add photos to an album (depends on US-1)");
        assertThat(needs(plan, "FR-001", Need.Kind.RESULT)).containsExactly("US-1");
        assertThat(needs(plan, "US-1", Need.Kind.RESULT)).isEmpty();
    }
}
