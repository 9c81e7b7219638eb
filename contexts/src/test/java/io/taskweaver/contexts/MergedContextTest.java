package io.taskweaver.contexts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.model.CodeFile;
import io.taskweaver.model.FileChange;
import io.taskweaver.model.FileConflict;
import io.taskweaver.model.TaskId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MergedContextTest {
    private static final TaskId API = new TaskId("api");
    private static final TaskId STORE = new TaskId("store");

    @Test
    void each_result_makes_one_version_and_names_its_contributor() {
        var context =
                MergedContext.EMPTY.with(result(API, 1, add("A.java", "a"))).context();
        context = context.with(result(STORE, 1, change("A.java", "a", "b"))).context();

        assertThat(context.version()).isEqualTo(2);
        assertThat(file(context, "A.java").contributors()).containsExactly(API, STORE);
        assertThat(file(context, "A.java").writer()).contains(STORE);
    }

    @Test
    void a_result_without_files_is_a_version_too() {
        var merging = MergedContext.EMPTY.with(result(API, 1));

        assertThat(merging.context().version()).isEqualTo(1);
        assertThat(merging.context().digest()).isEqualTo(ContextDigest.EMPTY);
    }

    @Test
    void the_same_attempt_again_changes_nothing_and_has_the_same_outcome() {
        var once = MergedContext.EMPTY.with(result(API, 1, add("A.java", "a")));
        var twice = once.context().with(result(API, 1, add("A.java", "other")));

        assertThat(twice.context()).isEqualTo(once.context());
        assertThat(twice.outcome()).isEqualTo(once.outcome());
        assertThat(twice.settled()).isEmpty();
    }

    @Test
    void a_late_attempt_changes_nothing() {
        var second = MergedContext.EMPTY.with(result(API, 2, add("A.java", "a")));
        var late = second.context().with(result(API, 1, add("A.java", "late")));

        assertThat(late.context()).isEqualTo(second.context());
        assertThat(late.outcome().attempt()).isEqualTo(2);
    }

    @Test
    void a_newer_attempt_replaces_what_the_older_one_wrote() {
        var first = MergedContext.EMPTY.with(result(API, 1, add("A.java", "a"))).context();
        var second = first.with(result(API, 2, add("A.java", "b")));

        assertThat(file(second.context(), "A.java").content()).contains("b");
    }

    @Test
    void a_deleted_file_is_gone_from_the_digest() {
        var there = MergedContext.EMPTY.with(result(API, 1, add("A.java", "a"))).context();
        var gone = there.with(result(STORE, 1, delete("A.java", "a"))).context();

        assertThat(file(gone, "A.java").content()).isEmpty();
        assertThat(gone.digest()).isEqualTo(ContextDigest.EMPTY);
    }

    @Test
    void a_file_that_is_another_one_where_case_or_accents_do_not_count_conflicts_with_it() {
        for (var names : List.of(List.of("src/Main.java", "src/main.java"), List.of("\u00e4.txt", "a\u0308.txt"))) {
            var context = MergedContext.EMPTY
                    .with(result(API, 1, add(names.getFirst(), "a")))
                    .context();
            var merging = context.with(result(STORE, 1, add(names.getLast(), "b"), add("other", "c")));

            assertThat(merging.context().files()).isEqualTo(context.files());
            assertThat(merging.outcome()).isInstanceOfSatisfying(Settlement.Conflicted.class, conflict -> {
                assertThat(conflict.conflicts())
                        .containsExactly(new FileConflict(
                                names.getFirst(), Optional.empty(), Optional.of("a"), Optional.of("b"), List.of(API)));
                assertThat(conflict.held()).extracting(FileChange::path).containsExactly("other");
            });
        }
    }

    @Test
    void a_file_that_is_a_folder_elsewhere_conflicts_with_what_is_in_it() {
        var file = MergedContext.EMPTY.with(result(API, 1, add("a", "text"))).context();
        var folder =
                MergedContext.EMPTY.with(result(API, 1, add("A/b", "text"))).context();

        assertThat(file.with(result(STORE, 1, add("a/b", "x"))).outcome())
                .isInstanceOfSatisfying(
                        Settlement.Conflicted.class,
                        conflict -> assertThat(conflict.paths()).containsExactlyInAnyOrder("a", "a/b"));
        assertThat(folder.with(result(STORE, 1, add("a", "x"))).outcome())
                .isInstanceOfSatisfying(
                        Settlement.Conflicted.class,
                        conflict -> assertThat(conflict.paths()).containsExactly("a"));
    }

    @Test
    void a_file_may_take_the_place_of_one_that_the_same_result_deletes() {
        var context = MergedContext.EMPTY
                .with(result(API, 1, add("readme.md", "a"), add("lib", "text")))
                .context();
        var merging = context.with(result(
                STORE, 1, delete("readme.md", "a"), add("README.md", "b"), delete("lib", "text"), add("lib/x", "y")));

        assertThat(merging.outcome()).isInstanceOf(Settlement.Merged.class);
    }

    @Test
    void what_the_code_base_has_side_by_side_goes_on_as_it_is() {
        var context = MergedContext.EMPTY
                .over(List.of(code("Makefile", "a"), code("makefile", "b")))
                .context();

        assertThat(context.with(result(API, 1, change("makefile", "b", "c"))).outcome())
                .isInstanceOf(Settlement.Merged.class);
    }

    @Test
    void a_conflict_in_one_file_holds_the_whole_result() {
        var context =
                MergedContext.EMPTY.with(result(API, 1, add("A.java", "a"))).context();
        var merging = context.with(result(STORE, 1, add("A.java", "b"), add("B.java", "new")));

        assertThat(merging.context().files()).isEqualTo(context.files());
        assertThat(merging.context().version()).isEqualTo(1);
        var conflict = (Settlement.Conflicted) merging.outcome();
        assertThat(conflict.conflicts())
                .containsExactly(
                        new FileConflict("A.java", Optional.empty(), Optional.of("a"), Optional.of("b"), List.of(API)));
        assertThat(conflict.held()).containsExactly(add("B.java", "new"));
    }

    @Test
    void a_conflict_that_comes_again_has_the_same_outcome_whatever_was_merged_since() {
        var context =
                MergedContext.EMPTY.with(result(API, 1, add("A.java", "a"))).context();
        var conflict = context.with(result(STORE, 1, add("A.java", "b")));
        var later = conflict.context().with(result(new TaskId("x"), 1, change("A.java", "a", "b")));

        assertThat(later.context().with(result(STORE, 1, add("A.java", "b"))).outcome())
                .isEqualTo(conflict.outcome());
    }

    @Test
    void a_resolution_starts_from_what_was_current_and_brings_the_held_files_along() {
        var resolution = result(new TaskId("store-reconcile-1"), 1, change("A.java", "anything", "ab"));
        var merging = conflicted().with(resolution);

        assertThat(file(merging.context(), "A.java").content()).contains("ab");
        assertThat(file(merging.context(), "A.java").contributors()).containsExactly(API, STORE, resolution.task());
        assertThat(file(merging.context(), "B.java").content()).contains("new");
        assertThat(((Settlement.Merged) merging.outcome()).changed()).containsExactlyInAnyOrder("A.java", "B.java");
    }

    @Test
    void a_resolution_stands_for_the_conflicted_task() {
        var context = conflicted()
                .with(result(new TaskId("store-reconcile-1"), 1, change("A.java", "a", "ab")))
                .context();

        assertThat(settlement(context, STORE)).isInstanceOf(Settlement.Merged.class);
        assertThat(settlement(context, STORE).attempt()).isEqualTo(1);
    }

    @Test
    void a_resolution_that_conflicts_again_is_resolved_for_both() {
        var moved = conflicted()
                .with(result(new TaskId("x"), 1, change("A.java", "a", "moved")))
                .context();
        var first = new TaskId("store-reconcile-1");
        var again = moved.with(result(first, 1, change("A.java", "a", "ab")));
        assertThat(again.outcome()).isInstanceOf(Settlement.Conflicted.class);

        var context = again.context()
                .with(result(new TaskId("store-reconcile-1-reconcile-1"), 1, change("A.java", "moved", "done")))
                .context();

        assertThat(file(context, "A.java").content()).contains("done");
        assertThat(file(context, "B.java").content()).contains("new");
        assertThat(settlement(context, first)).isInstanceOf(Settlement.Merged.class);
        assertThat(settlement(context, STORE)).isInstanceOf(Settlement.Merged.class);
    }

    @Test
    void a_resolution_of_a_superseded_conflict_is_a_result_like_any_other() {
        var superseded = conflicted().with(result(STORE, 2, add("C.java", "c"))).context();
        var late = superseded.with(result(new TaskId("store-reconcile-1"), 1, change("A.java", "a", "ab")));

        assertThat(late.context().files()).doesNotContainKey("B.java");
        assertThat(settlement(late.context(), STORE).attempt()).isEqualTo(2);
    }

    @Test
    void the_code_base_is_version_0_and_untouched() {
        var adoption = MergedContext.EMPTY.over(List.of(code("A.java", "a"), binary("logo.png")));

        assertThat(adoption.context().version()).isZero();
        assertThat(file(adoption.context(), "A.java").untouched()).isTrue();
        assertThat(adoption.context().files()).doesNotContainKey("logo.png");
    }

    @Test
    void the_code_base_lies_under_what_is_merged_already() {
        var merged =
                MergedContext.EMPTY.with(result(API, 1, add("A.java", "new"))).context();
        var adoption = merged.over(List.of(code("A.java", "old"), code("B.java", "b")));

        assertThat(file(adoption.context(), "A.java").content()).contains("new");
        assertThat(adoption.leftOut()).containsExactly("A.java");
        assertThat(adoption.context().digest()).isEqualTo(merged.digest().with("B.java", "b"));
    }

    @Test
    void a_contract_leaves_the_files_of_the_code_base_alone() {
        var context =
                MergedContext.EMPTY.over(List.of(code("Api.java", "mine"))).context();
        var adoption = context.withContract(API, List.of(add("Api.java", "interface"), add("MockApi.java", "mock")));

        assertThat(adoption.leftOut()).containsExactly("Api.java");
        assertThat(file(adoption.context(), "Api.java").content()).contains("mine");
        assertThat(file(adoption.context(), "MockApi.java").content()).contains("mock");
        assertThat(adoption.context().version()).isEqualTo(1);
    }

    @Test
    void a_new_file_of_a_contract_needs_a_name_that_every_system_takes() {
        var adoption = MergedContext.EMPTY.withContract(
                API, List.of(add("src/NUL.java", "device"), add("Api.java", "interface")));

        assertThat(adoption.leftOut()).containsExactly("src/NUL.java");
        assertThat(adoption.context().files()).containsOnlyKeys("Api.java");
    }

    @Test
    void a_contract_published_again_makes_no_version() {
        var once = MergedContext.EMPTY
                .withContract(API, List.of(add("Api.java", "interface")))
                .context();

        assertThat(once.withContract(API, List.of(add("Api.java", "interface"))).context())
                .isEqualTo(once);
    }

    @Test
    void a_new_version_of_a_contract_replaces_the_old_one() {
        var once = MergedContext.EMPTY
                .withContract(API, List.of(add("Api.java", "one")))
                .context();
        var twice = once.withContract(API, List.of(change("Api.java", "one", "two")))
                .context();

        assertThat(file(twice, "Api.java").content()).contains("two");
    }

    @Test
    void a_path_stays_inside_the_work() {
        for (var path :
                List.of("", ".", "/etc/passwd", "../x", "a/../../x", ".git/hooks/pre-commit", "a\\b", "a\u0000", "a/"))
            assertThatThrownBy(() -> add(path, "x")).as(path).isInstanceOf(IllegalArgumentException.class);
        assertThat(add("./a//b", "x").path()).isEqualTo("a/b");
    }

    private static MergedContext conflicted() {
        return MergedContext.EMPTY
                .with(result(API, 1, add("A.java", "a")))
                .context()
                .with(result(STORE, 1, add("A.java", "b"), add("B.java", "new")))
                .context();
    }

    private static Contribution result(TaskId task, int attempt, FileChange... changes) {
        return new Contribution(task, attempt, List.of(changes), ResolvedAttempt.of(task));
    }

    private static FileChange add(String path, String content) {
        return change(path, null, content);
    }

    private static FileChange delete(String path, String base) {
        return change(path, base, null);
    }

    private static FileChange change(String path, @Nullable String base, @Nullable String content) {
        return new FileChange(path, Optional.ofNullable(base), Optional.ofNullable(content));
    }

    private static CodeFile code(String path, String content) {
        return new CodeFile(path, content.length(), Optional.of(content));
    }

    private static CodeFile binary(String path) {
        return new CodeFile(path, 10, Optional.empty());
    }

    private static MergedFile file(MergedContext context, String path) {
        return Objects.requireNonNull(context.files().get(path));
    }

    private static Settlement settlement(MergedContext context, TaskId task) {
        return Objects.requireNonNull(context.settlements().get(task));
    }
}
