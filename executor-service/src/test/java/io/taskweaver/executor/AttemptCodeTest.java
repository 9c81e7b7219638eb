package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.SpecFiles;
import io.taskweaver.agents.command.CommandFiles;
import io.taskweaver.agents.command.CommandSettings;
import io.taskweaver.code.CodeRepository;
import io.taskweaver.model.Bytes;
import io.taskweaver.model.CodeAt;
import io.taskweaver.model.CodeResult;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.IsolatedContextBuilder;
import io.taskweaver.model.Preparation;
import io.taskweaver.model.event.Failure;
import io.taskweaver.model.event.PlanEvent.CodeObjects;
import io.taskweaver.model.event.PlanEvent.TaskCompleted;
import io.taskweaver.model.event.PlanEvent.TaskFailed;
import io.taskweaver.model.event.PlanEvent.TaskReady;
import io.taskweaver.wire.code.CodePacks;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the head of the plan to the commit on the topic. */
class AttemptCodeTest {
    private static final Attempt ATTEMPT = Some.attempt(1);
    private static final CodeRepository CODE = SomeCode.REPOSITORY;

    @TempDir
    Path folder;

    private final World world = new World();
    private Optional<CodingAgent> scripted = Optional.empty();

    @AfterEach
    void close() {
        scripted.ifPresent(CodingAgent::close);
    }

    /** An executor whose agent is a script of bash. */
    private World.Host executor(String script) throws Exception {
        var files = Files.createDirectories(folder.resolve("agents"));
        var file = Files.writeString(files.resolve("script.sh"), script);
        Files.writeString(files.resolve("fake.yaml"), "command: [bash, '" + file + "']\n");
        scripted = Optional.of(new CommandFiles(new SpecFiles(CommandFiles.presets(), Optional.of(files)))
                .agent("fake", CommandSettings.in(folder.resolve("work"), false), System.getenv()));
        var executor = world.executor("e1", -1);
        executor.agent = scripted.get();
        return executor;
    }

    private void givenCode(CodeAt at) {
        world.contexts = (task, version) -> IsolatedContextBuilder.builder(Some.context(task, version))
                .code(Optional.of(at))
                .build();
    }

    private CodeResult result() {
        assertThat(world.published).singleElement().isInstanceOf(TaskCompleted.class);
        return ((TaskCompleted) world.published.getFirst()).code().orElseThrow();
    }

    @Test
    void an_agent_works_on_all_of_the_plans_head_also_on_what_its_prompt_does_not_show() throws Exception {
        executor("cat not-shown.txt >seen.txt; git log --format=%H >log.txt").run(Some.ready(ATTEMPT, false));

        assertThat(result().parent()).isEqualTo(SomeCode.head(1));
        assertThat(SomeCode.text(CODE, result().commit(), "seen.txt")).contains("hidden\n");
        assertThat(SomeCode.text(CODE, result().commit(), "log.txt")).contains(SomeCode.head(1) + "\n");
    }

    @Test
    void bytes_modes_and_links_are_in_the_result_and_its_objects_on_the_topic() throws Exception {
        executor("""
                head -c 3000000 /dev/urandom >data.bin
                echo echo >run.sh; chmod +x run.sh
                ln -s run.sh link; ln -s / out
                rm notes.txt
                """).run(Some.ready(ATTEMPT, false));

        assertThat(result().changes())
                .extracting(EntryChange::path)
                .containsExactly("data.bin", "link", "notes.txt", "run.sh");
        assertThat(result().leftOut()).singleElement().asString().startsWith("out (");
        assertThat(world.packs).as("parts").hasSizeGreaterThan(1);
        try (var other = CodeRepository.open(folder.resolve("other"))) {
            other.unpack(CODE.pack(SomeCode.head(1), List.of()));
            other.unpack(joined(world.packs));
            var tree = other.treeOf(result().commit());
            var modes = new TreeMap<String, Integer>();
            other.eachFile(tree, (path, entry) -> {
                modes.put(path, entry.mode());
                assertThat(other.bytes(entry.object())).hasSize((int) entry.bytes());
            });
            assertThat(modes)
                    .isEqualTo(Map.of(
                            "data.bin", FileEntry.FILE,
                            "link", FileEntry.LINK,
                            "not-shown.txt", FileEntry.FILE,
                            "run.sh", FileEntry.EXECUTABLE));
            assertThat(other.parentOf(result().commit())).contains(SomeCode.head(1));
        }
    }

