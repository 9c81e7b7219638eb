package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The code of a plan on three executors, each on a machine of its own, on which the user's folder is not: it travels by the
 * topics alone. Everything is killed by turns. It takes a minute a round, so that it runs with the long tests only: {@code
 * e2e-tests/machines ROUNDS [SEED]}.
 */
@Tag("long")
class SeparateMachinesTest {
    private static final int ROUNDS = Integer.getInteger("taskweaver.machines.rounds", 1);
    private static final long SEED = Long.getLong("taskweaver.machines.seed", 20_260_101L);
    private static final int TASKS = 12;
    private static final int WIDTH = 6;
    private static final Duration LIMIT = Duration.ofMinutes(15);

    /** Extends files that all others extend too, and writes down that it did. */
    private static final String SCRIPT = """
            cat >/dev/null
            name=f$(echo "$1" | sed 's/-reconcile.*//' | tr -cd 0-9)
            [ ! -e "$USERS_FOLDER/code" ] || { echo "the user's folder is here" >&2; exit 1; }
            [ -z "$(git status --porcelain)" ] || { echo "the work tree is not clean" >&2; exit 1; }
            sleep 0.$((RANDOM % 10))
            echo "export function $name() { return 1; }" >src/$name.js
            grep -q "/$name\\.js" index.js || echo "export { $name } from './src/$name.js';" >>index.js
            sed -i "s/^- Begin\\.$/&\\n- Add $name./" CHANGELOG.md
            [ "$(ls src/f*.js | wc -l)" = "$(grep -c 'src/f' index.js)" ] || { echo "the tree is not whole" >&2; exit 1; }
            echo "$1 $2" >>"$LEDGER"
            """;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path dir;

    @Test
    void executors_that_share_no_files_hold_the_same_line_whatever_dies() throws Exception {
        OwnMachine.assumePossible();
        for (int round = 1; round <= ROUNDS; round++) {
            var folder = Files.createDirectory(dir.resolve("round-" + round));
            new Round(folder, new Random(SEED + round)).play();
        }
    }

    private static final class Round {
        private final Path user;
        private final Path ledger;
        private final Random random;
        private final List<String> blows = new ArrayList<>();
        private final List<Path> machines = new ArrayList<>();

        Round(Path folder, Random random) throws IOException {
            this.user = Files.createDirectory(folder.resolve("user"));
            this.ledger = Files.createFile(folder.resolve("ledger"));
            this.random = random;
            for (var name : List.of("one", "two", "three")) machines.add(Files.createDirectory(folder.resolve(name)));
        }

        private String git(String... arguments) throws IOException, InterruptedException {
            return GitFolder.git(user.resolve("code"), arguments);
        }

        void play() throws Exception {
            try (var workspace = new Workspace(user).agent(SCRIPT)) {
                var mine = user.resolve("agents/mine.yaml");
                Files.writeString(mine, """
                        about: a line of bash
                        command: [bash, "%s", "{task}", "{attempt}"]
                        stdin: "{prompt}"
                        environment: { LEDGER: "%s", USERS_FOLDER: "%s" }
                        """.formatted("AGENTS/mine.sh", ledger, user));
                for (var machine : machines) {
                    var agents = Files.createDirectories(machine.resolve("agents"));
                    Files.copy(user.resolve("agents/mine.sh"), agents.resolve("mine.sh"));
                    Files.writeString(
                            agents.resolve("mine.yaml"), Files.readString(mine).replace("AGENTS", agents.toString()));
                }
                code();
                var ports = Workspace.freePorts(3);
                String[] start = {
                    "up",
                    "--http-port",
                    "" + ports.get(0),
                    "--broker-port",
                    "" + ports.get(1),
                    "--registry-port",
                    "" + ports.get(2)
                };
                workspace.with("TASKWEAVER_EXECUTOR_ENABLED", "false");
                var up = workspace.taskweaver(start);
                assertThat(up.exitCode()).as(up.output()).isZero();
                var executors = new ArrayList<Process>();
                for (var machine : machines) executors.add(executor(workspace, machine, ports, 0));
                var features = IntStream.rangeClosed(1, TASKS)
                        .mapToObj(i -> "- [ ] T" + i + " Add the feature number " + i
                                + (i > WIDTH ? " (depends on T" + (i - WIDTH) + ")" : "") + "\n")
                        .collect(Collectors.joining());
                var document = workspace.document("tasks.md", "# Tasks\n\n" + features);
                var submit = workspace.taskweaver(
                        "submit", document.toString(), "--plan", "line", "--code", "code", "--agent", "mine");
                assertThat(submit.exitCode()).as(submit.output()).isZero();

                long end = System.nanoTime() + LIMIT.toNanos();
                while (!status(workspace).equals("completed")) {
                    assertThat(System.nanoTime())
                            .as("still " + status(workspace) + " after " + blows)
                            .isLessThan(end);
                    pause(Duration.ofMillis(1500 + random.nextInt(4000)));
                    blow(workspace, start, executors, ports);
                }
                System.out.println("completed after " + blows);
                assertSameLine(workspace);
            }
        }

