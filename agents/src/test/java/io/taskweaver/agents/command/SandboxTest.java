package io.taskweaver.agents.command;

import static io.taskweaver.agents.command.ScriptedAgents.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.taskweaver.agents.AgentCode;
import io.taskweaver.agents.Assignment;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.Creation;
import io.taskweaver.agents.Outcome;
import io.taskweaver.model.Preparation;
import io.taskweaver.prompts.Query;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command sees and can do in a sandbox. Where there is no bubblewrap, only what needs none is tested. */
class SandboxTest {
    private static final Attempt ATTEMPT = new Attempt("plan", "FR-1", 1);
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path temporary;

    private Path home;
    private ScriptedAgents agents;

    @BeforeEach
    void open() throws IOException {
        home = Files.createDirectories(temporary.resolve("home"));
        agents = new ScriptedAgents(temporary.resolve("data"));
        file("home/.ssh/id", "the private key");
        file("home/.netrc", "machine example.com password secret");
        file("home/.npmrc", "registry=https://registry.example.com/");
        file("home/.yarnrc", "//registry.example.com/:_authToken=abc");
        file("home/.m2/repository/some.jar", "jar");
        file("home/.m2/settings-security.xml", "<master/>");
        file("home/.tool/auth.json", "own login");
        file("home/.tool/state.json", "{}");
        file("home/.tool/rules/hook.sh", "echo");
        file("home/bin/helper", "#!/bin/sh\necho helped\n").toFile().setExecutable(true);
        file("home/notes.txt", "private");
        file("data/token", "token of the runtime");
    }

    @AfterEach
    void close() {
        agents.close();
    }