    private static byte[] joined(List<CodeObjects> parts) {
        var pack = new ByteArrayOutputStream();
        parts.stream().map(CodeObjects::content).map(Bytes::array).forEach(pack::writeBytes);
        return pack.toByteArray();
    }

    @Test
    void the_parts_of_a_pack_name_the_commit_and_the_plan() throws Exception {
        executor("echo x >x.txt").run(Some.ready(ATTEMPT, false));

        assertThat(world.packs).singleElement().satisfies(objects -> {
            assertThat(objects.commit()).isEqualTo(result().commit());
            assertThat(objects.plan().value()).isEqualTo("shop");
            assertThat(objects.root()).isFalse();
            assertThat(objects)
                    .isEqualTo(CodePacks.of(
                                    objects.plan(),
                                    objects.commit(),
                                    false,
                                    objects.content().array(),
                                    objects.at(),
                                    Optional.of("ready-" + ATTEMPT.id()))
                            .getFirst());
        });
    }

    @Test
    void a_result_that_changes_nothing_has_no_commit_and_nothing_is_sent() throws Exception {
        executor("cat notes.txt").run(Some.ready(ATTEMPT, false));

        assertThat(world.published).singleElement().isInstanceOfSatisfying(TaskCompleted.class, completed -> {
            assertThat(completed.code()).isEmpty();
            assertThat(completed.summary()).isEqualTo("as of 1");
        });
        assertThat(world.packs).isEmpty();
    }

    @Test
    void what_was_left_out_of_a_result_without_changes_is_in_the_outcome() throws Exception {
        executor("ln -s / out").run(Some.ready(ATTEMPT, false));

        assertThat(result().changes()).isEmpty();
        assertThat(result().leftOut()).singleElement().asString().startsWith("out (");
    }

    @Test
    void an_attempt_whose_code_is_not_on_the_topic_is_left_before_anything_is_paid() throws Exception {
        world.missing.add(SomeCode.head(1));

        assertThat(world.executor("e1", -1).run(Some.ready(ATTEMPT, false)))
                .isInstanceOfSatisfying(
                        AttemptRun.Result.Left.class,
                        left -> assertThat(left.reason()).contains(SomeCode.head(1), "code-objects"));
        assertThat(world.runsOf(ATTEMPT)).isZero();
        assertThat(world.published).isEmpty();
    }

    @Test
    void a_context_without_a_commit_is_no_context_of_this_version() throws Exception {
        world.contexts = (task, version) -> IsolatedContextBuilder.builder(Some.context(task, version))
                .code(Optional.empty())
                .build();

        world.executor("e1", -1).run(Some.ready(ATTEMPT, false));

        assertThat(world.published).singleElement().isInstanceOfSatisfying(TaskFailed.class, failed -> {
            assertThat(failed.failure()).isEqualTo(Failure.INFRA_FAILED);
            assertThat(failed.reason()).contains("names no commit", "same version");
        });
    }

