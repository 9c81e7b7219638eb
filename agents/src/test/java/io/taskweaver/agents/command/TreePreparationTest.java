package io.taskweaver.agents.command;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskweaver.agents.AgentCode;
import io.taskweaver.agents.command.TreePreparation.Prepared;
import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.WorkTree;
import io.taskweaver.model.Preparation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreePreparationTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Map<String, String> CODE =
            Map.of("package-lock.json", "{ }\n", "src/main.js", "main\n", "old.txt", "old\n");

    @TempDir
    private Path folder;

    private ScriptedAgents agents;
    private Path log;
    private int works;

    @BeforeEach
    void open() throws IOException {
        agents = new ScriptedAgents(folder);
        log = Files.createFile(folder.resolve("runs.log"));
    }

    @AfterEach
    void close() {
        agents.close();
    }

    private TreePreparation preparation(long most) {
        var environment = new HashMap<>(System.getenv());
        environment.put("SOME_TOKEN", "tok-123456");
        return new TreePreparation(folder.resolve("setups"), most, ScriptedAgents.NO_SANDBOX, environment);
    }

    private AgentCode code(String command, Map<String, String> files) throws IOException {
        var code = agents.code(files, "");
        var preparation = Preparation.by(Optional.of("echo run >>" + log + "; " + command));
        return new AgentCode(code.repository(), code.commit(), code.tree(), "", preparation);
    }

    private synchronized Path next() {
        return folder.resolve("work" + works++).resolve("work");
    }

    private Prepared prepare(AgentCode code, Path root) throws IOException, InterruptedException {
        return prepare(preparation(TreePreparation.MOST), code, root);
    }

    private static Prepared prepare(TreePreparation preparation, AgentCode code, Path root)
            throws IOException, InterruptedException {
        return preparation.prepare(WorkTree.create(root, code.repository(), code.commit(), code.tree()), code, LONG);
    }

    private long runs() throws IOException {
        return Files.readAllLines(log).size();
    }

    private static Map<String, String> with(String path, String text) {
        var files = new HashMap<>(CODE);
        files.put(path, text);
        return files;
    }

    // What is in a work tree

    @Test
    void what_the_command_makes_and_changes_is_in_every_work_tree_after_one_run() throws Exception {
        var command = "mkdir -p node_modules/left && echo left >node_modules/left/index.js;"
                + " echo '{ 1 }' >package-lock.json; rm old.txt; mkdir empty; echo made >src/made.js;"
                + " ln -s left/index.js node_modules/link; chmod 700 node_modules/left/index.js";
        for (int i = 0; i < 2; i++) {
            var root = next();

            var prepared = prepare(code(command, CODE), root);

            assertThat(prepared)
                    .isInstanceOfSatisfying(
                            Prepared.Ready.class,
                            ready -> assertThat(ready.files().added())
                                    .containsExactly("empty", "node_modules", "src/made.js"));
            assertThat(root.resolve("node_modules/link")).isSymbolicLink().hasContent("left");
            assertThat(root.resolve("node_modules/left/index.js")).isExecutable();
            assertThat(root.resolve("package-lock.json")).hasContent("{ 1 }");
            assertThat(root.resolve("old.txt")).doesNotExist();
            assertThat(root.resolve("empty")).isEmptyDirectory();
            assertThat(root.resolve("src/main.js")).hasContent("main");
        }
        assertThat(runs()).isEqualTo(1);
    }

    @Test
    void work_trees_do_not_share_files() throws Exception {
        var code = code("mkdir lib && echo one >lib/a", CODE);
        var one = next();
        prepare(code, one);
        Files.writeString(one.resolve("lib/a"), "changed in place");
        var other = next();

        prepare(code, other);

        assertThat(other.resolve("lib/a")).hasContent("one");
    }

    @Test
    void other_lock_files_mean_another_run_and_other_sources_do_not() throws Exception {
        var command = "cat package-lock.json >installed";
        prepare(code(command, CODE), next());
        prepare(code(command, with("src/main.js", "changed\n")), next());
        assertThat(runs()).isEqualTo(1);
        var root = next();

        prepare(code(command, with("package-lock.json", "{ 2 }\n")), root);

        assertThat(root.resolve("installed")).hasContent("{ 2 }");
        assertThat(runs()).isEqualTo(2);
    }

    @Test
    void a_file_that_the_command_changes_is_not_taken_back_to_what_it_was_in_another_tree() throws Exception {
        var command = "echo '// generated' >>src/main.js; echo x >more.txt";
        prepare(code(command, CODE), next());
        var root = next();

        prepare(code(command, with("src/main.js", "merged meanwhile\n")), root);

        assertThat(root.resolve("src/main.js")).hasContent("merged meanwhile\n// generated");
        var other = next();
        prepare(code(command, with("more.txt", "merged too\n")), other);
        assertThat(other.resolve("more.txt")).hasContent("x");
        assertThat(runs()).isEqualTo(3);
    }

    @Test
    void the_folder_in_which_it_ran_is_not_named_in_another_work_tree() throws Exception {
        var command = "mkdir -p .venv/bin; printf '#!%s/.venv/bin/python\\n' \"$PWD\" >.venv/bin/pip;"
                + " chmod 555 .venv/bin/pip; ln -s \"$PWD/.venv/bin/pip\" .venv/link;"
                + " printf '\\0%s' \"$PWD\" >.venv/binary; touch -d 2001-02-03 .venv/bin/pip";
        var root = next();

        prepare(code(command, CODE), root);

        assertThat(root.resolve(".venv/bin/pip"))
                .isExecutable()
                .hasContent("#!" + root.toAbsolutePath() + "/.venv/bin/python");
        assertThat(Files.getLastModifiedTime(root.resolve(".venv/bin/pip")).toString())
                .startsWith("2001");
        assertThat(Files.readSymbolicLink(root.resolve(".venv/link"))).isEqualTo(root.resolve(".venv/bin/pip"));
    }

    // Failures

    @Test
    void a_command_that_fails_is_tried_once_more_and_its_output_is_the_reason_without_secrets() throws Exception {
        var prepared = prepare(code("echo no package left; echo $SOME_TOKEN >&2; exit 3", CODE), next());

        assertThat(prepared)
                .isInstanceOfSatisfying(
                        Prepared.Failed.class,
                        failed -> assertThat(failed.reason())
                                .startsWith("The set-up command 'echo run >>")
                                .endsWith("failed (exit 3):\nno package left\n***"));
        assertThat(runs()).isEqualTo(2);
    }

    @Test
    void one_that_fails_at_first_may_succeed() throws Exception {
        var flag = folder.resolve("flag");
        var code = code("[ -e " + flag + " ] || { touch " + flag + "; exit 1; }; echo x >made", CODE);
        var root = next();

        assertThat(prepare(code, root)).isInstanceOf(Prepared.Ready.class);
        assertThat(root.resolve("made")).hasContent("x");
    }

    @Test
    void who_asks_later_tries_again() throws Exception {
        var flag = folder.resolve("flag");
        var code = code("[ -e " + flag + " ]", CODE);
        assertThat(prepare(code, next())).isInstanceOf(Prepared.Failed.class);
        Files.createFile(flag);

        assertThat(prepare(code, next())).isInstanceOf(Prepared.Ready.class);
    }

    @Test
    void one_that_takes_too_long_is_stopped_with_all_that_it_started() throws Exception {
        var pid = folder.resolve("pid");
        var code = code("sleep 605 & echo $! >" + pid + "; wait", CODE);
        var root = next();
        var work = WorkTree.create(root, code.repository(), code.commit(), code.tree());

        assertThat(preparation(1).prepare(work, code, Duration.ofMillis(300)))
                .isInstanceOfSatisfying(
                        Prepared.Failed.class,
                        failed -> assertThat(failed.reason()).contains("did not end within"));
        await().atMost(5, SECONDS)
                .until(() -> ProcessHandle.of(
                                Long.parseLong(Files.readString(pid).strip()))
                        .filter(ProcessHandle::isAlive)
                        .isEmpty());
    }

    // Several at a time

    @Test
    void of_many_that_ask_for_the_same_one_runs_the_command_and_all_get_it() throws Exception {
        var code = code("sleep 0.3; mkdir lib; for i in $(seq 50); do echo $i >lib/$i; done", CODE);
        var roots = IntStream.range(0, 8).mapToObj(i -> next()).toList();

        for (var prepared : together(code, roots)) assertThat(prepared).isInstanceOf(Prepared.Ready.class);

        assertThat(runs()).isEqualTo(1);
        for (var root : roots) assertThat(root.resolve("lib/50")).hasContent("50");
    }

    @Test
    void who_waits_while_it_fails_does_not_try_again() throws Exception {
        var code = code("sleep 0.3; exit 1", CODE);

        for (var prepared :
                together(code, IntStream.range(0, 6).mapToObj(i -> next()).toList()))
            assertThat(prepared).isInstanceOf(Prepared.Failed.class);

        assertThat(runs()).as("tried and tried once more").isEqualTo(2);
    }

    private List<Prepared> together(AgentCode code, List<Path> roots) throws Exception {
        var results = new ArrayList<CompletableFuture<Prepared>>();
        for (var root : roots) {
            var result = new CompletableFuture<Prepared>();
            results.add(result);
            // Each as another agent of this process would.
            var preparation = preparation(TreePreparation.MOST);
            Thread.ofVirtual().start(() -> {
                try {
                    result.complete(prepare(preparation, code, root));
                } catch (IOException | InterruptedException | RuntimeException e) {
                    result.completeExceptionally(e);
                }
            });
        }
        var all = new ArrayList<Prepared>();
        for (var result : results) all.add(result.get(30, SECONDS));
        return all;
    }

    /** Another process of this machine, which asks for the same. */
    static final class Other {
        private Other() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            try (var repository = CodeRepository.open(Path.of(arguments[0]))) {
                var preparation = Preparation.by(Optional.of(arguments[2]));
                var code = new AgentCode(repository, arguments[1], repository.treeOf(arguments[1]), "", preparation);
                prepare(
                        new TreePreparation(
                                Path.of(arguments[3]),
                                TreePreparation.MOST,
                                ScriptedAgents.NO_SANDBOX,
                                System.getenv()),
                        code,
                        Path.of(arguments[4]));
            }
        }
    }

    private Process other(AgentCode code, Path root) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        code.repository().folder().toString(),
                        code.commit(),
                        code.preparation().setup().orElseThrow(),
                        folder.resolve("setups").toString(),
                        root.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("other.log").toFile())
                .start();
    }

    @Test
    void a_process_waits_for_another_one_that_runs_the_command() throws Exception {
        var begun = folder.resolve("begun");
        var go = folder.resolve("go");
        var code = code("touch " + begun + "; until [ -e " + go + " ]; do sleep 0.05; done; echo x >made", CODE);
        var elsewhere = next();
        var other = other(code, elsewhere);
        await().atMost(20, SECONDS).until(() -> Files.exists(begun) || !other.isAlive());
        var root = next();
        var mine = CompletableFuture.supplyAsync(() -> {
            try {
                return prepare(code, root);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Files.createFile(go);

        assertThat(mine.get(20, SECONDS)).isInstanceOf(Prepared.Ready.class);
        assertThat(other.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(elsewhere.resolve("made")).hasContent("x");
        assertThat(root.resolve("made")).hasContent("x");
        assertThat(runs()).isEqualTo(1);
    }

    @Test
    void a_process_that_is_killed_half_way_leaves_nothing_that_anybody_takes_for_the_whole() throws Exception {
        var pid = folder.resolve("pid");
        var go = folder.resolve("go");
        var code = code(
                "echo half >made; echo $$ >" + pid + "; until [ -e " + go + " ]; do sleep 0.05; done; echo x >made",
                CODE);
        var other = other(code, next());
        await().atMost(20, SECONDS).until(() -> (Files.exists(pid) && Files.size(pid) > 0) || !other.isAlive());
        long orphan = Long.parseLong(Files.readString(pid).strip());
        other.destroyForcibly().waitFor();
        assertThat(ProcessHandle.of(orphan))
                .as("the command survives its executor")
                .isPresent();
        Files.createFile(go);
        var root = next();

        assertThat(prepare(code, root)).isInstanceOf(Prepared.Ready.class);

        assertThat(root.resolve("made")).hasContent("x");
        assertThat(runs()).isEqualTo(2);
        await().atMost(5, SECONDS)
                .until(() ->
                        ProcessHandle.of(orphan).filter(ProcessHandle::isAlive).isEmpty());
        try (var left = Files.list(folder.resolve("setups"))) {
            assertThat(left.filter(Files::isDirectory)).as("what is complete").hasSize(1);
        }
    }

    @Test
    void an_interrupt_stops_the_command_and_the_next_one_runs_it() throws Exception {
        var pid = folder.resolve("pid");
        var go = folder.resolve("go");
        var code = code("echo $$ >" + pid + "; until [ -e " + go + " ]; do sleep 0.05; done; echo x >made", CODE);
        var first = next();
        var interrupted = new CompletableFuture<Boolean>();
        var thread = Thread.ofVirtual().start(() -> {
            try {
                prepare(code, first);
                interrupted.complete(false);
            } catch (InterruptedException e) {
                interrupted.complete(true);
            } catch (IOException e) {
                interrupted.completeExceptionally(e);
            }
        });
        await().atMost(10, SECONDS).until(() -> Files.exists(pid) && Files.size(pid) > 0);
        thread.interrupt();
        assertThat(interrupted.get(10, SECONDS)).isTrue();
        Files.createFile(go);

        assertThat(prepare(code, next())).isInstanceOf(Prepared.Ready.class);
        assertThat(runs()).isEqualTo(2);
    }

    // Space

    @Test
    void what_was_not_used_for_the_longest_time_is_removed_when_there_is_too_much() throws Exception {
        var small = preparation(400_000);
        var command = "head -c 150000 /dev/urandom >data";
        for (var lock : List.of("1", "2", "1", "3"))
            prepare(small, code(command, with("package-lock.json", lock)), next());
        assertThat(runs()).isEqualTo(3);

        prepare(small, code(command, with("package-lock.json", "1")), next());
        assertThat(runs()).as("1 was used after 2").isEqualTo(3);
        prepare(small, code(command, with("package-lock.json", "2")), next());
        assertThat(runs()).isEqualTo(4);
    }

    @Test
    void the_last_one_stays_however_large_it_is() throws Exception {
        var tiny = preparation(1);
        var code = code("head -c 150000 /dev/urandom >data", CODE);
        prepare(tiny, code, next());
        prepare(tiny, code, next());

        assertThat(runs()).isEqualTo(1);
    }

    @Test
    void removal_at_any_time_harms_nobody() throws Exception {
        var tiny = preparation(1);
        var codes = new ArrayList<AgentCode>();
        for (int i = 0; i < 4; i++)
            codes.add(code(
                    "mkdir lib; for i in $(seq 200); do echo $i >lib/$i; done", with("package-lock.json", "" + i)));
        var results = new ArrayList<CompletableFuture<Prepared>>();
        var roots = new ArrayList<Path>();
        for (int i = 0; i < 12; i++) {
            var code = codes.get(i % codes.size());
            var root = next();
            roots.add(root);
            var result = new CompletableFuture<Prepared>();
            results.add(result);
            Thread.ofVirtual().start(() -> {
                try {
                    result.complete(prepare(tiny, code, root));
                } catch (IOException | InterruptedException | RuntimeException e) {
                    result.completeExceptionally(e);
                }
            });
        }
        for (var result : results) assertThat(result.get(60, SECONDS)).isInstanceOf(Prepared.Ready.class);
        for (var root : roots) assertThat(root.resolve("lib/200")).hasContent("200");
    }
}
