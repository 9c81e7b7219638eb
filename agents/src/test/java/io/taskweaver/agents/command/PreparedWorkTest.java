package io.taskweaver.agents.command;

import static io.taskweaver.agents.command.ScriptedAgents.change;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.AgentCode;
import io.taskweaver.agents.Assignment;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.Capabilities;
import io.taskweaver.agents.Creation;
import io.taskweaver.agents.Outcome;
import io.taskweaver.code.BroughtFiles;
import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.WorkFolders;
import io.taskweaver.model.Checks;
import io.taskweaver.model.CodeAt;
import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.Neighbourhood;
import io.taskweaver.model.Preparation;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents and checks in work trees with a set-up and with files of the user: what is part of a result, and what never is. */
class PreparedWorkTest {
    private static final Attempt ATTEMPT = new Attempt("plan", "FR-1", 1);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String SECRET = "s3cret-of-the-user";

    private static final Map<String, String> CODE = Map.of(
            "package-lock.json", "{ }\n", "src/main.js", "main\n", ".gitignore", ".env\n", "config/base.json", "{}\n");

    /** Makes dependencies that no .gitignore names, changes the lock file and adds to a folder of the code. */
    private static final String SETUP =
            "mkdir -p deps/left; echo left >deps/left/index.js; echo '{ 1 }' >package-lock.json; echo x >src/made.js";

    @TempDir
    private Path folder;

    private ScriptedAgents agents;

    @BeforeEach
    void open() {
        agents = new ScriptedAgents(folder);
    }

    @AfterEach
    void close() {
        agents.close();
    }

    private AgentCode code(Optional<String> setup, Map<String, String> brought) throws Exception {
        var code = agents.code(CODE, "");
        var preparation = Preparation.by(setup);
        if (!brought.isEmpty()) preparation = preparation.bringing(List.of("*"), commit(agents.repository(), brought));
        return new AgentCode(code.repository(), code.commit(), code.tree(), "", preparation);
    }

