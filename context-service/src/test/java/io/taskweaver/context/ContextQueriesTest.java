package io.taskweaver.context;

import static io.taskweaver.context.PlanEvents.code;
import static io.taskweaver.context.PlanEvents.contractOf;
import static io.taskweaver.context.PlanEvents.file;
import static io.taskweaver.context.PlanEvents.resultOf;
import static io.taskweaver.context.PlanEvents.unlock;
import static io.taskweaver.context.Story.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.Git;
import io.taskweaver.code.LineBundle;
import io.taskweaver.model.BaseCommit;
import io.taskweaver.model.Contract;
import io.taskweaver.model.FileConflict;
import io.taskweaver.model.TaskId;
import io.taskweaver.wire.rest.LineView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
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
            assertThat(conflict.path()).isEqualTo("A.java");
            assertThat(conflict.base()).isEmpty();
            assertThat(conflict.current()).contains("mine");
            assertThat(conflict.proposed()).contains("other");
            assertThat(conflict.contributors()).containsExactly(new TaskId("x"));
        });
        assertThat(context.files()).isEqualTo(Map.of("A.java", "mine", "B.java", "held", "Base.java", "base"));
        var at = context.code().orElseThrow();
        assertThat(at.commit()).isEqualTo(story.line().getFirst());
        assertThat(story.git("show", at.conflicted().orElseThrow() + ":A.java")).isEqualTo("other");
    }

    @Test
    void a_reconcile_task_sees_all_three_sides_and_what_goes_together_as_merged() {
        var base = "1\n2\n3\n4\n5\n";
        story.given(
                plan.submitted(code("A.java", "base"), code("Both.txt", base), code("Gone.txt", "g")),
                plan.created(),
                plan.planned("store"),
                plan.completed("x", 1, file("A.java", "base", "mine"), file("Both.txt", base, "one\n2\n3\n4\n5\n")),
                plan.completed(
                        "store",
                        1,
                        file("A.java", "base", "other"),
                        file("Both.txt", base, "1\n2\n3\n4\nfive\n"),
                        file("Gone.txt", "g", null)),
                plan.reconcile("store-reconcile-1", "store"));

        var context = found(story.isolated("store-reconcile-1"));

        assertThat(context.conflicts())
                .containsExactly(new FileConflict(
                        "A.java",
                        Optional.of("base"),
                        Optional.of("mine"),
                        Optional.of("other"),
                        List.of(new TaskId("x"))));
        assertThat(context.files()).isEqualTo(Map.of("A.java", "mine", "Both.txt", "one\n2\n3\n4\nfive\n"));
    }

    @Test
    void names_that_are_one_file_on_some_systems_conflict_with_both_texts_and_the_task_of_the_other_one() {
        story.given(
                plan.submitted(),
                plan.created(),
                plan.planned("store"),
                plan.completed("x", 1, file("A.txt", null, "of x\n")),
                plan.completed("store", 1, file("a.txt", null, "of store\n")).from(0),
                plan.reconcile("store-reconcile-1", "store"));

        var context = found(story.isolated("store-reconcile-1"));

        assertThat(context.conflicts())
                .containsExactly(new FileConflict(
                        "A.txt",
                        Optional.empty(),
                        Optional.of("of x\n"),
                        Optional.of("of store\n"),
                        List.of(new TaskId("x")),
                        Optional.of("a.txt")));
        assertThat(context.files()).isEqualTo(Map.of("A.txt", "of x\n"));
    }

    @Test
    void of_a_file_that_is_too_long_to_be_shown_a_conflict_says_where_both_sides_are() {
        var mine = "\u4e2d".repeat(200_000);
        var other = "\u5927".repeat(200_000);
        story.given(
                plan.submitted(),
                plan.created(),
                plan.planned("store"),
                plan.completed("x", 1, file("A.java", null, mine)),
                plan.completed("store", 1, file("A.java", null, other)),
                plan.reconcile("store-reconcile-1", "store"));

        var context = found(story.isolated("store-reconcile-1"));
        assertThat(context.conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.base()).isEmpty();
            assertThat(printed(conflict.current())).isEqualTo(mine);
            assertThat(printed(conflict.proposed())).isEqualTo(other);
        });
        assertThat(context.files()).isEmpty();
    }

    @Test
    void a_conflict_of_a_binary_file_is_not_told_as_one_that_is_not_there() {
        var old = new byte[] {1, 0};
        var mine = new byte[] {2, 0};
        story.given(
                plan.submitted(),
                plan.created(),
                plan.completed("base", 1, Edit.ofBytes("logo.png", null, old)),
                plan.planned("store", resultOf("base")),
                plan.completed("x", 1, Edit.ofBytes("logo.png", old, mine)),
                plan.completed("store", 1, Edit.ofBytes("logo.png", old, new byte[] {3, 0})),
                plan.reconcile("store-reconcile-1", "store"));

        assertThat(found(story.isolated("store-reconcile-1")).conflicts())
                .singleElement()
                .satisfies(conflict -> {
                    assertThat(conflict.base().orElseThrow()).contains("2 bytes");
                    assertThat(printed(conflict.current())).isEqualTo("\u0002\0");
                    assertThat(printed(conflict.proposed())).isEqualTo("\u0003\0");
                });
    }

    /** What the command prints that is named in place of a text. */
    private String printed(Optional<String> side) {
        var command = Pattern.compile("git (cat-file blob [0-9a-f]{40}) prints").matcher(side.orElseThrow());
        assertThat(command.find()).as(side.get()).isTrue();
        return story.git(command.group(1).split(" "));
    }

    @Test
    void what_is_not_text_is_named_and_not_shown() {
        story.given(
                plan.submitted(code("A.java", "a")), plan.completed("x", 1, Edit.ofBytes("logo.png", null, new byte[] {
                    (byte) 0x89, 'P', 0, (byte) 0xff
                })));

        assertThat(found(story.changes()).other()).containsExactly("logo.png");
        assertThat(found(story.context()).other()).containsExactly("logo.png");
        assertThat(found(story.context()).files()).isEqualTo(Map.of("A.java", "a"));
    }

    @Test
    void a_plan_about_a_folder_shows_paths_relative_to_it() {
        var base = story.commit(
                List.of(), Map.of("shop/src/A.java", "a", "shop/src/Used.java", "u", "other/A.java", "not this"));
        story.given(
                plan.submitted(base, "shop", "", code("src/A.java", "a"), code("src/Used.java", "u")),
                plan.created(),
                plan.planned("x"),
                plan.planned("store"),
                plan.task("api", resultOf("x"))
                        .setExpectedFiles(List.of("src/A.java"))
                        .build(),
                plan.contract("c", "Links", 1, Map.of("src/Links.java", "links")),
                plan.completed(
                        "x", 1, file("shop/src/Used.java", "u", "mine"), file("other/B.java", null, "beside the plan")),
                plan.completed("store", 1, file("shop/src/Used.java", "u", "other")),
                plan.reconcile("store-reconcile-1", "store"));

        var context = found(story.isolated("api"));
        assertThat(context.files()).isEqualTo(Map.of("src/A.java", "a", "src/Used.java", "mine"));
        assertThat(context.code().orElseThrow().prefix()).isEqualTo("shop");
        assertThat(found(story.isolated("store-reconcile-1")).conflicts())
                .extracting(FileConflict::path)
                .containsExactly("src/Used.java");
        assertThat(found(story.changes()).files()).containsOnlyKeys("src/Links.java", "src/Used.java");
    }

    @Test
    void a_plan_that_goes_on_from_earlier_results_shows_what_differs_from_the_code_of_its_user() {
        var base = story.commit(List.of(), Map.of("A.java", "a"));
        var start = story.commit(List.of(base), Map.of("A.java", "a", "Earlier.java", "e"));
        story.given(
                plan.submitted(base, "", start, code("A.java", "a"), code("Earlier.java", "e")),
                plan.created(),
                plan.task("api").setExpectedFiles(List.of("Earlier.java")).build());

        assertThat(found(story.isolated("api")).files()).isEqualTo(Map.of("Earlier.java", "e"));
        assertThat(found(story.isolated("api")).code().orElseThrow().commit()).isEqualTo(start);
        assertThat(found(story.changes()).files()).isEqualTo(Map.of("Earlier.java", "e"));
        assertThat(found(story.lineView()))
                .isEqualTo(new LineView(0, new BaseCommit("/home/ada/shop", base, "", start), start));
        assertThat(story.packs()).isEmpty();
    }

    @Test
    void the_line_is_its_base_and_its_head() {
        assertThat(story.lineView()).isInstanceOf(QueryResult.Unknown.class);
        story.given(plan.created());
        assertThat(story.lineView()).isInstanceOf(QueryResult.TooEarly.class);
        assertThat(story.bundle(Optional.empty())).isInstanceOf(QueryResult.TooEarly.class);

        story.given(plan.submitted(code("A.java", "a")), plan.completed("x", 1, file("A.java", "a", "b")));

        var line = story.line();
        assertThat(found(story.lineView()))
                .isEqualTo(new LineView(1, new BaseCommit("", line.getLast(), ""), line.getFirst()));
    }

    @Test
    void git_and_another_repository_take_the_line_from_its_bundle(@TempDir Path folder) throws Exception {
        story.given(
                plan.submitted(code("A.java", "a")),
                plan.completed("x", 1, file("A.java", "a", "b")),
                plan.completed("y", 1, file("src/B.java", null, "b")));
        var line = story.line();
        var file = folder.resolve("line.bundle");
        Files.write(file, found(story.bundle(Optional.empty())));
        var git = Git.in(folder);

        git.text("init", "--quiet", "user");
        Git.in(folder.resolve("user")).text("fetch", "--quiet", file.toString(), "line:line");
        assertThat(Git.in(folder.resolve("user")).text("rev-list", "line").lines())
                .containsExactlyElementsOf(line);
        try (var other = CodeRepository.open(folder.resolve("other"))) {
            assertThat(LineBundle.read(Files.readAllBytes(file), other))
                    .isEqualTo(new LineBundle.Content(line.getLast(), line.getFirst()));
            var little = found(story.bundle(Optional.of(line.getFirst())));
            assertThat(little.length).isLessThan((int) Files.size(file));
            assertThat(LineBundle.read(little, other).head()).isEqualTo(line.getFirst());
            // What the caller claims to have is not to be trusted.
            var tree = story.code().treeOf(line.getFirst());
            assertThat(LineBundle.read(found(story.bundle(Optional.of(tree))), other)
                            .head())
                    .isEqualTo(line.getFirst());
        }
    }

    private String awaited(org.apache.avro.specific.SpecificRecord event) {
        story.given(event);
        return story.isolated("api") instanceof QueryResult.TooEarly<?>(var awaited) ? awaited : "nothing";
    }
}
