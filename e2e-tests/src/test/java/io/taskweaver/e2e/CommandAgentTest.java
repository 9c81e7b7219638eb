package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent with a command line that a user adds by a file, at work on the user's own repository. */
@Tag("long")
class CommandAgentTest {
    @TempDir
    Path dir;

    /** Writes a file that is called after its task, and one line below the code that it finds. */
    private static final String SCRIPT = """
            prompt=$(cat)
            task=$(basename "$(dirname "$PWD")")
            case "$prompt" in *"The working directory is yours alone"*) ;; *) echo "not told how to work" >&2; exit 9 ;; esac
            case $task in
              *FR-1*) [ ! -e done/FR-2.txt ] || exit 8 ;;
              *FR-2*) [ -e done/FR-1.txt ] || { echo "FR-1 is not here" >&2; exit 7; } ;;
              *FR-4*) [ -e "$DOOR" ] || { echo "the door is shut" >&2; exit 1; } ;;
              *FR-3*) case "$prompt" in *"could not:"*) ;; *) echo "could not: the key is $MODEL_API_KEY" >&2; exit 1 ;; esac ;;
            esac
            name=$(echo "$task" | sed 's/.*\\(FR-[0-9]\\).*/\\1/')
            mkdir -p done
            echo "$name" >"done/$name.txt"
            case $name in FR-3) echo "changed by FR-3" >>src/app.txt ;; esac
            echo '{"result":"made '"$name"'","total_cost_usd":0.25}'
            """;

    private static Workspace.Finished run(Workspace workspace, Path document, String budget, String... more)
            throws Exception {
        var line = new ArrayList<>(List.of(
                "run",
                document.toString(),
                "--code",
                "code",
                "--agent",
                "useless,mine",
                "--max-attempts",
                "2",
                "--budget",
                budget,
                "--verify",
                "[ -e src/app.txt ] && ls done/FR-*.txt"));
        line.addAll(List.of(more));
        return workspace.taskweaver(line.toArray(String[]::new));
    }

    @Test
    void works_in_a_work_tree_for_each_task_and_what_it_changes_is_merged() throws Exception {
        var code = dir.resolve("code");
        var file = Files.createDirectories(code.resolve("src")).resolve("app.txt");
        Files.writeString(file, "app\n");
        GitFolder.git(code, "init", "--quiet");
        GitFolder.git(code, "add", "--all");
        GitFolder.git(code, "commit", "--quiet", "--message", "first");
        Files.writeString(file, "app, not committed\n");

        var door = dir.resolve("door");
        var agents = Files.createDirectories(dir.resolve("agents"));
        var script = Files.writeString(agents.resolve("mine.sh"), SCRIPT);
        Files.writeString(agents.resolve("mine.yaml"), """
                about: a line of bash
                command: [bash, "%s"]
                stdin: "{prompt}"
                environment: { DOOR: "%s" }
                output: { format: jsonl, answer: /result, cost-usd: /total_cost_usd }
                """.formatted(script, door));
        try (var workspace = new Workspace(dir)
                .with("TASKWEAVER_EXECUTOR_AGENTS", agents.toString())
                .with("MODEL_API_KEY", "sk-very-secret")) {
            var document = workspace.document("REQUIREMENTS.md", """
                    # Tool
                    ## Requirements
                    - FR-1: The tool shall greet.
                    - FR-2: The tool shall part (depends on FR-1).
                    - FR-3: The tool shall count.
                    - FR-4: The tool shall open the door.
                    """);

            Files.writeString(
                    agents.resolve("useless.yaml"), "command: [bash, -c, 'cat >/dev/null; exit 1']\nstdin: x\n");

            var spent = run(workspace, document, "0.25");
            assertThat(spent.exitCode()).as(spent.output()).isEqualTo(5);
            assertThat(spent.output()).contains("The plan is paused. The budget of $0.25 is used up", "--budget");
            assertThat(dir.resolve("taskweaver-out/merged/done/FR-2.txt")).doesNotExist();

            var run = run(workspace, document, "5");
            assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
            assertThat(run.output()).contains("1 task failed: FR-4", "--retry-failed");

            var refused = workspace.taskweaver(
                    "run",
                    document.toString(),
                    "--code",
                    "code",
                    "--agent",
                    "mine",
                    "--verify",
                    "true",
                    "--retry-failed");
            assertThat(refused.exitCode()).as(refused.output()).isEqualTo(2);
            assertThat(refused.output()).contains("another --verify", "--again");

            Files.createFile(door);
            var again = run(workspace, document, "5", "--retry-failed", "--max-concurrent", "7");
            assertThat(again.exitCode()).as(again.output()).isZero();
            assertThat(again.output())
                    .contains("used $1.00 of $5.00", "The options of the plan are changed", "retry FR-4")
                    .contains("options: --max-concurrent 7");
            var merged = dir.resolve("taskweaver-out/merged");
            for (var name : List.of("FR-1", "FR-2", "FR-3", "FR-4"))
                assertThat(merged.resolve("done/" + name + ".txt")).hasContent(name);
            assertThat(merged.resolve("src/app.txt")).hasContent("app, not committed\nchanged by FR-3");
            assertThat(Files.readString(dir.resolve("taskweaver-out/report.md")))
                    .as("a failed attempt is tried again, and told without secrets")
                    .contains("could not: the key is ***")
                    .doesNotContain("sk-very-secret");
            assertThat(file).hasContent("app, not committed");
            assertThat(GitFolder.git(code, "status", "--porcelain")).isEqualTo("M src/app.txt");
            assertThat(GitFolder.git(code, "worktree", "list").lines()).hasSize(1);
            workspace.assertNowhere("sk-very-secret");
        }
    }
}