    private String commit(CodeRepository into, Map<String, String> files) throws IOException, InterruptedException {
        var user = folder.resolve("user");
        for (var file : files.entrySet()) {
            var path = user.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        try {
            return BroughtFiles.find(user, List.of("."), Set.of()).store(into);
        } finally {
            WorkFolders.delete(user);
        }
    }

    private Outcome run(String script, AgentCode code) throws InterruptedException {
        return run(agents.agent(script, Map.of()), code);
    }

    private static Outcome run(CommandAgent agent, AgentCode code) throws InterruptedException {
        var assignment = new Assignment("# Do it", Optional.of(code));
        var refused = agent.prepare(ATTEMPT, assignment, LONG);
        if (refused.isPresent()) return refused.get();
        return switch (agent.create(ATTEMPT, assignment)) {
            case Creation.Created(String run) -> agent.await(run, LONG, progress -> {});
            case Creation.Refused(Outcome.Unsuccessful outcome) -> outcome;
            case Creation.Unknown(String reason) -> throw new AssertionError(reason);
        };
    }

    private List<ScriptedAgents.Change> changes(Outcome outcome, AgentCode code) {
        return agents.changes(outcome, Optional.of(code));
    }

    // Set-up

    @Test
    void an_agent_starts_from_what_the_set_up_made_and_its_result_has_none_of_it() throws Exception {
        var code = code(Optional.of(SETUP), Map.of());

        var outcome = run("cat deps/left/index.js package-lock.json src/made.js >seen.txt", code);

        assertThat(changes(outcome, code)).containsExactly(change("seen.txt", null, "left\n{ 1 }\nx\n"));
        assertThat(ScriptedAgents.result(outcome).leftOut()).isEmpty();
    }

    @Test
    void the_status_of_a_work_tree_shows_only_what_the_agent_does() throws Exception {
        var code = code(
                Optional.of("mkdir 'de ps' 'a[b]*'; touch 'de ps/x' 'a[b]*/y' made.txt"), Map.of("user.env", "A=1\n"));

        var outcome = run("echo x >new.txt; git status --porcelain", code);

        assertThat(((Outcome.Succeeded) outcome).summary()).isEqualTo("?? new.txt");
    }

    @Test
    void whatever_the_agent_does_to_it_and_however_it_adds_it() throws Exception {
        var code = code(Optional.of(SETUP), Map.of());

        var outcome = run("""
                echo more >>deps/left/index.js; mkdir deps/right; echo right >deps/right/index.js; rm src/made.js
                printf '!deps\\n!src/made.js\\n' >.gitignore; git add --all --force .; git commit --quiet -m all
                echo mine >src/mine.js
                """, code);

        assertThat(changes(outcome, code))
                .containsExactly(
                        change(".gitignore", ".env\n", "!deps\n!src/made.js\n"), change("src/mine.js", null, "mine\n"));
    }

    @Test
    void a_file_of_the_code_that_the_set_up_changed_is_part_of_the_result_if_the_agent_changes_it_too()
            throws Exception {
        var code = code(Optional.of(SETUP), Map.of());

        assertThat(changes(run("echo '{ 2 }' >>package-lock.json", code), code))
                .containsExactly(change("package-lock.json", "{ }\n", "{ 1 }\n{ 2 }\n"));
    }

    @Test
    void what_the_set_up_deletes_is_not_deleted_by_the_result() throws Exception {
        var code = code(Optional.of("rm -r config"), Map.of());

        assertThat(changes(run("[ ! -e config ] && echo x >seen.txt", code), code))
                .containsExactly(change("seen.txt", null, "x\n"));
    }

    @Test
    void a_process_that_takes_a_run_over_knows_what_was_prepared() throws Exception {
        var code = code(Optional.of(SETUP), Map.of(".env", "TOKEN=" + SECRET));
        var go = folder.resolve("go");
        var first = agents.agent("until [ -e " + go + " ]; do sleep 0.05; done; echo x >seen.txt; cat .env", Map.of());
        var assignment = new Assignment("# Do it", Optional.of(code));
        assertThat(first.prepare(ATTEMPT, assignment, LONG)).isEmpty();
        var run = agents.started(first, ATTEMPT, assignment);
        Files.createFile(go);

        var outcome = agents.again(System.getenv()).await(run, LONG, progress -> {});

        assertThat(changes(outcome, code)).containsExactly(change("seen.txt", null, "x\n"));
        assertThat(((Outcome.Succeeded) outcome).summary())
                .contains("TOKEN=***")
                .doesNotContain(SECRET);
    }

    @Test
    void where_the_set_up_fails_no_agent_starts_and_the_reason_is_its_output() throws Exception {
        var code = code(Optional.of("echo no such package; exit 7"), Map.of());

        var outcome = run("touch " + folder.resolve("started"), code);

        assertThat(outcome)
                .isEqualTo(new Outcome.SetupFailed(
                        "The set-up command 'echo no such package; exit 7' failed (exit 7):\n" + "no such package"));
        assertThat(folder.resolve("started")).doesNotExist();
        assertThat(folder.resolve("runs/fake/plan.FR-1.1")).doesNotExist();
    }

    @Test
    void two_executors_of_one_machine_may_prepare_the_same_attempt() throws Exception {
        var log = folder.resolve("log");
        var code = code(Optional.of("echo run >>" + log + "; sleep 0.3; " + SETUP), Map.of());
        var assignment = new Assignment("# Do it", Optional.of(code));
        var agent = agents.agent("ls deps >seen.txt", Map.of());
        var other = CompletableFuture.supplyAsync(() -> {
            try {
                return agents.again(System.getenv()).prepare(ATTEMPT, assignment, LONG);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(agent.prepare(ATTEMPT, assignment, LONG)).isEmpty();
        assertThat(other.get(30, SECONDS)).isEmpty();

        assertThat(changes(run(agent, code), code)).containsExactly(change("seen.txt", null, "left\n"));
        assertThat(log).hasContent("run");
    }

    @Test
    void of_an_attempt_that_is_not_started_after_all_nothing_is_left() throws Exception {
        var agent = agents.agent("true", Map.of());
        agent.prepare(ATTEMPT, new Assignment("# Do it", Optional.of(code(Optional.of(SETUP), Map.of()))), LONG);
        assertThat(folder.resolve("runs/fake/plan.FR-1.1/work/deps/left")).isDirectory();

        agent.abandon(ATTEMPT);

        assertThat(folder.resolve("runs/fake")).isEmptyDirectory();
    }

    // Files of the user

    @Test
    void brought_files_are_there_and_in_no_result_whatever_the_agent_does_to_them() throws Exception {
        var brought =
                Map.of(".env", "TOKEN=" + SECRET + "\n", "config/local.json", "{ \"password\": \"0ther-secret\" }\n");
        var code = code(Optional.empty(), brought);

        var outcome = run("""
                . ./.env; [ "$TOKEN" = s3cret-of-the-user ] && [ -e config/local.json ] || exit 9
                echo MORE=1 >>.env; rm config/local.json; echo '!.env' >>.gitignore; git add --force .env
                echo done >seen.txt
                """, code);

        assertThat(changes(outcome, code))
                .containsExactly(change(".gitignore", ".env\n", ".env\n!.env\n"), change("seen.txt", null, "done\n"));
        assertThat(ScriptedAgents.result(outcome).leftOut())
                .containsExactly(
                        ".env (a file that was brought along)", "config/local.json (a file that was brought along)");
    }

    @Test
    void a_set_up_has_them_and_what_it_makes_is_kept_without_them() throws Exception {
        var code = code(
                Optional.of(". ./.env; echo $PORT >port.txt; echo MORE=1 >>config/more.env"),
                Map.of(".env", "PORT=8080\n", "config/more.env", "A=1\n"));

        var outcome = run("cat .env port.txt config/more.env >seen.txt", code);

        assertThat(changes(outcome, code)).containsExactly(change("seen.txt", null, "PORT=8080\n8080\nA=1\nMORE=1\n"));
        try (var kept = Files.walk(folder.resolve("setups"))) {
            assertThat(kept.map(path -> path.getFileName().toString()))
                    .contains("port.txt", "more.env")
                    .doesNotContain(".env");
        }
    }

    @Test
    void neither_are_copies_of_them() throws Exception {
        var code = code(Optional.empty(), Map.of(".env", "TOKEN=" + SECRET + "\n", "empty.txt", ""));

        var outcome = run("cp .env example.txt; mkdir sub; mv .env sub/moved; touch nothing.txt", code);

        assertThat(changes(outcome, code)).containsExactly(change("nothing.txt", null, ""));
        assertThat(ScriptedAgents.result(outcome).leftOut())
                .containsExactly(
                        ".env (a file that was brought along)",
                        "example.txt (the content of a file that was brought along)",
                        "sub/moved (the content of a file that was brought along)");
    }

    @Test
    void their_values_are_in_nothing_that_an_agent_reports() throws Exception {
        var code = code(Optional.empty(), Map.of(".env", "TOKEN=" + SECRET + "\n"));

        assertThat(run("cat .env", code)).isInstanceOfSatisfying(Outcome.Succeeded.class, succeeded -> {
            assertThat(succeeded.answer()).isEqualTo("TOKEN=***");
            assertThat(succeeded.summary()).isEqualTo("TOKEN=***");
        });
        agents.last().release("plan~FR-1~1");
        assertThat(run("cat .env >&2; exit 1", code))
                .isInstanceOfSatisfying(
                        Outcome.TaskFailed.class,
                        failed -> assertThat(failed.reason())
                                .contains("TOKEN=***")
                                .doesNotContain(SECRET));
    }

    // Checks

    private CheckResult check(String verify, Optional<String> setup, Map<String, String> changed) throws Exception {
        var made = changed.entrySet().stream()
                .map(file -> Results.made(file.getKey(), file.getValue()))
                .toArray(Results.Made[]::new);
        var result = Results.of(agents.repository(), "", CODE, made);
        var preparation = Preparation.by(setup)
                .bringing(List.of(".env"), commit(agents.repository(), Map.of(".env", "TOKEN=" + SECRET + "\n")));
        var environment = new HashMap<>(System.getenv());
        var check = new ResultCheck(
                folder.resolve("checks"),
                false,
                true,
                Capabilities.of(folder, environment),
                new TreePreparation(
                        folder.resolve("setups"), TreePreparation.MOST, ScriptedAgents.NO_SANDBOX, environment),
                ScriptedAgents.NO_SANDBOX,
                environment);
        return check.of(
                ATTEMPT,
                given(new Checks(Optional.of(verify), List.of())),
                new CheckedCode(result.repository(), result.at(), result.result(), preparation),
                LONG,
                message -> {});
    }

    private static IsolatedContext given(Checks checks) {
        return new IsolatedContext(
                "Plan",
                Task.builder(new TaskId("FR-1"), Task.Kind.WORK, "Sell a thing")
                        .description("In full.")
                        .estimateMinutes(10)
                        .phase(1)
                        .checks(checks)
                        .build(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Neighbourhood.NONE,
                List.of(),
                List.of(),
                1,
                Optional.of(new CodeAt("ab".repeat(20), "", Optional.empty())));
    }

    @Test
    void a_result_is_verified_in_a_prepared_work_tree() throws Exception {
        assertThat(check("[ -e deps/left/index.js ] && [ -e .env ]", Optional.of(SETUP), Map.of("a.txt", "a")))
                .isEqualTo(new CheckResult.Passed());
        assertThat(check("echo says; cat .env; exit 1", Optional.of(SETUP), Map.of("a.txt", "a")))
                .isInstanceOfSatisfying(
                        CheckResult.Failed.class,
                        failed -> assertThat(failed.reason())
                                .contains("says\nTOKEN=***")
                                .doesNotContain(SECRET));
    }

    @Test
    void a_result_on_which_the_set_up_fails_is_at_fault_if_it_succeeds_without_it() throws Exception {
        var setup = Optional.of("! grep broken package-lock.json");

        assertThat(check("true", setup, Map.of("package-lock.json", "broken")))
                .isInstanceOfSatisfying(
                        CheckResult.Failed.class,
                        failed -> assertThat(failed.reason()).contains("set-up command", "exit 1", "broken"));
    }

    @Test
    void a_result_is_not_at_fault_for_a_set_up_that_fails_without_it_too() throws Exception {
        assertThat(check("true", Optional.of("exit 3"), Map.of("package-lock.json", "new")))
                .isInstanceOfSatisfying(
                        CheckResult.Unprepared.class,
                        unprepared -> assertThat(unprepared.reason()).contains("'exit 3'", "exit 3"));
    }
}
