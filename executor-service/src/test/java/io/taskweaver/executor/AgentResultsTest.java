package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.command.CheckResult;
import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.GitPath;
import io.taskweaver.contexts.ResultPaths;
import io.taskweaver.model.CodeAt;
import io.taskweaver.model.CodeResult;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.IsolatedContextBuilder;
import io.taskweaver.model.Usage;
import io.taskweaver.wire.EventWriter;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.testing.SingleObjectSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentResultsTest {
    private static final Usage USAGE = new Usage(10, 20, 30);
    private static final Instant BEGUN = Instant.parse("2026-01-01T00:00:00Z");
    private static final String NAME = "0123456789".repeat(4);

    @TempDir
    Path folder;

    private CodeRepository repository;
    /** Text that the agent is shown of files, by path. */
    private Map<String, String> shown = Map.of("notes.txt", "old");

    private String head;
    private String prefix = "";

    @BeforeEach
    void open() throws Exception {
        repository = CodeRepository.open(folder.resolve("line"));
        head = SomeCode.tree(repository, shown);
    }

    @AfterEach
    void close() {
        repository.close();
    }

    private static Outcome.Succeeded answered(String answer) {
        return new Outcome.Succeeded(answer, "short", List.of("https://example.org/pr/1"), USAGE);
    }

    private static String file(String path, String text) {
        return "### File: " + path + "\n```\n" + text + "```\n\n";
    }

    private Outcome of(Outcome.Succeeded succeeded, long limit) throws Exception {
        return of(succeeded, head, limit);
    }

    private Outcome of(Outcome.Succeeded succeeded, String start, long limit) throws Exception {
        IsolatedContext context = IsolatedContextBuilder.builder(Some.context("FR-001", 1))
                .files(shown)
                .build();
        var at = new CodeAt(SomeCode.commit(repository, head), prefix, Optional.empty());
        return AgentResults.of(
                succeeded, new AttemptInput(context, new StartCode(repository, at, start)), BEGUN, limit);
    }

    private CodeResult result(String answer) throws Exception {
        return result(of(answered(answer), 1000));
    }

    private static CodeResult result(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
        return ((Outcome.Succeeded) outcome).code().orElseThrow();
    }

    private Optional<String> text(CodeResult result, String path) throws IOException {
        return SomeCode.text(repository, result.commit(), path);
    }

    private static String reason(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.TaskFailed.class);
        return ((Outcome.TaskFailed) outcome).reason();
    }

    @Test
    void a_text_answer_becomes_a_commit_on_the_head_that_the_agent_was_given() throws Exception {
        var outcome = of(answered(Some.answer("new")), 1000);

        var code = result(outcome);
        assertThat(outcome)
                .isEqualTo(new Outcome.Succeeded(
                        "", Optional.of(code), "Done.", List.of("https://example.org/pr/1"), USAGE));
        assertThat(code.parent()).isEqualTo(SomeCode.commit(repository, head));
        assertThat(code.tree()).isEqualTo(repository.treeOf(code.commit()));
        assertThat(repository.parentOf(code.commit())).contains(code.parent());
        assertThat(repository.dateOf(code.commit())).isEqualTo(BEGUN);
        assertThat(code.changes()).extracting(EntryChange::path).containsExactly("notes.txt");
        assertThat(text(code, "notes.txt")).contains("new\n");
    }

    @Test
    void a_file_keeps_its_executable_bit_and_its_line_ends() throws Exception {
        var script = repository.file("#!/bin/sh\r\nold\r\n".getBytes(StandardCharsets.UTF_8), FileEntry.EXECUTABLE);
        head = repository.edit(head, List.of(SomeCode.put("run.sh", script)));
        // What is shown has other line ends than the file: agents and prompts do not keep them.
        for (var text : List.of("#!/bin/sh\nold\n", "#!/bin/sh\r\nold\r\n")) {
            shown = Map.of("run.sh", text);

            var code = result(file("run.sh", "#!/bin/sh\nnew\n"));

            assertThat(text(code, "run.sh")).contains("#!/bin/sh\r\nnew\r\n");
            assertThat(code.changes())
                    .singleElement()
                    .satisfies(change ->
                            assertThat(change.after().orElseThrow().mode()).isEqualTo(FileEntry.EXECUTABLE));
        }
    }

    @Test
    void line_ends_that_are_all_that_changes_are_meant_to_change() throws Exception {
        head = SomeCode.tree(repository, Map.of("a.txt", "one\ntwo\n"));
        shown = Map.of("a.txt", "one\ntwo\n");

        assertThat(text(result(file("a.txt", "one\r\ntwo\r\n")), "a.txt")).contains("one\r\ntwo\r\n");
    }

    @Test
    void a_file_that_is_not_text_or_not_as_shown_is_replaced_as_a_whole() throws Exception {
        var binary = repository.file(new byte[] {0, 1, 2}, FileEntry.EXECUTABLE);
        head = repository.edit(head, List.of(SomeCode.put("data", binary)));
        shown = Map.of("data", "something", "notes.txt", "another text");

        var code = result(file("data", "text\n") + file("notes.txt", "new\n"));

        assertThat(text(code, "data")).contains("text\n");
        assertThat(repository.entry(code.tree(), "data").orElseThrow().mode()).isEqualTo(FileEntry.EXECUTABLE);
        assertThat(text(code, "notes.txt")).contains("new\n");
    }

    @Test
    void paths_of_an_answer_are_below_the_folder_that_the_plan_is_about() throws Exception {
        prefix = "app";
        head = SomeCode.tree(repository, Map.of("app/notes.txt", "old", "notes.txt", "another"));

        assertThat(result(Some.answer("new") + file("new/a.txt", "a\n")).changes())
                .extracting(EntryChange::path)
                .containsExactly("app/new/a.txt", "app/notes.txt");
    }

    @Test
    void a_name_that_begins_with_a_quote_is_a_name_like_any_other() throws Exception {
        shown = Map.of("\"a\".txt", "old");
        var entry = repository.file("old".getBytes(StandardCharsets.UTF_8), FileEntry.EXECUTABLE);
        head = repository.edit(head, List.of(SomeCode.put(GitPath.of("\"a\".txt"), entry)));

        var code = result(file("\"a\".txt", "new\n"));

        assertThat(code.changes()).singleElement().satisfies(change -> {
            assertThat(change.path()).isEqualTo(GitPath.of("\"a\".txt"));
            assertThat(change.after().orElseThrow().mode()).isEqualTo(FileEntry.EXECUTABLE);
        });
    }

    @Test
    void files_are_deleted_and_what_is_not_there_needs_no_deletion() throws Exception {
        head = SomeCode.tree(repository, Map.of("notes.txt", "old", "b.txt", "b", "hidden.txt", "x"));
        shown = Map.of("notes.txt", "old", "b.txt", "b", "gone.txt", "it was there");

        var code = result("### Delete: b.txt\n\n### Delete: gone.txt\n\n### Summary\nx\n");

        assertThat(code.changes()).extracting(EntryChange::path).containsExactly("b.txt");
        assertThat(text(code, "hidden.txt")).contains("x");
    }

    @Test
    void a_result_on_files_that_differ_from_the_head_at_the_start_has_those_differences() throws Exception {
        var start = SomeCode.edited(repository, head, Map.of("merged.txt", "m"));

        var code = result(of(answered(Some.answer("new")), start, 1000));

        assertThat(code.changes()).extracting(EntryChange::path).containsExactly("merged.txt", "notes.txt");
        assertThat(code.parent()).isEqualTo(SomeCode.commit(repository, head));
    }

    @Test
    void nothing_is_written_through_a_link() throws Exception {
        head = repository.edit(
                head,
                List.of(
                        SomeCode.put("out", SomeCode.link(repository, "/tmp")),
                        SomeCode.put("link.txt", SomeCode.link(repository, "notes.txt"))));

        assertThat(reason(of(answered(file("out/evil.txt", "x\n")), 1000)))
                .contains("the path 'out/evil.txt' is refused", "'out', which is a symbolic link, not a folder");
        var code = result(file("link.txt", "a file\n"));
        assertThat(repository.entry(code.tree(), "link.txt").orElseThrow().mode())
                .isEqualTo(FileEntry.FILE);
        assertThat(text(code, "link.txt")).contains("a file\n");
        assertThat(text(code, "notes.txt")).contains("old");
    }

    @Test
    void a_file_that_git_refuses_is_named_with_what_git_says() throws Exception {
        assertThat(reason(of(
                        answered(file(".gitmodules", "[submodule \"../x\"]\n\tpath = x\n\turl = https://x\n")), 1000)))
                .contains(
                        "Git refuses '.gitmodules': gitmodulesName: disallowed submodule name: ../x. Correct the file.");
    }

    @Test
    void a_file_takes_no_place_of_what_the_agent_was_not_shown() throws Exception {
        var submodule = new FileEntry(FileEntry.SUBMODULE, NAME, 0);
        head = repository.edit(
                SomeCode.tree(repository, Map.of("src/a.txt", "a", "file", "f")),
                List.of(SomeCode.put("lib", submodule)));
        shown = Map.of();

        assertThat(reason(of(answered(file("src", "x\n")), 1000))).contains("there is a folder of that name");
        assertThat(reason(of(answered(file("file/a.txt", "x\n")), 1000))).contains("'file', which is a file");
        assertThat(reason(of(answered(file("lib", "x\n")), 1000))).contains("it is a repository of its own");
        assertThat(reason(of(answered(file("lib/x", "x\n")), 1000))).contains("'lib', which is a repository");
    }

    @Test
    void an_answer_that_changes_nothing_has_no_code_in_the_end() throws Exception {
        var outcome = of(answered("### Summary\nNothing to do.\n"), 1000);

        assertThat(result(outcome).changes()).isEmpty();
        assertThat(AgentResults.withoutEmpty((Outcome.Succeeded) outcome)).satisfies(end -> {
            assertThat(end.code()).isEmpty();
            assertThat(end.summary()).isEqualTo("Nothing to do.");
        });
    }

    @Test
    void what_was_left_out_is_not_lost_though_nothing_changed() {
        var code = new CodeResult(NAME, NAME, NAME, List.of(), List.of("x (a symbolic link)"));
        var succeeded = new Outcome.Succeeded("", Optional.of(code), "Done.", List.of(), USAGE);

        assertThat(AgentResults.withoutEmpty(succeeded)).isEqualTo(succeeded);
    }

    @Test
    void an_answer_that_cannot_be_read_is_a_failed_task_that_says_why() throws Exception {
        assertThat(reason(of(answered("### File: ../outside.txt\n```\nx\n```\n"), 1000)))
                .startsWith("The agent's answer cannot be used: ");
    }

    @Test
    void the_largest_result_fits_into_a_message_also_if_no_codec_makes_it_smaller() {
        var entry = Optional.of(new FileEntry(FileEntry.FILE, NAME, 1_000_000));
        var other = Optional.of(new FileEntry(FileEntry.EXECUTABLE, NAME.replace('0', 'a'), 1_000_000));
        var changes = IntStream.range(0, ResultPaths.MOST_FILES)
                .mapToObj(number ->
                        new EntryChange(("/" + number + "-src").repeat(15).substring(1), entry, other))
                .toList();
        var code = new CodeResult(NAME, NAME, NAME, changes, List.of());
        var end = new AttemptEvents("e1", InstantSource.fixed(BEGUN))
                .ended(
                        Some.ready(Some.attempt(1), false).event(),
                        "cause",
                        Optional.of("run"),
                        1,
                        BEGUN,
                        new Outcome.Succeeded("", Optional.of(code), "Done.", List.of(), USAGE));
        var writer = new EventWriter("", SingleObjectSerializer.settings());

        assertThat(writer.serialize(writer.topic(end), end)).hasSizeLessThan(Topics.MAX_MESSAGE_BYTES - 1024 * 1024);
    }

    @Test
    void a_result_with_too_many_files_is_a_failed_task_that_names_the_limit() throws Exception {
        var entry = Optional.of(new FileEntry(FileEntry.FILE, NAME, 1));
        var changes = IntStream.rangeClosed(0, ResultPaths.MOST_FILES)
                .mapToObj(number -> new EntryChange("f" + number, Optional.empty(), entry))
                .toList();

        assertThat(reason(of(made(changes), Long.MAX_VALUE)))
                .isEqualTo("The result has 20001 files; the limit is 20000. Change fewer files.");
    }

    /** A result of an agent that works in a folder. */
    private Outcome.Succeeded made(List<EntryChange> changes) throws IOException {
        var parent = SomeCode.commit(repository, head);
        var commit = repository.commit(head, List.of(parent), "the agent's", BEGUN.plusSeconds(5));
        var code = new CodeResult(commit, parent, head, changes, List.of());
        return new Outcome.Succeeded("### File: ../x\n", Optional.of(code), "Done.", List.of(), USAGE);
    }

    @ParameterizedTest
    @CsvSource({"a, a/b", "a/b, A", "Notes.txt, b", "x, X", "src/aux.java, b"})
    void a_result_whose_files_cannot_be_beside_each_other_is_a_failed_task_that_says_which(String one, String other)
            throws Exception {
        assertThat(reason(of(answered(file(one, "x\n") + file(other, "x\n")), 1000)))
                .contains("is refused: ");
    }

    @Test
    void a_file_may_be_renamed_to_another_case() throws Exception {
        assertThat(result("### Delete: notes.txt\n\n" + file("Notes.txt", "x\n"))
                        .changes())
                .extracting(EntryChange::path)
                .containsExactly("Notes.txt", "notes.txt");
    }

    @Test
    void a_file_may_take_the_place_of_a_folder_whose_files_go() throws Exception {
        head = SomeCode.tree(repository, Map.of("a/b.txt", "b"));
        shown = Map.of("a/b.txt", "b");

        assertThat(text(result("### Delete: a/b.txt\n\n" + file("a", "x\n")), "a"))
                .contains("x\n");
    }

    @Test
    void a_result_over_the_limit_is_a_failed_task_that_names_the_limit() throws Exception {
        assertThat(reason(of(answered(Some.answer("x".repeat(200))), 100)))
                .contains("201 bytes", "the limit is 100 bytes");
    }

    @Test
    void what_an_agent_left_in_its_folder_is_taken_as_it_is_whatever_it_said() throws Exception {
        var entry = repository.file(new byte[] {0, 1}, FileEntry.EXECUTABLE);
        var changes = List.of(SomeCode.put("other.bin", entry));

        var code = result(of(made(changes), 1000));

        assertThat(code.changes()).isEqualTo(changes);
        assertThat(repository.dateOf(code.commit())).isEqualTo(BEGUN.plusSeconds(5));
        assertThat(reason(of(made(changes), 1))).contains("the limit is 1 bytes");
    }

    @Test
    void a_result_in_another_repository_says_what_to_set() throws Exception {
        var elsewhere = new CodeResult(NAME, NAME, NAME, List.of(), List.of());
        assertThat(of(new Outcome.Succeeded("", Optional.of(elsewhere), "Done.", List.of(), USAGE), 1000))
                .isInstanceOfSatisfying(
                        Outcome.InfraFailed.class,
                        failed -> assertThat(failed.reason()).contains(NAME, "taskweaver.executor.code"));
    }

    @Test
    void what_was_not_checked_is_said_in_the_summary() {
        var succeeded = new Outcome.Succeeded("", "Done.", List.of(), USAGE);
        assertThat(AgentResults.checked(succeeded, new CheckResult.Passed(List.of("contracts", "links")))
                        .summary())
                .isEqualTo("Done.\nNot checked: contracts\nNot checked: links");
        assertThat(AgentResults.checked(succeeded, new CheckResult.Passed())).isEqualTo(succeeded);
    }
}
