package io.taskweaver.agents.command;

import static io.taskweaver.agents.command.ScriptedAgents.change;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskweaver.agents.AgentCode;
import io.taskweaver.agents.Assignment;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.CodingAgentContract;
import io.taskweaver.agents.Creation;
import io.taskweaver.agents.Interruption;
import io.taskweaver.agents.Lookup;
import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.SpecFiles;
import io.taskweaver.agents.command.ScriptedAgents.Change;
import io.taskweaver.code.WorkTree;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.Usage;
import io.taskweaver.prompts.Query;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandAgentTest extends CodingAgentContract {
    @TempDir
    Path temporary;

    private ScriptedAgents agents;

    @BeforeEach
    void open() {
        agents = new ScriptedAgents(temporary);
    }

    @AfterEach
    void close() {
        agents.close();
    }

    @Override
    protected CodingAgent agent() {
        return scripted("cat >prompt.txt; echo working; echo done >&2; sleep 0.05; echo all done");
    }

    @Override
    protected CodingAgent hangingAgent() {
        return scripted("echo begun; sleep 600");
    }

    @Override
    protected int many() {
        return 40;
    }

    private CommandAgent scripted(String script, String... more) {
        return scripted(script, Map.of(), more);
    }

    private CommandAgent scripted(String script, Map<String, String> variables, String... more) {
        return agents.agent(script, variables, more);
    }

    private static Outcome run(CodingAgent agent, Assignment assignment) throws InterruptedException {
        var creation = agent.create(ATTEMPT, assignment);
        assertThat(creation).isInstanceOf(Creation.Created.class);
        return agent.await(((Creation.Created) creation).runId(), LONG, progress -> {});
    }

    private static Outcome run(CodingAgent agent) throws InterruptedException {
        return run(agent, Assignment.of("# Do it"));
    }

    private static Outcome run(CodingAgent agent, AgentCode code) throws InterruptedException {
        return run(agent, new Assignment("# Do it", Optional.of(code)));
    }

    private List<Change> changes(Outcome outcome) {
        return agents.changes(outcome, Optional.empty());
    }

    // What it is given, and what comes back

    @Test
    void what_differs_in_its_folder_is_the_result_with_what_it_started_from() throws Exception {
        var agent = scripted("""
                echo more >>kept.txt
                rm gone.txt
                mkdir -p new && echo 1 >new/file.txt
                echo same >same.txt
                """);
        var code = agents.code(Map.of("kept.txt", "one\n", "gone.txt", "bye\n", "same.txt", "same\n"), "");

        var outcome = run(agent, code);

        assertThat(ScriptedAgents.result(outcome).parent()).isEqualTo(code.commit());
        assertThat(agents.changes(outcome, Optional.of(code)))
                .containsExactly(
                        change("gone.txt", "bye\n", null),
                        change("kept.txt", "one\n", "one\nmore\n"),
                        change("new/file.txt", null, "1\n"));
    }

    private static Assignment setAside(AgentCode code) {
        return new Assignment(
                "Read `.taskweaver/task.md`.",
                Optional.of(new Query.Aside(".taskweaver/task.md", "more\n")),
                Optional.of(code),
                Optional.empty());
    }

    @Test
    void what_its_prompt_has_no_room_for_lies_in_its_folder_and_is_no_part_of_the_result() throws Exception {
        for (var folder : List.of("", "app")) {
            var code = agents.code(Map.of("app/kept.txt", "one\n"), folder);
            var agent = scripted("""
                    status=$(git status --porcelain); echo "[$status]" >status.txt
                    cat .taskweaver/task.md >read.txt
                    echo changed >>.taskweaver/task.md
                    git add --all --force && git commit -qm all
                    """);
            var attempt = new Attempt("plan", "FR-" + folder.length(), 1);

            var created = (Creation.Created) agent.create(attempt, setAside(code));
            var outcome = agent.await(created.runId(), LONG, progress -> {});

            var prefix = folder.isEmpty() ? "" : folder + "/";
            assertThat(agents.changes(outcome, Optional.of(code)))
                    .as(folder)
                    .containsExactly(
                            change(prefix + "read.txt", null, "more\n"), change(prefix + "status.txt", null, "[]\n"));
        }
    }

    @Test
    void it_is_there_again_for_the_next_attempt() throws Exception {
        var code = agents.code(Map.of("kept.txt", "one\n"), "");
        var agent = scripted("cat .taskweaver/task.md >read.txt; rm -r .taskweaver");

        for (int number = 1; number <= 2; number++) {
            var created = (Creation.Created) agent.create(new Attempt("plan", "FR-1", number), setAside(code));
            var outcome = agent.await(created.runId(), LONG, progress -> {});
            assertThat(agents.changes(outcome, Optional.of(code))).containsExactly(change("read.txt", null, "more\n"));
            agent.release(created.runId());
        }
    }

    @Test
    void a_file_of_the_code_at_its_place_stays_and_the_prompt_names_another() throws Exception {
        for (var taken : List.of(".taskweaver/task.md", ".taskweaver")) {
            var code = agents.code(Map.of(taken, "ours\n"), "");
            var agent = scripted("cat >prompt.txt; cat .taskweaver-2/task.md >read.txt");
            var attempt = new Attempt("plan", "FR-" + taken.length(), 1);

            var created = (Creation.Created) agent.create(attempt, setAside(code));
            var outcome = agent.await(created.runId(), LONG, progress -> {});

            assertThat(agents.changes(outcome, Optional.of(code)))
                    .as(taken)
                    .contains(
                            change("prompt.txt", null, "Read `.taskweaver-2/task.md`."),
                            change("read.txt", null, "more\n"))
                    .hasSize(2);
        }
    }

    @Test
    void one_that_changes_nothing_has_a_result_all_the_same() throws Exception {
        var code = agents.code(Map.of("kept.txt", "one\n"), "");

        assertThat(ScriptedAgents.result(run(scripted("cat kept.txt"), code))).satisfies(result -> {
            assertThat(result.tree()).isEqualTo(code.tree());
            assertThat(result.changes()).isEmpty();
        });
    }

    @Test
    void where_the_files_differ_from_the_parent_at_the_start_that_is_part_of_the_result() throws Exception {
        var head = agents.code(Map.of("a.txt", "a\n"), "");
        var start = new AgentCode(
                head.repository(), head.commit(), agents.tree(Map.of("a.txt", "a\n", "merged.txt", "m\n")), "");
        var agent = scripted("cp merged.txt copy.txt; git status --porcelain");

        var outcome = run(agent, start);

        assertThat(agents.changes(outcome, Optional.of(start)))
                .containsExactly(change("copy.txt", null, "m\n"), change("merged.txt", null, "m\n"));
        assertThat(((Outcome.Succeeded) outcome).summary()).contains("merged.txt");
    }

    @Test
    void the_prompt_comes_as_its_file_says_and_its_last_words_are_the_summary() throws Exception {
        var agent = scripted("cat >got.txt; echo I did it");

        var outcome = run(agent, Assignment.of("# Überschrift\n\n`$HOME` 'quoted'"));

        assertThat(changes(outcome)).containsExactly(change("got.txt", null, "# Überschrift\n\n`$HOME` 'quoted'"));
        assertThat(((Outcome.Succeeded) outcome).summary()).isEqualTo("I did it");
    }

    @Test
    void what_it_commits_counts_and_what_builds_make_does_not() throws Exception {
        var agent = scripted("""
                echo x >x.txt && git add x.txt && git -c user.name=a -c user.email=a@b commit -qm x
                mkdir target && echo y >target/y.txt
                """);

        assertThat(changes(run(agent))).containsExactly(change("x.txt", null, "x\n"));
    }

    @Test
    void what_leads_out_of_the_code_is_left_out_and_named() throws Exception {
        var agent = scripted("printf '\\000\\001' >picture.png; ln -s /etc/passwd link; echo t >text.txt; echo ready");

        var outcome = run(agent);

        assertThat(changes(outcome))
                .containsExactly(change("picture.png", null, "\0\001"), change("text.txt", null, "t\n"));
        assertThat(ScriptedAgents.result(outcome).leftOut())
                .containsExactly("link (a symbolic link to /etc/passwd, which is not inside the code)");
        assertThat(((Outcome.Succeeded) outcome).summary()).contains("ready", "Left out: link (a symbolic link");
    }

    @Test
    void of_very_many_paths_that_are_left_out_the_summary_names_some() throws Exception {
        var outcome = run(scripted("for i in $(seq 1000); do ln -s /nowhere link$i; done"));

        assertThat(ScriptedAgents.result(outcome).leftOut()).hasSize(1000);
        assertThat(((Outcome.Succeeded) outcome).summary())
                .endsWith(", and 950 more")
                .hasSizeLessThan(10_000);
    }

    @Test
    void more_than_a_result_can_carry_is_refused_with_the_limit() throws Exception {
        assertThat(run(scripted("head -c 2000000 /dev/zero | tr '\\0' x >big.txt")))
                .isInstanceOfSatisfying(
                        Outcome.TaskFailed.class,
                        failed -> assertThat(failed.reason()).contains("the limit is 1048576", ".gitignore"));
    }

    // On code

    private AgentCode code(String prefix) throws Exception {
        return agents.code(Map.of("sub/a.txt", "a\n", "top.txt", "top\n", ".gitignore", "*.log\n"), prefix);
    }

    @Test
    void it_works_on_all_of_the_code_and_sees_it_as_a_clean_checkout() throws Exception {
        var code = code("");
        var agent =
                scripted("[ -z \"$(git status --porcelain)\" ] && git rev-parse HEAD; cat top.txt sub/a.txt >seen.txt;"
                        + " echo b >>sub/a.txt; echo l >x.log");

        var outcome = run(agent, code);

        assertThat(agents.changes(outcome, Optional.of(code)))
                .containsExactly(change("seen.txt", null, "top\na\n"), change("sub/a.txt", "a\n", "a\nb\n"));
        assertThat(((Outcome.Succeeded) outcome).summary()).isEqualTo(code.commit());
    }

    @Test
    void code_below_the_root_of_a_repository_is_all_that_it_may_change() throws Exception {
        var code = code("sub");
        var agent = scripted("echo b >>a.txt; echo b >>../top.txt; rm ../.gitignore; pwd");

        var outcome = run(agent, code);

        assertThat(agents.changes(outcome, Optional.of(code))).containsExactly(change("sub/a.txt", "a\n", "a\nb\n"));
        assertThat(((Outcome.Succeeded) outcome).summary())
                .contains("top.txt (outside of the code of the plan)", ".gitignore (outside of the code of the plan)");
    }

    @Test
    void a_folder_of_the_plan_that_has_no_files_yet_is_made() throws Exception {
        var code = code("new/app");

        assertThat(agents.changes(run(scripted("echo x >x.txt"), code), Optional.of(code)))
                .containsExactly(change("new/app/x.txt", null, "x\n"));
    }

    @Test
    void a_folder_of_the_plan_that_leads_elsewhere_is_refused() throws Exception {
        var repository = agents.repository();
        var link = new FileEntry(FileEntry.LINK, repository.blob("/tmp".getBytes(StandardCharsets.UTF_8)), 4);
        var tree = repository.edit(
                repository.emptyTree(), List.of(new EntryChange("out", Optional.empty(), Optional.of(link))));
        var commit = repository.commit(tree, List.of(), "base", Instant.EPOCH);

        assertThat(scripted("true")
                        .create(
                                ATTEMPT,
                                new Assignment("x", Optional.of(new AgentCode(repository, commit, tree, "out")))))
                .isInstanceOfSatisfying(
                        Creation.Refused.class,
                        refused -> assertThat(refused.outcome().reason()).contains("'out' is a link that leads out"));
    }

    @Test
    void released_runs_leave_nothing_behind() throws Exception {
        var agent = scripted("echo x >x.txt; mkdir closed && touch closed/file && chmod 500 closed");
        run(agent, code(""));
        assertThat(temporary.resolve("runs/fake")).isNotEmptyDirectory();

        agent.release("plan~FR-1~1");

        assertThat(temporary.resolve("runs/fake")).isEmptyDirectory();
        assertThat(agent.find(ATTEMPT)).isEqualTo(new Lookup.Absent());
    }

    @Test
    void many_may_make_and_remove_work_trees_of_one_repository_at_once() throws Exception {
        var code = code("");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 4; i++) {
                var folder = temporary.resolve("trees/" + i);
                all.add(threads.submit(() -> {
                    int made = 0;
                    for (; made < 20; made++)
                        WorkTree.create(folder.resolve("" + made), code.repository(), code.commit())
                                .remove();
                    return made;
                }));
            }
            for (var one : all) assertThat(one.get()).isEqualTo(20);
        }
    }

    @Test
    void code_that_is_not_here_is_said() throws Exception {
        var missing = "0123456789".repeat(4);
        var agent = scripted("true");

        assertThat(agent.create(
                        ATTEMPT,
                        new Assignment(
                                "# Do it", Optional.of(new AgentCode(agents.repository(), missing, missing, "")))))
                .isInstanceOfSatisfying(
                        Creation.Refused.class,
                        refused -> assertThat(refused.outcome().reason())
                                .contains("cannot work here", missing)
                                .doesNotContain("install"));
    }

    // How it ends

    @Test
    void a_program_that_is_not_installed_is_refused_with_what_to_do() throws Exception {
        scripted("true");
        Files.writeString(temporary.resolve("agents/none.yaml"), "command: [no-such-program-here]\n");
        try (var agent = new CommandFiles(
                        new SpecFiles(CommandFiles.presets(), Optional.of(temporary.resolve("agents"))))
                .agent("none", agents.settings(), System.getenv())) {
            assertThat(agent.create(ATTEMPT, Assignment.of("x")))
                    .isInstanceOfSatisfying(
                            Creation.Refused.class,
                            refused -> assertThat(refused.outcome())
                                    .isInstanceOfSatisfying(
                                            Outcome.NotConfigured.class,
                                            outcome -> assertThat(outcome.reason() + outcome.hint())
                                                    .contains("no-such-program-here", "not installed", "none.yaml")));
        }
    }

    @Test
    void an_exit_code_other_than_0_is_a_failed_task_with_its_last_words() throws Exception {
        assertThat(run(scripted("echo started; echo 'can not do it' >&2; exit 3")))
                .isEqualTo(new Outcome.TaskFailed("Agent fake ended with exit code 3: can not do it"));
    }

    @Test
    void exit_codes_and_words_mean_what_its_file_says() throws Exception {
        String[] rules = {
            "outcomes:",
            "  - { exit: [75], outcome: infra_failed }",
            "  - { says: 'too many requests', outcome: rate_limited }",
            "  - { exit: [4], outcome: needs_input }"
        };
        assertThat(run(scripted("exit 75", rules))).isInstanceOf(Outcome.InfraFailed.class);
        agents.last().release("plan~FR-1~1");
        assertThat(run(scripted("echo too many requests; exit 1", rules))).isInstanceOf(Outcome.RateLimited.class);
        agents.last().release("plan~FR-1~1");
        assertThat(run(scripted("exit 4", rules))).isInstanceOf(Outcome.NeedsInput.class);
    }

    @Test
    void one_that_exits_0_without_the_result_that_it_promises_has_failed() throws Exception {
        assertThat(run(scripted("echo '<html>garbage'", "output: { format: jsonl, where: { /type: result } }")))
                .isInstanceOfSatisfying(
                        Outcome.TaskFailed.class,
                        failed -> assertThat(failed.reason()).contains("without a result", "<html>garbage"));
    }

    @Test
    void one_that_gives_no_sign_of_life_is_stopped_and_timed_out() throws Exception {
        assertThat(run(scripted("echo begun; sleep 600", "stall: 300ms")))
                .isInstanceOfSatisfying(
                        Outcome.TimedOut.class,
                        outcome -> assertThat(outcome.reason()).contains("printed nothing"));
    }

    @Test
    void one_that_floods_its_output_is_stopped() throws Exception {
        assertThat(run(scripted("yes | head -c 1000000000", "most-output: 100000")))
                .isInstanceOfSatisfying(
                        Outcome.TaskFailed.class,
                        outcome -> assertThat(outcome.reason()).contains("more than 100000 bytes", "most-output"));
    }

    @Test
    void what_it_leaves_running_is_ended_with_it() throws Exception {
        var agent = scripted("sleep 601 & echo $! >child.txt; echo ready");
        var pid = childOf(run(agent));
        await().atMost(5, SECONDS)
                .until(() ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void cancelling_ends_all_that_it_started_even_what_ignores_to_be_asked() throws Exception {
        var pids = temporary.resolve("pids");
        var agent = scripted("trap '' TERM; sleep 602 & echo $! >" + pids + "; (setsid sleep 603 & echo $! >>" + pids
                + "; wait) & wait; wait");
        var run = agents.started(agent, ATTEMPT, Assignment.of("# Do it"));
        await().atMost(5, SECONDS)
                .until(() -> Files.exists(pids) && Files.readAllLines(pids).size() == 2);

        agent.cancel(run);

        assertThat(agent.await(run, LONG, progress -> {})).isInstanceOf(Outcome.Cancelled.class);
        for (var pid : Files.readAllLines(pids))
            await().atMost(5, SECONDS)
                    .until(() -> ProcessHandle.of(Long.parseLong(pid))
                            .filter(ProcessHandle::isAlive)
                            .isEmpty());
    }

    @Test
    void what_is_stopped_with_its_executor_is_told_to_the_one_that_comes_after() throws Exception {
        var stopped = scripted("echo begun; sleep 604");
        var run = agents.started(stopped, ATTEMPT, Assignment.of("# Do it"));
        stopped.close();

        assertThat(scripted("echo never").await(run, LONG, progress -> {}))
                .isEqualTo(new Outcome.Interrupted("Agent fake was stopped with its executor.", false));
    }

    @Test
    void a_run_is_interrupted_with_its_executor_unless_it_ended_or_was_stopped_before() throws Exception {
        var interrupted = new Outcome.Interrupted("Agent fake was stopped with its executor.", false);
        var agent = scripted("echo begun; sleep 605");
        var run = agents.started(agent, ATTEMPT, Assignment.of("# Do it"));
        assertThat(agent.interrupt(run)).isEqualTo(new Interruption.Stopped(interrupted));
        assertThat(agent.await(run, LONG, progress -> {})).isEqualTo(interrupted);

        var cancelled = agents.started(agent, new Attempt("shop", "cancelled", 1), Assignment.of("# Do it"));
        agent.cancel(cancelled);
        assertThat(agent.interrupt(cancelled)).isEqualTo(new Interruption.Over());

        var quick = scripted("echo done");
        var ended = agents.started(quick, new Attempt("shop", "ended", 1), Assignment.of("# Do it"));
        var outcome = quick.await(ended, LONG, progress -> {});
        assertThat(quick.interrupt(ended)).isEqualTo(new Interruption.Over());
        assertThat(quick.await(ended, LONG, progress -> {})).isEqualTo(outcome);
        assertThat(agent.interrupt("none")).isEqualTo(new Interruption.Over());
    }

    private long childOf(Outcome outcome) {
        return changes(outcome).stream()
                .filter(change -> change.path().equals("child.txt"))
                .map(change -> Long.parseLong(change.after().orElseThrow().strip()))
                .findFirst()
                .orElseThrow();
    }

    // What it says

    private static final String STREAM = """
            output:
              format: jsonl
              where: { /type: result }
              answer: /result
              cost-usd: /total_cost_usd
              input-tokens: /usage/input_tokens
              output-tokens: /usage/output_tokens
            outcomes:
              - { where: { /type: result, /subtype: success }, outcome: succeeded }
              - { where: { /type: rate_limit_event }, outcome: rate_limited, until: /resetsAt }
            """;

    @Test
    void a_stream_of_json_gives_the_answer_and_what_it_cost() throws Exception {
        var agent = scripted("""
                echo 'no json'
                echo '{"type":"assistant"}'
                echo '{"type":"result","subtype":"success","result":"Made it.","total_cost_usd":0.0125,"usage":{"input_tokens":12,"output_tokens":34}}'
                """, STREAM);

        assertThat(run(agent)).isInstanceOfSatisfying(Outcome.Succeeded.class, outcome -> {
            assertThat(outcome.summary()).isEqualTo("Made it.");
            assertThat(outcome.usage()).isEqualTo(new Usage(12, 34, 12_500));
        });
    }

    @Test
    void a_rate_limit_says_when_to_try_again() throws Exception {
        var agent = scripted("echo '{\"type\":\"rate_limit_event\",\"resetsAt\":1800000000}'; exit 1", STREAM);

        assertThat(run(agent))
                .isInstanceOfSatisfying(
                        Outcome.RateLimited.class,
                        limited -> assertThat(limited.until()).hasValue(Instant.ofEpochSecond(1_800_000_000)));
    }

    @Test
    void no_report_shows_a_secret_of_its_environment_and_it_knows_none_of_ours() throws Exception {
        var variables = Map.of("MODEL_API_KEY", "sk-12345678", "CODEGEN_API_TOKEN", "cg-12345678");
        var script = "echo \"key=$MODEL_API_KEY ours=$CODEGEN_API_TOKEN\"; exit ";

        assertThat(run(scripted(script + "1", variables)))
                .isEqualTo(new Outcome.TaskFailed("Agent fake ended with exit code 1: key=*** ours="));
        agents.last().release("plan~FR-1~1");
        assertThat(run(scripted(script + "0", variables)))
                .isInstanceOfSatisfying(
                        Outcome.Succeeded.class,
                        outcome -> assertThat(outcome.summary()).isEqualTo("key=*** ours="));
    }

    // Crashes

    @Test
    void a_run_goes_on_without_whoever_started_it_and_is_found() throws Exception {
        var go = temporary.resolve("go");
        var first = scripted("while [ ! -e " + go + " ]; do sleep 0.02; done; echo x >x.txt; echo done");
        var run = agents.started(first, ATTEMPT, Assignment.of("# Do it"));

        var second = agents.again(System.getenv());
        assertThat(second.find(ATTEMPT)).isEqualTo(new Lookup.Found(run));
        assertThat(second.create(ATTEMPT, Assignment.of("again"))).isEqualTo(new Creation.Created(run));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcome = threads.submit(() -> second.await(run, LONG, progress -> {}));
            Files.writeString(go, "");
            assertThat(changes(outcome.get())).containsExactly(change("x.txt", null, "x\n"));
        }
    }

    @Test
    void a_run_that_was_created_starts_when_it_is_awaited_by_whichever_process_does_so_first() throws Exception {
        var count = temporary.resolve("count");
        var first = scripted("echo started >>" + count + "; cat >prompt.txt");
        var run = created(first, ATTEMPT);
        var second = agents.again(System.getenv());
        assertThat(second.find(ATTEMPT)).isEqualTo(new Lookup.Found(run));
        assertThat(count).doesNotExist();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = new ArrayList<Future<Outcome>>();
            for (int i = 0; i < 4; i++)
                for (var agent : List.of(first, second))
                    outcomes.add(threads.submit(() -> agent.await(run, LONG, progress -> {})));
            for (var outcome : outcomes)
                assertThat(changes(outcome.get()))
                        .containsExactly(change("prompt.txt", null, "# Do the task\n\nof FR-1"));
        }
        assertThat(count).hasContent("started");
    }

    @Test
    void one_that_is_cancelled_before_it_starts_never_starts() throws Exception {
        var agent = scripted("touch " + temporary.resolve("started"));
        var run = created(agent, ATTEMPT);

        agent.cancel(run);

        assertThat(agents.again(System.getenv()).await(run, LONG, progress -> {}))
                .isInstanceOf(Outcome.Cancelled.class);
        assertThat(temporary.resolve("started")).doesNotExist();
    }

    @Test
    void a_folder_that_was_left_half_made_counts_for_nothing() throws Exception {
        var agent = scripted("ls -A; echo x >x.txt");
        var left = Files.createDirectories(temporary.resolve("runs/fake/plan.FR-1.1/work"));
        Files.write(left.resolve("half.txt"), "half".getBytes(StandardCharsets.UTF_8));

        assertThat(agent.find(ATTEMPT)).isEqualTo(new Lookup.Absent());
        assertThat(changes(run(agent))).containsExactly(change("x.txt", null, "x\n"));
    }

    @Test
    void a_result_that_another_process_takes_again_is_the_same_commit() throws Exception {
        var code = code("");
        var agent = scripted("echo x >x.txt");
        var run = ((Creation.Created) agent.create(ATTEMPT, new Assignment("x", Optional.of(code)))).runId();
        var first = agent.await(run, LONG, progress -> {});
        // Dates of commits are whole seconds.
        var second = Instant.now().getEpochSecond();
        await().until(() -> Instant.now().getEpochSecond() > second);

        assertThat(agents.again(System.getenv()).await(run, LONG, progress -> {}))
                .isEqualTo(first);
    }

    @Test
    void one_that_is_killed_from_outside_counts_as_such() throws Exception {
        var agent = scripted("kill -KILL $$");
        assertThat(run(agent))
                .isInstanceOfSatisfying(
                        Outcome.TaskFailed.class,
                        failed -> assertThat(failed.reason()).contains("exit code 137"));
    }

    @Test
    void the_attempt_of_another_number_is_another_run() throws Exception {
        var agent = scripted("echo x >x.txt");
        var one = created(agent, ATTEMPT);
        var two = created(agent, new Attempt("plan", "FR-1", 2));
        assertThat(one).isNotEqualTo(two);
    }
}
