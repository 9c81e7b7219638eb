package io.taskweaver.context;

import static io.taskweaver.context.PlanEvents.code;
import static io.taskweaver.context.PlanEvents.contractOf;
import static io.taskweaver.context.PlanEvents.file;
import static io.taskweaver.context.PlanEvents.resultOf;
import static io.taskweaver.context.Story.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.taskweaver.model.TaskId;
import io.taskweaver.wire.context.ContextDifference.FileChange;
import io.taskweaver.wire.context.ContextDifference.TaskChange;
import io.taskweaver.wire.context.ContextView;
import io.taskweaver.wire.context.ContextView.FileFact;
import io.taskweaver.wire.context.FileHistory;
import io.taskweaver.wire.context.ListTotals;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactQueriesTest {
    private static final TaskId API = new TaskId("api");
    private static final TaskId STORE = new TaskId("store");
    private static final TaskId LINKS = new TaskId("c-links");

    private final PlanEvents plan = new PlanEvents(Story.PLAN.value());
    private Story story;

    @BeforeEach
    void begin(@TempDir Path folder) {
        story = new Story(folder);
        story.given(
                plan.submitted(code("A.java", "a"), code("pom.xml", "<project/>")),
                plan.created(),
                plan.contract("c-links", "Links", 1, Map.of("Links.java", "one")), // version 1
                plan.planned("c-links"),
                plan.task("api", contractOf("c-links")).build(),
                plan.planned("store", resultOf("api")),
                plan.completed("api", 1, file("A.java", "a", "b"), file("Api.java", null, "api")), // version 2
                plan.completed("store", 1, file("A.java", "b", "c"), file("Api.java", "api", null)), // version 3
                plan.contract("c-links", "Links", 2, Map.of("Links.java", "two"))); // version 4
    }

    @AfterEach
    void end() {
        story.close();
    }

    private static FileFact fact(ContextView view, String path) {
        return view.files().stream()
                .filter(fact -> fact.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> states(ContextView view) {
        return view.requirements().tasks().stream()
                .collect(Collectors.toMap(fact -> fact.task().id().value(), ContextView.TaskFact::state));
    }

    @Test
    void each_section_says_what_is_known_and_who_contributed_it() {
        var view = found(story.view());

        assertThat(view.metadata().title()).isEqualTo("Short links");
        assertThat(view.metadata().version()).isEqualTo(4);
        assertThat(view.metadata().state()).isEqualTo("active");
        assertThat(view.metadata().commit()).isEqualTo(story.line().getFirst());
        assertThat(fact(view, "A.java").by().service()).isEqualTo("executor");
        assertThat(fact(view, "A.java").by().tasks()).containsExactly(API, STORE);
        assertThat(fact(view, "A.java").by().version()).isEqualTo(3);
        assertThat(fact(view, "Api.java").entry()).isEmpty();
        assertThat(fact(view, "Links.java").by().service()).isEqualTo("interface");
        assertThat(view.codebase().files())
                .extracting(ContextView.CodeText::path)
                .containsExactly("A.java", "pom.xml");
        assertThat(view.codebase().by().service()).isEqualTo("client");
        assertThat(view.requirements().constraints()).containsExactly("Java 25");
        assertThat(view.requirements().by().service()).isEqualTo("planner");
        assertThat(states(view)).isEqualTo(Map.of("c-links", "published", "api", "merged", "store", "merged"));
        assertThat(view.interfaces()).singleElement().satisfies(fact -> {
            assertThat(fact.contract().version()).isEqualTo(2);
            assertThat(fact.by().tasks()).containsExactly(LINKS);
            assertThat(fact.by().version()).isEqualTo(4);
        });
        assertThat(view.dependencies())
                .allMatch(ContextView.DependencyFact::met)
                .hasSize(2);
    }

    @Test
    void lists_that_a_limit_cuts_say_how_many_entries_there_are() {
        var view = found(story.view());
        assertThat(view.limited(3)).isEqualTo(view);
        var few = view.limited(1);
        assertThat(few.files()).isEqualTo(view.files().subList(0, 1));
        assertThat(few.codebase().files()).hasSize(1);
        assertThat(few.dependencies()).hasSize(1);
        assertThat(few.requirements().tasks())
                .extracting(fact -> fact.task().id())
                .containsExactly(view.requirements().tasks().getFirst().task().id());
        assertThat(few.requirements().constraints())
                .isEqualTo(view.requirements().constraints());
        assertThat(few.totals()).contains(new ListTotals(3, 2, 3, 1, 2));
        assertThat(few.counts()).isEqualTo(view.counts());

        var difference = found(story.difference(1, 3));
        var first = difference.limited(1);
        assertThat(first.requirements()).hasSize(1);
        assertThat(first.counts()).isEqualTo(difference.counts());
        assertThat(difference.limited(2)).isEqualTo(difference);
    }

    @Test
    void the_paths_of_results_are_cut_as_well() {
        var few = found(story.viewOf("api")).limited(1);

        assertThat(few.requirements().tasks())
                .singleElement()
                .extracting(task -> task.result().orElseThrow().touched())
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(1);
        assertThat(few.totals()).isPresent();
    }

    @Test
    void an_earlier_version_shows_the_context_as_it_was() {
        var view = found(story.view(2));

        assertThat(view.metadata().newest()).isEqualTo(4);
        assertThat(fact(view, "A.java").by().tasks()).containsExactly(API);
        assertThat(fact(view, "Api.java").entry()).isPresent();
        assertThat(states(view)).containsEntry("store", "planned");
        assertThat(view.interfaces())
                .singleElement()
                .satisfies(fact -> assertThat(fact.contract().version()).isEqualTo(1));
        assertThat(found(story.view(0)).files()).isEmpty();
        assertThat(story.view(5)).isInstanceOf(QueryResult.TooEarly.class);
    }

    @Test
    void a_task_shows_what_it_is_given_and_what_it_waits_for() {
        story.given(plan.planned("ui", resultOf("audit"), contractOf("c-links")), plan.planned("audit"));

        var store = found(story.viewOf("store"));
        assertThat(store.files()).extracting(FileFact::path).contains("A.java");
        assertThat(store.requirements().tasks()).hasSize(1);
        var ui = found(story.viewOf("ui"));
        assertThat(ui.metadata().awaited().orElseThrow()).contains("audit");
        assertThat(ui.interfaces()).hasSize(1);
        assertThat(ui.dependencies()).hasSize(2);
        assertThat(story.viewOf("nobody")).isEqualTo(new QueryResult.NoTask<>(new TaskId("nobody")));
    }

    @Test
    void a_difference_names_what_changed_between_two_versions() {
        var difference = found(story.difference(1, 3));

        // Added and deleted in between: no difference.
        assertThat(difference.files()).extracting(FileChange::path).containsExactly("A.java");
        assertThat(difference.files().getFirst().by().tasks()).containsExactly(API, STORE);
        assertThat(found(story.difference(2, 3)).files())
                .filteredOn(change -> change.path().equals("Api.java"))
                .singleElement()
                .satisfies(change -> assertThat(change.after()).isEmpty());
        assertThat(difference.requirements())
                .extracting(TaskChange::task, TaskChange::before, TaskChange::after)
                .containsExactlyInAnyOrder(
                        tuple(API, Optional.of("planned"), Optional.of("merged")),
                        tuple(STORE, Optional.of("planned"), Optional.of("merged")));
        assertThat(difference.interfaces()).isEmpty();
        assertThat(found(story.difference(3, 4)).interfaces()).hasSize(1);
        assertThat(found(story.difference(2, 2)).files()).isEmpty();
    }

    @Test
    void what_the_code_base_has_is_changed_not_added() {
        assertThat(found(story.difference(0, 3)).files())
                .filteredOn(change -> change.path().equals("A.java"))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.before())
                            .isPresent()
                            .isEqualTo(found(story.history("A.java")).base());
                    assertThat(change.after()).isPresent().isNotEqualTo(change.before());
                });
        assertThat(found(story.difference(3, 0)).files())
                .filteredOn(change -> change.path().equals("A.java"))
                .singleElement()
                .satisfies(change -> assertThat(change.after()).isPresent());
    }

    @Test
    void the_history_of_a_file_names_tasks_versions_and_hashes() {
        var history = found(story.history("Api.java"));

        assertThat(history.base()).isEmpty();
        assertThat(history.changes()).extracting(FileHistory.Change::version).containsExactly(2L, 3L);
        assertThat(history.changes())
                .extracting(FileHistory.Change::tasks)
                .containsExactly(List.of(API), List.of(STORE));
        assertThat(history.changes().getFirst().entry().orElseThrow().object())
                .isEqualTo(story.git("rev-parse", history.changes().getFirst().commit() + ":Api.java")
                        .strip());
        assertThat(history.changes().getLast().entry()).isEmpty();
        assertThat(found(story.history("A.java")).base()).isPresent();
        assertThat(found(story.history("nothing.txt")).changes()).isEmpty();
    }
}