    @Test
    void a_reconcile_task_starts_from_the_head_with_all_that_does_not_conflict() throws Exception {
        var base = SomeCode.commit(CODE, SomeCode.tree(CODE, Map.of("notes.txt", "as of 1\n", "both.txt", "base\n")));
        var head = SomeCode.commit(
                CODE,
                SomeCode.edited(CODE, CODE.treeOf(base), Map.of("both.txt", "head\n", "of-head.txt", "h\n")),
                base);
        var conflicted = SomeCode.commit(
                CODE,
                SomeCode.edited(CODE, CODE.treeOf(base), Map.of("both.txt", "result\n", "of-result.txt", "r\n")),
                base);
        givenCode(new CodeAt(head, "", Optional.of(conflicted)));

        executor("cat both.txt of-head.txt of-result.txt >seen.txt; echo both >both.txt")
                .run(Some.ready(ATTEMPT, false));

        assertThat(result().parent()).isEqualTo(head);
        assertThat(result().changes())
                .extracting(EntryChange::path)
                .containsExactly("both.txt", "of-result.txt", "seen.txt");
        assertThat(SomeCode.text(CODE, result().commit(), "seen.txt")).contains("head\nh\nr\n");
    }

    @Test
    void a_reconcile_task_whose_conflicting_result_is_not_on_the_topic_is_left() throws Exception {
        var conflicted = SomeCode.head(99);
        world.missing.add(conflicted);
        givenCode(new CodeAt(SomeCode.head(1), "", Optional.of(conflicted)));

        assertThat(world.executor("e1", -1).run(Some.ready(ATTEMPT, false)))
                .isInstanceOfSatisfying(
                        AttemptRun.Result.Left.class,
                        left -> assertThat(left.reason()).contains("The conflicting result", conflicted));
    }

    @Test
    void a_declared_output_may_be_a_file_that_another_task_made() throws Exception {
        var executor = executor("echo x >x.txt");
        var ready = Some.ready(ATTEMPT, false, Optional.of("[ -e not-shown.txt ] && [ -e x.txt ]"), Optional.of("t"));

        executor.run(ready);

        assertThat(result().changes()).extracting(EntryChange::path).containsExactly("x.txt");
    }

    private static IssuedAttempt prepared(Preparation preparation) {
        var ready = Some.ready(ATTEMPT, false);
        var event = ready.event();
        var issued = new TaskReady(
                event.meta(),
                event.task(),
                event.attempt(),
                event.agent(),
                event.timeout(),
                event.urgency(),
                event.feedback(),
                event.reissued(),
                Optional.of("[ -e made ]"),
                event.ticket(),
                Optional.of(preparation),
                event.sandboxed(),
                Optional.empty(),
                Optional.empty());
        return new IssuedAttempt(issued, false, ready.trace(), 0, 0);
    }

    @Test
    void work_trees_of_agents_and_checks_are_prepared_and_the_result_has_nothing_of_it() throws Exception {
        var setup = Optional.of("echo x >made; : " + folder);

        executor("cat made >seen.txt").run(prepared(Preparation.by(setup)));

        assertThat(result().changes()).extracting(EntryChange::path).containsExactly("seen.txt");
    }

    @Test
    void an_attempt_whose_set_up_fails_ends_before_the_agent_starts() throws Exception {
        var executor = executor("touch " + folder.resolve("started"));

        executor.run(prepared(Preparation.by(Optional.of("echo no network; : " + folder + "; exit 4"))));

        assertThat(world.published).singleElement().isInstanceOfSatisfying(TaskFailed.class, failed -> {
            assertThat(failed.failure()).isEqualTo(Failure.SETUP_FAILED);
            assertThat(failed.reason()).contains("The set-up command", "failed (exit 4)", "no network");
            assertThat(failed.hint())
                    .hasValueSatisfying(hint -> assertThat(hint).contains("resume", "--again"));
        });
        assertThat(folder.resolve("started")).doesNotExist();
        assertThat(folder.resolve("work/fake")).isEmptyDirectory();
    }

    @Test
    void an_attempt_whose_brought_files_are_not_on_the_topic_is_left() throws Exception {
        var brought = "ab".repeat(20);

        assertThat(executor("true").run(prepared(Preparation.NONE.bringing(List.of(".env"), brought))))
                .isInstanceOfSatisfying(
                        AttemptRun.Result.Left.class,
                        left -> assertThat(left.reason()).contains("--bring", brought));
    }
}