    private Path file(String name, String text) throws IOException {
        var file = temporary.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Map<String, String> variables() {
        var variables = new HashMap<>(System.getenv());
        variables.put("HOME", home.toString());
        variables.put("PATH", home.resolve("bin") + ":" + System.getenv("PATH"));
        variables.put("SSH_AUTH_SOCK", "/run/agent.sock");
        variables.put("AWS_SECRET_ACCESS_KEY", "aws-secret");
        variables.put("DATABASE_URL", "postgres://me:mine@db/app");
        variables.put("HTTP_PROXY", "http://me:mine@proxy:3128");
        variables.put("MODEL_API_KEY", "own-key");
        return variables;
    }

    private Sandbox sandbox(SandboxSettings settings) {
        var sandbox = Sandbox.of(SandboxMode.AUTO, settings, System.getenv());
        assumeThat(sandbox.isOn())
                .as("skipped: no sandbox on this machine, " + sandbox.about())
                .isTrue();
        return sandbox;
    }

    private SandboxSettings hiding(boolean network) {
        return new SandboxSettings(List.of(), List.of(), List.of(temporary.resolve("data")), List.of(), network, true);
    }

    private Outcome run(String script, String... more) throws InterruptedException, IOException {
        return run(hiding(true), script, more);
    }

    private Outcome run(SandboxSettings settings, String script, String... more)
            throws InterruptedException, IOException {
        var agent = agents.in(sandbox(settings)).agent(script, variables(), more);
        var code = agents.code(Map.of("a.txt", "a\n"), "");
        return agents.run(agent, ATTEMPT, Optional.of(code));
    }

    private static String answer(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
        return ((Outcome.Succeeded) outcome).answer();
    }

    @Test
    void a_command_changes_its_work_tree_and_can_use_git_in_it() throws Exception {
        var outcome = run("git log --oneline | wc -l; echo b >b.txt; git add . && git commit -qm mine && rm a.txt");

        assertThat(answer(outcome)).isEqualTo("1");
        assertThat(agents.changes(outcome, Optional.of(agents.code(Map.of("a.txt", "a\n"), ""))))
                .containsExactlyInAnyOrder(change("b.txt", null, "b\n"), change("a.txt", "a\n", null));
    }

    @Test
    void a_command_reads_what_its_prompt_has_no_room_for() throws Exception {
        var agent = agents.in(sandbox(hiding(true))).agent("cat .taskweaver/task.md", variables());
        var code = agents.code(Map.of("a.txt", "a\n"), "");
        var assignment = new Assignment(
                "Read `.taskweaver/task.md`.",
                Optional.of(new Query.Aside(".taskweaver/task.md", "more\n")),
                Optional.of(code),
                Optional.empty());

        var created = (Creation.Created) agent.create(ATTEMPT, assignment);
        var outcome = agent.await(created.runId(), Duration.ofSeconds(30), progress -> {});

        assertThat(answer(outcome)).isEqualTo("more");
        assertThat(agents.changes(outcome, Optional.of(code))).isEmpty();
    }

    @Test
    void a_command_sees_neither_the_home_nor_the_data_of_the_runtime() throws Exception {
        var outside = temporary.resolve("data/token");
        var answer = answer(run("cat ~/.ssh/id ~/.netrc ~/notes.txt ~/.m2/settings-security.xml " + outside
                + " 2>/dev/null; ls -A ~ | sort | tr '\\n' ' '; ls /home /root /run 2>/dev/null | grep -c key; ls "
                + temporary.resolve("data/runs/fake") + " | wc -l"));

        assertThat(answer)
                .doesNotContain("private", "password", "token of", "master")
                .startsWith(".m2 .npmrc bin")
                .doesNotContain(".yarnrc", ".ssh", ".tool")
                .endsWith("0\n1");
    }

    @Test
    void a_command_uses_tools_and_caches_and_settings_without_a_secret() throws Exception {
        assertThat(
                        answer(
                                run(
                                        "helper; cat ~/.npmrc; echo new >~/.m2/repository/new.jar; touch ~/x; echo x >>~/.npmrc || echo kept")))
                .isEqualTo("helped\nregistry=https://registry.example.com/kept");
        assertThat(home.resolve(".m2/repository/new.jar")).exists();
        assertThat(home.resolve("x")).doesNotExist();
        assertThat(home.resolve(".npmrc")).hasContent("registry=https://registry.example.com/");
    }

    @Test
    void a_command_gets_no_credentials_but_those_that_its_file_names() throws Exception {
        var answer = answer(run(
                "echo $SSH_AUTH_SOCK $AWS_SECRET_ACCESS_KEY $DATABASE_URL $HTTP_PROXY $MODEL_API_KEY; cat ~/.tool/auth.json; echo; echo renewed >~/.tool/auth.json; echo {1} >~/.tool/s && mv ~/.tool/s ~/.tool/state.json; cat ~/.tool/state.json; echo bad >>~/.tool/rules/hook.sh || echo protected",
                "sandbox:",
                "  write: [~/.tool/auth.json, $NOWHERE/x]",
                "  copy: [~/.tool/state.json]",
                "  read: [~/.tool/rules, ~/.tool/absent]",
                "  variables: [MODEL_*]"));

        assertThat(answer).isEqualTo("http://me:mine@proxy:3128 ***\nown login\n{1}\nprotected");
        assertThat(home.resolve(".tool/auth.json")).hasContent("renewed");
        assertThat(home.resolve(".tool/state.json")).hasContent("{}");
        assertThat(home.resolve(".tool/rules/hook.sh")).hasContent("echo");
    }

    @Test
    void a_command_writes_nowhere_else() throws Exception {
        var beside = temporary.resolve("data/runs/fake/beside.txt");
        run(
                "echo x >" + beside + "; echo x >/usr/x; echo x >/etc/x; echo x >" + temporary.resolve("x")
                        + "; echo x >/tmp/of-a-sandbox-test; echo x >/var/tmp/of-a-sandbox-test; mkdir -p ~/.config && echo x >~/.config/x; true");

        assertThat(List.of(
                        beside,
                        Path.of("/usr/x"),
                        Path.of("/etc/x"),
                        Path.of("/tmp/of-a-sandbox-test"),
                        Path.of("/var/tmp/of-a-sandbox-test"),
                        temporary.resolve("x"),
                        home.resolve(".config")))
                .allSatisfy(path -> assertThat(path).doesNotExist());
    }

    @Test
    void a_command_leaves_no_process_even_if_that_hides_where_it_came_from() throws Exception {
        var mark = "9" + System.nanoTime();
        var answer = answer(run("env -i setsid nohup sleep " + mark
                + " >/dev/null 2>&1 & sleep 0.2; echo $$; ls /proc | grep -c '^[0-9]'"));

        assertThat(Integer.parseInt(answer.lines().toList().getFirst())).isLessThan(10);
        await().atMost(LONG)
                .until(() -> ProcessHandle.allProcesses()
                        .noneMatch(process ->
                                process.info().commandLine().orElse("").contains(mark)));
    }

    @Test
    void a_command_is_killed_with_all_that_it_started() throws Exception {
        var mark = "8" + System.nanoTime();
        var agent = agents.in(sandbox(hiding(true)))
                .agent("trap '' TERM; env -i setsid sleep " + mark + " & sleep " + mark, variables());
        var run = agents.started(agent, ATTEMPT, Assignment.of("Wait"));
        await().atMost(LONG)
                .until(() -> ProcessHandle.allProcesses()
                                .filter(process ->
                                        process.info().commandLine().orElse("").endsWith("sleep " + mark))
                                .count()
                        == 2);

        agent.cancel(run);

        await().atMost(LONG)
                .until(() -> ProcessHandle.allProcesses()
                        .noneMatch(process ->
                                process.info().commandLine().orElse("").contains(mark)));
        assertThat(agent.await(run, LONG, progress -> {})).isInstanceOf(Outcome.Cancelled.class);
    }

    @Test
    void a_command_reaches_the_network_if_its_file_does_not_forbid_it() throws Exception {
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var connect = "exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort() + " && echo connected || echo cut off";

            assertThat(answer(run("(" + connect + ") 2>/dev/null"))).isEqualTo("connected");
            agents.last().release("plan~FR-1~1");
            assertThat(answer(run("(" + connect + ") 2>/dev/null; true", "sandbox: { network: false }")))
                    .isNotEqualTo("connected");
        }
    }

