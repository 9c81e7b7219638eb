package io.taskweaver.context;

import static io.taskweaver.context.PlanEvents.code;
import static io.taskweaver.context.PlanEvents.contractOf;
import static io.taskweaver.context.PlanEvents.file;
import static io.taskweaver.context.PlanEvents.resultOf;
import static io.taskweaver.context.Story.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.events.EventMeta;
import io.taskweaver.events.PlanCreated;
import io.taskweaver.events.RequirementsSubmitted;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.Usage;
import io.taskweaver.model.event.ContextChange.ClearContext;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanEvent.CodeObjects;
import io.taskweaver.model.event.PlanEvent.ContextCommand;
import io.taskweaver.model.event.PlanEvent.PlanArchived;
import io.taskweaver.model.event.PlanEvent.PlanCancelled;
import io.taskweaver.model.event.PlanEvent.PlanFailed;
import io.taskweaver.wire.context.ContextDocument;
import io.taskweaver.wire.context.ContextImport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextChangesTest {
    private static final Instant NOW = Instant.parse("2026-11-30T08:00:00Z");

    private final PlanEvents plan = new PlanEvents(Story.PLAN.value());
    private Story story;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path folder;

    @BeforeEach
    void begin() {
        story = new Story(folder.resolve("story"));
        story.given(
                plan.submitted(code("A.java", "a")),
                plan.created(),
                plan.planned("c-links"),
                plan.planned("api", contractOf("c-links")),
                plan.planned("store", resultOf("api")),
                plan.contract("c-links", "Links", 1, Map.of("Links.java", "one")),
                plan.completed("api", 1, file("A.java", "a", "b")),
                plan.contract("c-links", "Links", 2, Map.of("Links.java", "two")));
    }

    @AfterEach
    void end() {
        story.close();
    }

    private static ContextCommand clear(Optional<String> task, boolean force) {
        return new ContextCommand(
                Meta.of(ContextCommand.class, Story.PLAN, NOW, Optional.empty(), task, force),
                new ClearContext(task.map(TaskId::new), force));
    }

    private static PlanEvent cancelled() {
        return new PlanCancelled(
                Meta.of(PlanCancelled.class, Story.PLAN, NOW, Optional.empty()), "enough", 1, Usage.NONE);
    }

    private static PlanEvent failed() {
        return new PlanFailed(
                Meta.of(PlanFailed.class, Story.PLAN, NOW, Optional.empty()),
                "no",
                1,
                List.of(),
                List.of(),
                0,
                Usage.NONE);
    }

    /** As the topics carry it: commits to the repositories, the rest to the service. */
    private static void take(Story into, ContextDocument document) throws Exception {
        var events = ContextImport.events(document, NOW);
        var packs = events.stream()
                .filter(CodeObjects.class::isInstance)
                .map(CodeObjects.class::cast)
                .toList();
        Story.take(packs, into.code());
        into.change(events.toArray(PlanEvent[]::new));
    }

    @Test
    void what_is_exported_and_imported_elsewhere_shows_the_same_and_is_exported_again() throws Exception {
        story.change(cancelled());
        var exported = found(story.document()).bytes();
        var document = ContextDocument.read(exported);

        try (var other = new Story(folder.resolve("other"))) {
            take(other, document);

            var view = found(other.view());
            var was = found(story.view());
            assertThat(view.metadata().state()).isEqualTo("imported");
            assertThat(view.files()).isEqualTo(was.files());
            assertThat(view.codebase()).isEqualTo(was.codebase());
            assertThat(view.requirements()).isEqualTo(was.requirements());
            assertThat(view.interfaces()).isEqualTo(was.interfaces());
            assertThat(view.dependencies()).isEqualTo(was.dependencies());
            for (int version = 0; version <= was.metadata().version(); version++) {
                assertThat(found(other.view(version)).files())
                        .isEqualTo(found(story.view(version)).files());
                assertThat(found(other.view(version)).interfaces())
                        .isEqualTo(found(story.view(version)).interfaces());
            }
            assertThat(other.history("A.java")).isEqualTo(story.history("A.java"));
            assertThat(other.context()).isEqualTo(story.context());
            assertThat(other.lineView()).isEqualTo(story.lineView());
            assertThat(ContextDocument.read(found(other.document()).bytes())
                            .content()
                            .history())
                    .isEqualTo(document.content().history());
            assertThat(other.deadLetters()).isEmpty();
        }
    }

    @Test
    void nothing_is_imported_over_contexts_that_are_there() throws Exception {
        var document = found(story.document());
        var before = story.view();

        take(story, document);

        assertThat(story.view()).isEqualTo(before);
        assertThat(story.deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.getCause()).contains("already"));
    }

    @Test
    void a_plan_that_is_made_takes_the_place_of_imported_contexts() throws Exception {
        var document = found(story.document());
        try (var other = new Story(folder.resolve("other"))) {
            take(other, document);

            other.when(plan.created(), plan.planned("new"), plan.submitted(code("B.java", "b")));

            assertThat(found(other.view()).metadata().version()).isZero();
            assertThat(found(other.view()).requirements().tasks()).hasSize(1);
        }
    }

    private static PlanCreated madeOf(String submission, PlanCreated created) {
        var meta = EventMeta.newBuilder(created.getMeta())
                .setCausationId(submission)
                .build();
        return PlanCreated.newBuilder(created).setMeta(meta).build();
    }

    @Test
    void imported_contexts_stay_while_a_submission_is_not_accepted() throws Exception {
        var document = found(story.document());
        try (var other = new Story(folder.resolve("other"))) {
            take(other, document);
            var imported = other.view();

            other.when(plan.submitted(code("B.java", "b")));
            assertThat(other.view()).isEqualTo(imported);
            assertThat(other.context()).isEqualTo(story.context());

            // Another submission of the same plan is accepted, and the plan starts from its code.
            var accepted = plan.submitted(code("C.java", "c"));
            var created = madeOf("another", plan.created());
            other.when(plan.planned("new"), created, accepted);

            assertThat(found(other.context()).files()).containsExactly(Map.entry("C.java", "c"));
            assertThat(found(other.view()).requirements().tasks()).hasSize(1);
            assertThat(other.deadLetters()).isEmpty();
        }
    }

    @Test
    void of_several_submissions_that_came_before_the_plan_the_one_that_it_was_made_of_is_taken_up() throws Exception {
        var document = found(story.document());
        try (var other = new Story(folder.resolve("other"))) {
            take(other, document);
            var accepted = plan.submitted(code("B.java", "b"));
            var repeated = plan.submitted(code("C.java", "c"));
            var later = RequirementsSubmitted.newBuilder(repeated)
                    .setMeta(EventMeta.newBuilder(repeated.getMeta())
                            .setEventId("later")
                            .build())
                    .build();

            other.when(accepted, later, madeOf(accepted.getMeta().getEventId(), plan.created()));

            assertThat(found(other.context()).files()).containsExactly(Map.entry("B.java", "b"));
            assertThat(other.stored().submissions()).isEmpty();
            assertThat(other.deadLetters()).isEmpty();
        }
    }

    @Test
    void a_submission_that_came_before_its_plan_is_taken_up_with_it() throws Exception {
        var document = found(story.document());
        try (var other = new Story(folder.resolve("other"))) {
            take(other, document);
            var submitted = plan.submitted(code("B.java", "b"));
            var created = madeOf(submitted.getMeta().getEventId(), plan.created());

            other.when(submitted, created, plan.planned("new"), submitted, created);

            assertThat(found(other.context()).files()).containsExactly(Map.entry("B.java", "b"));
            assertThat(found(other.view()).metadata().state()).isNotEqualTo("imported");
            assertThat(other.sent()).isNotEmpty();
            assertThat(other.stored().submissions()).isEmpty();
            assertThat(other.deadLetters()).isEmpty();
        }
    }

    @Test
    void a_damaged_changed_or_foreign_document_is_refused() {
        var document = new String(found(story.document()).bytes(), StandardCharsets.UTF_8);

        assertUnusable(document.substring(0, document.length() / 2), "truncated");
        assertUnusable(document.replace("Short links", "Long links"), "damaged");
        assertUnusable(document.replace("\"version\":1,", "\"version\":7,"), "version 7");
        assertUnusable(document.replace("taskweaver-context", "something"), "format");
        assertUnusable(document.replace("\"plan\":\"p1\",\"digest\"", "\"plan\":\"p2\",\"digest\""), "p2");
        assertUnusable("[]", "not a JSON object");
    }

    private static void assertUnusable(String document, String why) {
        assertThatThrownBy(() -> ContextDocument.read(document.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ContextDocument.Unusable.class)
                .hasMessageContaining(why);
    }

    @Test
    void contexts_of_a_plan_that_runs_are_removed_only_by_force() {
        story.change(clear(Optional.empty(), false));

        assertThat(story.view()).isInstanceOf(QueryResult.Found.class);
        assertThat(story.deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.getCause()).contains("is running"));

        story.change(clear(Optional.empty(), true));

        assertThat(story.view()).isInstanceOf(QueryResult.Unknown.class);
        assertThat(story.stored().keys()).isEmpty();
        assertThat(story.removed()).containsExactly("p1/pack/0");
    }

    @Test
    void contexts_of_a_plan_that_has_ended_are_removed_with_its_code() {
        story.change(failed(), clear(Optional.empty(), false));

        assertThat(story.view()).isInstanceOf(QueryResult.Unknown.class);
        assertThat(story.removed()).containsExactly("p1/pack/0");
        assertThat(story.deadLetters()).isEmpty();
    }

    private static PlanEvent archived() {
        return new PlanArchived(
                Meta.of(PlanArchived.class, Story.PLAN, NOW, Optional.empty()),
                "Short links",
                "completed",
                "ab".repeat(32));
    }

    @Test
    void an_archived_plan_is_gone_whatever_comes_of_it_and_can_be_imported() throws Exception {
        var document = found(story.document());
        story.change(cancelled(), archived());

        assertThat(story.view()).isInstanceOf(QueryResult.Gone.class);
        assertThat(story.context()).isInstanceOf(QueryResult.Gone.class);
        assertThat(story.stored().keys()).hasSize(1);
        assertThat(story.removed()).containsExactly("p1/pack/0");

        story.when(plan.planned("late"), plan.submitted(code("A.java", "a"))).change(archived(), cancelled());
        assertThat(story.stored().keys()).hasSize(1);
        assertThat(story.deadLetters()).isEmpty();

        take(story, document);
        story.change(archived());
        assertThat(found(story.view()).metadata().state()).isEqualTo("imported");
    }

    @Test
    void what_is_kept_of_a_task_is_removed_and_what_it_contributed_stays() {
        story.change(cancelled(), clear(Optional.of("api"), false));

        assertThat(story.viewOf("api")).isInstanceOf(QueryResult.NoTask.class);
        assertThat(found(story.view()).files())
                .anySatisfy(fact -> assertThat(fact.by().tasks()).containsExactly(new TaskId("api")));
        assertThat(story.removed()).isEmpty();
    }
}
