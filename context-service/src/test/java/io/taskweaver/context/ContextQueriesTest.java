package io.taskweaver.context;

import static io.taskweaver.context.PlanEvents.code;
import static io.taskweaver.context.PlanEvents.contractOf;
import static io.taskweaver.context.PlanEvents.file;
import static io.taskweaver.context.PlanEvents.resultOf;
import static io.taskweaver.context.PlanEvents.unlock;
import static io.taskweaver.context.Story.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Contract;
import io.taskweaver.model.TaskId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextQueriesTest {
    private final PlanEvents plan = new PlanEvents(Story.PLAN.value());
    private Story story;

    @BeforeEach
    void begin(@TempDir Path folder) {
        story = new Story(folder);
    }

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void an_unknown_plan_is_unknown() {
        assertThat(story.context()).isInstanceOf(QueryResult.Unknown.class);
        assertThat(story.isolated("api")).isInstanceOf(QueryResult.Unknown.class);
    }

    @Test
    void a_task_is_given_its_plan_its_contracts_and_its_dependents() {
        story.given(
                plan.submitted(),
                plan.created(),
                plan.task("api", contractOf("c-store"))
                        .setComponent("Links")
                        .setUnlocks(List.of(unlock("ui", "Show links"), unlock("audit", "Audit")))
                        .build(),
                plan.planned("ui", resultOf("api")),
                plan.planned("audit", resultOf("api")),
                plan.contract("c-links", "Links", 1, Map.of("Links.java", "links")),
                plan.contract("c-store", "Store", 1, Map.of("Store.java", "store")),
                plan.contract("c-other", "Other", 1, Map.of("Other.java", "other")));

        var context = found(story.isolated("api"));

        assertThat(context.planTitle()).isEqualTo("Short links");
        assertThat(context.constraints()).containsExactly("Java 25");
        assertThat(context.boundaries()).containsExactly("no UI");
        assertThat(context.contracts()).extracting(Contract::component).containsExactly("Store", "Links");
        assertThat(context.dependents()).containsExactly(Map.entry("ui", "Show links"), Map.entry("audit", "Audit"));
        assertThat(context.task().acceptanceCriteria()).containsExactly("it works");
        assertThat(context.files()).isEmpty();
        assertThat(context.neighbourhood().dependents())
                .extracting(dependent -> dependent.id().value())
                .containsExactly("ui", "audit");
    }

    @Test
    void a_task_is_not_given_away_before_those_that_build_on_it_are_known() {
        story.given(
                plan.submitted(),
                plan.created(),
                plan.task("api").setUnlocks(List.of(unlock("ui", "Show links"))).build());

        assertThat(story.isolated("api")).isInstanceOf(QueryResult.TooEarly.class);

        story.given(plan.planned("ui", resultOf("api")));

        assertThat(found(story.isolated("api")).neighbourhood().dependents()).hasSize(1);
    }

    @Test
    void a_task_is_told_how_the_code_base_is_written() {
        story.given(
                plan.submitted(code("pom.xml", "<project/>"), code("src/main/java/a/A.java", "package a;")),
                plan.created(),
                plan.planned("api"));

        assertThat(found(story.isolated("api")).conventions())
                .contains("Language: Java (1 file below `src/main/java/a`)", "Build: Maven (`pom.xml`)");
    }

    @Test
    void a_task_is_given_what_its_needs_made_and_not_what_others_did() {
        story.given(
                plan.submitted(),
                plan.created(),
                plan.planned("api", resultOf("store")),
                plan.completed("store", 1, file("Store.java", null, "s")),
                plan.completed("other", 1, file("Other.java", null, "o")));

        assertThat(found(story.isolated("api")).files()).isEqualTo(Map.of("Store.java", "s"));
    }

    @Test
    void a_task_is_given_the_code_that_it_names_or_belongs_to() {
        story.given(
                plan.submitted(
                        code("src/links/Shortener.java", "s"),
                        code("src/Named.java", "n"),
                        code("src/Expected.java", "e"),
                        code("src/Unrelated.java", "u")),
                plan.created(),
                plan.task("api")
                        .setDescription("Extend Named.java.")
                        .setComponent("Links")
                        .setExpectedFiles(List.of("src/Expected.java", "src/NotThere.java"))
                        .build());

        assertThat(found(story.isolated("api")).files())
                .containsOnlyKeys("src/links/Shortener.java", "src/Named.java", "src/Expected.java");
    }

    @Test
    void it_is_too_early_until_submission_plan_and_task_are_read() {
        assertThat(awaited(plan.created())).contains("submission");
        assertThat(awaited(plan.submitted())).contains("task api");
        assertThat(awaited(plan.planned("api", contractOf("c"), resultOf("store"))))
                .contains("contract of c");
        assertThat(awaited(plan.contract("c", "Links", 1, Map.of()))).contains("result of store");
        story.given(plan.completed("store", 1));
        assertThat(story.isolated("api")).isInstanceOf(QueryResult.Found.class);
    }

    @Test
    void a_result_in_conflict_is_not_there_yet() {
        story.given(
                plan.submitted(),
                plan.created(),
                plan.completed("x", 1, file("A.java", null, "x")),
                plan.completed("store", 1, file("A.java", null, "s")));

        assertThat(awaited(plan.planned("api", resultOf("store")))).contains("result of store");
    }

    @Test
    void nobody_waits_for_what_was_done_before_the_plan() {
        story.given(
                plan.submitted(),
                plan.created(),
                plan.task("store").setDone(true).build(),
                plan.planned("api", resultOf("store")));

        assertThat(story.isolated("api")).isInstanceOf(QueryResult.Found.class);
    }

    @Test
    void a_version_reads_the_same_for_ever() {
        story.given(
                plan.submitted(code("A.java", "zero")),
                plan.created(),
                plan.task("api").setExpectedFiles(List.of("A.java", "B.java")).build());
        var zero = story.context(0);
        story.given(plan.completed("x", 1, file("A.java", "zero", "one")));
        var one = story.isolated("api", 1);
        story.given(plan.completed("y", 1, file("A.java", "one", null), file("B.java", null, "b")));

        assertThat(story.context(0)).isEqualTo(zero);
        assertThat(story.isolated("api", 1)).isEqualTo(one);
        assertThat(found(one).files()).isEqualTo(Map.of("A.java", "one"));
        assertThat(found(story.isolated("api")).files()).isEqualTo(Map.of("B.java", "b"));
        assertThat(found(story.isolated("api")).version()).isEqualTo(2);
    }

    @Test
    void a_version_that_is_not_made_yet_is_too_early() {
        story.given(plan.submitted(), plan.created(), plan.planned("api"));

        assertThat(story.isolated("api", 7)).isInstanceOf(QueryResult.TooEarly.class);
        assertThat(story.context(7)).isInstanceOf(QueryResult.TooEarly.class);
    }

    @Test
    void changes_leave_out_code_that_nobody_touched_and_name_what_is_gone() {
        story.given(
                plan.submitted(code("Same.java", "s"), code("Changed.java", "c"), code("Gone.java", "g")),
                plan.completed(
                        "x",
                        1,
                        file("Changed.java", "c", "C"),
                        file("Gone.java", "g", null),
                        file("New.java", null, "n")));

        var changes = found(story.changes());
        assertThat(changes.files()).isEqualTo(Map.of("Changed.java", "C", "New.java", "n"));
        assertThat(changes.deleted()).containsExactly("Gone.java");
        assertThat(found(story.context()).files()).containsKey("Same.java");
    }

    @Test
    void a_file_whose_name_begins_with_anothers_is_a_file_of_its_own() {
        story.given(plan.submitted(), plan.completed("x", 1, file("A", null, "1"), file("A.java", null, "2")));
        story.given(plan.completed("y", 1, file("A", "1", null)));

        assertThat(found(story.context()).files()).isEqualTo(Map.of("A.java", "2"));
    }

    @Test
    void a_plan_whose_id_begins_with_anothers_is_a_plan_of_its_own() {
        var longer = new PlanEvents(Story.PLAN.value() + "0");
        story.given(plan.submitted(), longer.submitted(), longer.completed("x", 1, file("A", null, "1")));

        assertThat(found(story.context()).files()).isEmpty();
    }

    @Test
    void a_reconcile_task_is_given_the_conflict_and_what_the_conflicted_task_was_given() {
        story.given(
                plan.submitted(),
                plan.created(),
                plan.completed("base", 1, file("Base.java", null, "base")),
                plan.planned("store", resultOf("base")),
                plan.completed("x", 1, file("A.java", null, "mine")),
                plan.completed("store", 1, file("A.java", null, "other"), file("B.java", null, "held")),
                plan.reconcile("store-reconcile-1", "store"));

        var context = found(story.isolated("store-reconcile-1"));

        assertThat(context.conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.current()).contains("mine");
            assertThat(conflict.proposed()).contains("other");
            assertThat(conflict.contributors()).containsExactly(new TaskId("x"));
        });
        assertThat(context.files()).isEqualTo(Map.of("A.java", "mine", "B.java", "held", "Base.java", "base"));
    }

    private String awaited(org.apache.avro.specific.SpecificRecord event) {
        story.given(event);
        return story.isolated("api") instanceof QueryResult.TooEarly<?>(var awaited) ? awaited : "nothing";
    }
}