    @Test
    void a_command_ends_with_its_own_exit_code() throws Exception {
        var outcome = run("echo why >&2; exit 7");

        assertThat(outcome).isInstanceOf(Outcome.TaskFailed.class);
        assertThat(((Outcome.TaskFailed) outcome).reason()).contains("exit code 7", "why");
    }

    @Test
    void commands_of_plans_run_in_it_too() throws Exception {
        var environment = variables();
        var sandbox = sandbox(hiding(false));
        var preparation =
                new TreePreparation(temporary.resolve("data/setups"), TreePreparation.MOST, sandbox, environment);
        var code = agents.code(Map.of("a.txt", "a\n"), "");
        var set = new AgentCode(
                code.repository(),
                code.commit(),
                code.tree(),
                "",
                Preparation.by(Optional.of(
                        "cat ~/.ssh/id >made.txt || echo none >made.txt; echo x >" + temporary.resolve("out"))));
        var verification = new Verification(
                temporary.resolve("data/checks"), false, new Environment(environment), preparation, sandbox);

        var seen = verification.run(
                "plan/FR-1/1",
                "[ ! -e ~/.ssh ] && [ \"$(cat made.txt)\" = none ] && [ -z \"$AWS_SECRET_ACCESS_KEY\" ]",
                set,
                LONG,
                message -> {});

        assertThat(seen).isInstanceOf(CheckResult.Passed.class);
        assertThat(temporary.resolve("out")).doesNotExist();
    }