        private void code() throws IOException, InterruptedException {
            Files.createDirectories(user.resolve("code/src"));
            git("init", "--quiet");
            Files.writeString(user.resolve("code/src/f0.js"), "export function f0() { return 1; }\n");
            Files.writeString(user.resolve("code/index.js"), "export { f0 } from './src/f0.js';\n");
            Files.writeString(user.resolve("code/CHANGELOG.md"), "# Changes\n\n- Begin.\n");
            GitFolder.commit(user.resolve("code"), "first");
            Files.writeString(user.resolve("code/open.txt"), "not committed\n");
        }

        private Process executor(Workspace workspace, Path machine, List<Integer> ports, int life) throws IOException {
            var kept = Files.createDirectories(machine.resolve("kept"));
            for (var secret : List.of("token", "ticket.key")) {
                var copy = kept.resolve(secret);
                if (!Files.exists(copy)) Files.copy(user.resolve(".taskweaver").resolve(secret), copy);
            }
            return workspace.executorOn(
                    new OwnMachine(machine, List.of(user), ports), machine.getFileName() + "-" + life, 2);
        }

        private void blow(Workspace workspace, String[] start, List<Process> executors, List<Integer> ports)
                throws Exception {
            if (random.nextInt(3) == 0) {
                blows.add("runtime");
                workspace.killRuntime();
                pause(Duration.ofMillis(random.nextInt(1500)));
                var again = workspace.taskweaver(start);
                assertThat(again.exitCode()).as(again.output()).isZero();
            } else {
                int victim = random.nextInt(executors.size());
                blows.add(machines.get(victim).getFileName().toString());
                Workspace.kill(executors.get(victim));
                executors.set(victim, executor(workspace, machines.get(victim), ports, blows.size()));
            }
        }

        private void assertSameLine(Workspace workspace) throws Exception {
            var apply = workspace.taskweaver("apply", "line", "--branch", "made");
            assertThat(apply.exitCode()).as(apply.output()).isZero();
            assertThat(git("log", "--format=%(trailers:key=Task,valueonly,separator=)", "made")
                            .lines()
                            .filter(task -> !task.isBlank()))
                    .as("each task is merged once")
                    .hasSize(TASKS)
                    .doesNotHaveDuplicates();
            assertThat(git("show", "made:index.js").lines()).hasSize(TASKS + 1).doesNotHaveDuplicates();
            assertThat(git("show", "made:open.txt")).isEqualTo("not committed");
            assertThat(git("fsck", "--strict", "--no-dangling")).isEmpty();

            var line = GitFolder.git(user.resolve(".taskweaver/code/line"), "rev-list", "line")
                    .lines()
                    .toList();
            int held = 0;
            for (var machine : machines) {
                var repository = machine.resolve("kept/code/line");
                if (!Files.exists(repository)) continue;
                held++;
                // Executors keep no branch: the newest commit of the line that is here tells how far they have it.
                var objects =
                        GitFolder.git(repository, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)");
                var newest = line.stream().filter(objects::contains).findFirst().orElseThrow();
                var known =
                        GitFolder.git(repository, "rev-list", newest).lines().toList();
                assertThat(line).as("the line of " + machine).endsWith(known.toArray(String[]::new));
                assertThat(GitFolder.git(repository, "fsck", "--strict", "--no-dangling", "--no-progress")
                                .lines())
                        .as("but that there is no branch")
                        .allMatch(said -> said.startsWith("notice: "));
            }
            assertThat(held).isPositive();
            assertThat(Files.readAllLines(ledger).stream().map(entry -> entry.split(" ")[0]))
                    .as("no task whose agent ended is paid again, after " + blows + ": " + Files.readAllLines(ledger))
                    .doesNotHaveDuplicates();
        }
    }

    private static String status(Workspace workspace) throws InterruptedException {
        try {
            return workspace.rest("/api/plans/line").path("status").asText();
        } catch (IOException | AssertionError e) {
            return "unknown"; // the runtime starts
        }
    }

    private static void pause(Duration time) {
        var until = System.nanoTime() + time.toNanos();
        await().pollInterval(Duration.ofMillis(10))
                .atMost(time.plusSeconds(10))
                .until(() -> System.nanoTime() >= until);
    }
}