    @Test
    void a_set_up_that_fails_in_it_says_what_it_lacked() throws Exception {
        var environment = Map.of("HOME", home.toString(), "PATH", System.getenv("PATH"), "NPM_TOKEN", "npm-secret");
        var preparation = new TreePreparation(
                temporary.resolve("data/setups"), TreePreparation.MOST, sandbox(hiding(true)), environment);
        var code = agents.code(Map.of("a.txt", "a\n"), "");
        var command = Preparation.by(Optional.of("echo no login; test -n \"$NPM_TOKEN\""));

        var failure =
                preparation.failure(new AgentCode(code.repository(), code.commit(), code.tree(), "", command), LONG);

        assertThat(failure)
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("no login", "without the variables NPM_TOKEN.", "taskweaver.executor.sandbox.read"));
    }

    @Test
    void a_sandbox_that_cannot_be_made_is_no_fault_of_the_agent() throws Exception {
        var program = file("bwrap", """
                #!/bin/sh
                [ "$1" = --version ] && exec echo bubblewrap 9
                case "$*" in *" true") exit 0 ;; esac
                echo "bwrap: Can't mount proc on /newroot/proc: Operation not permitted" >&2
                exit 1
                """);
        program.toFile().setExecutable(true);
        var sandbox = Sandbox.of(
                SandboxMode.ON, SandboxSettings.USUAL, Map.of("PATH", temporary + ":" + System.getenv("PATH")));

        var outcome = agents.run(
                agents.in(sandbox).agent("echo done", variables()),
                ATTEMPT,
                Optional.of(agents.code(Map.of("a.txt", "a\n"), "")));

        assertThat(outcome).isInstanceOf(Outcome.InfraFailed.class);
        assertThat(((Outcome.InfraFailed) outcome).reason())
                .contains("the sandbox could not be made", "Can't mount proc");
    }

    @Test
    void a_machine_without_bubblewrap_has_none_and_says_why() {
        var sandbox = Sandbox.of(SandboxMode.AUTO, SandboxSettings.USUAL, Map.of("PATH", temporary.toString()));

        assertThat(sandbox.isOn()).isFalse();
        assertThat(sandbox.about()).startsWith("none: ");
    }

    @Test
    void a_machine_that_permits_no_namespaces_has_none_and_says_why() throws IOException {
        var program = file("bwrap", """
                #!/bin/sh
                [ "$1" = --version ] && exec echo bubblewrap 9
                echo "bwrap: setting up uid map: Permission denied" >&2
                exit 1
                """);
        program.toFile().setExecutable(true);

        var sandbox = Sandbox.of(
                SandboxMode.ON, SandboxSettings.USUAL, Map.of("PATH", temporary + ":" + System.getenv("PATH")));

        assertThat(sandbox.isOn()).isFalse();
        assertThat(sandbox.about()).contains("may not make namespaces", "uid map: Permission denied");
    }

    @Test
    void a_machine_has_none_if_it_is_turned_off() {
        assertThat(Sandbox.of(SandboxMode.OFF, SandboxSettings.USUAL, System.getenv())
                        .isOn())
                .isFalse();
    }

    @Test
    void settings_of_an_agent_that_are_no_paths_or_names_are_refused() {
        assertThatThrownBy(() -> new SandboxNeeds(List.of("etc/passwd"), List.of(), List.of(), List.of(), true))
                .hasMessageContaining("'etc/passwd'")
                .hasMessageContaining("'~/'");
        assertThatThrownBy(() -> new SandboxNeeds(List.of(), List.of(), List.of(), List.of("A-*"), true))
                .hasMessageContaining("'A-*'");
    }

    private final HomeFolders folders = new HomeFolders(Path.of("/home/me"));

    private void belongsTo(String folder, String installation) {
        assertThat(folders.installation(Path.of(folder))).isEqualTo(Path.of(installation));
    }

    @Test
    void the_folder_of_a_program_is_shown_with_what_it_needs() {
        belongsTo("/home/me/.nvm/versions/node/v22/bin", "/home/me/.nvm/versions/node/v22");
        belongsTo("/home/me/app/node_modules/.bin", "/home/me/app/node_modules");
        belongsTo("/home/me/tool/shims", "/home/me/tool");
    }

    @Test
    void the_folder_of_a_program_is_shown_alone_beside_private_files() {
        belongsTo("/home/me/bin", "/home/me/bin");
        belongsTo("/home/me/.cargo/bin", "/home/me/.cargo/bin");
        belongsTo("/home/me/.local/bin", "/home/me/.local/bin");
        belongsTo("/home/me/scripts", "/home/me/scripts");
    }
}
