package io.taskweaver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskweaver.client.replan.EarlierPlan;
import io.taskweaver.code.Git;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot work is refused before anything starts, with what is wrong and what to do. */
class BadInputTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by JUnit.
    Path folder;

    private String document(String text) throws IOException {
        return Files.writeString(folder.resolve("REQUIREMENTS.md"), text).toString();
    }

    private String good() throws IOException {
        return document("# Shop\n\n- Users shall be able to order books\n- Users shall be able to cancel orders\n");
    }

    private String out() {
        return folder.resolve("out").toString();
    }

    private Typed run(String... more) {
        var arguments = new String[more.length + 5];
        arguments[0] = "run";
        arguments[1] = "--out";
        arguments[2] = out();
        arguments[3] = "--data-dir";
        arguments[4] = folder.resolve("data").toString();
        System.arraycopy(more, 0, arguments, 5, more.length);
        return Typed.command(arguments);
    }

    private void refused(Typed typed, String... words) {
        assertThat(typed.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(typed.err()).startsWith("error: ").contains(words);
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void nothing_is_written_where_a_name_is_empty_or_a_link_leads_nowhere() throws IOException {
        var link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("none"))
                .toString();
        var good = good();
        for (var command : List.of(
                List.of("run", good, "--out"),
                List.of("patch", "shop", "--out"),
                List.of("archive", "shop", "--to"),
                List.of("export", good, "--output-file"),
                List.of("simulate", good, "--gantt"),
                List.of("generate-queries", good, "--output-dir"),
                List.of("generate-queries", "--print-templates"),
                List.of("execute-tasks", good, "--output-file"))) {
            var isEmpty = new ArrayList<>(command);
            isEmpty.add("");
            var typed = Typed.command(isEmpty.toArray(String[]::new));
            assertThat(typed.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(typed.err()).startsWith("error: ").contains("the name is empty");
            var leadsNowhere = new ArrayList<>(command);
            leadsNowhere.add(link);
            var other = Typed.command(leadsNowhere.toArray(String[]::new));
            assertThat(other.exitCode()).as(leadsNowhere.toString()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(other.err()).startsWith("error: " + link + " is a link that leads nowhere, to ");
        }
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void an_archive_does_not_take_the_place_of_a_device() {
        assumeTrue(Files.exists(Path.of("/dev/null")) && !Files.isRegularFile(Path.of("/dev/null")));
        refused(
                Typed.command("archive", "shop", "--to", "/dev/null"),
                "/dev/null is no regular file.",
                "Name a file with --to.");
    }

    @Test
    void devices_are_written_to_and_not_replaced() throws IOException {
        assumeTrue(Files.isWritable(Path.of("/dev/null")) && !Files.isRegularFile(Path.of("/dev/null")));
        assertThat(Typed.command("export", good(), "--output-file", "/dev/null").exitCode())
                .isEqualTo(ExitCode.DONE);
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }

    @Test
    void a_folder_that_git_cannot_be_told_of_is_refused_with_what_to_do() throws IOException {
        var odd = Files.createDirectories(folder.resolve("line\nbreak"));
        var link = Files.createSymbolicLink(folder.resolve("link"), odd);
        var words = new String[] {"'line\\nbreak'", "line break in its name", "\nRename the folder 'line\\nbreak'"};
        refused(run(good(), "--code", odd.toString()), words);
        refused(run(good(), "--code", link.toString()), words);
        for (var at : List.of(odd, odd.resolve("data"), link.resolve("data"))) {
            refused(Typed.command("run", good(), "--data-dir", at.toString()), words);
            refused(Typed.command("patch", "--data-dir", at.toString()), words);
            refused(Typed.command("up", "--data-dir", at.toString()), words);
        }
        refused(
                Typed.command(
                        "apply",
                        "--code",
                        odd.toString(),
                        "--data-dir",
                        folder.resolve("data").toString()),
                words);
        refused(Typed.command("analyze", good(), "--code", odd.toString()), words);
        assertThat(odd).isEmptyDirectory();
        assertThat(Typed.command("apply", "--help", "--data-dir", odd.toString())
                        .exitCode())
                .isZero();
    }

    @Test
    void documents_that_can_not_be_read_are_all_named_at_once() throws IOException {
        var binary = Files.write(folder.resolve("logo.png"), new byte[] {0, 1, 2});
        refused(
                run("missing.md", folder.toString(), binary.toString()),
                "no file missing.md",
                "is a directory",
                "is a binary file");
    }

    @Test
    void an_empty_document_is_refused() throws IOException {
        refused(run(document("")), "cannot be planned");
    }

    @Test
    void six_megabytes_are_refused_with_the_limit_named() throws IOException {
        refused(run(document("- It runs\n".repeat(650_000))), "may have 5 MiB");
    }

    @Test
    void documents_that_are_too_large_together_are_refused() throws IOException {
        var one = Files.writeString(folder.resolve("a.md"), "- It runs\n".repeat(300_000))
                .toString();
        var two = Files.writeString(folder.resolve("b.md"), "- It runs\n".repeat(300_000))
                .toString();
        refused(run(one, two), "the limit is 5.0 MB");
    }

    @Test
    void a_line_that_nobody_reads_is_refused_with_the_limit_and_its_place() throws IOException {
        var file = document("- It runs\n- " + "word ".repeat(3_000));

        refused(run(file), "the limit 'line' is 10,000", "REQUIREMENTS.md:2");
        for (var command : List.of("plan", "graph", "parse-requirements"))
            refused(Typed.command(command, file), "the limit 'line' is 10,000", "REQUIREMENTS.md:2");
    }

    @Test
    void a_cycle_is_refused_with_its_path() throws IOException {
        refused(
                run(document(
                        "# Shop\n\n- FR-001: Order books (depends on FR-002)\n- FR-002: Pay (depends on FR-001)\n")),
                "REQUIREMENTS.md:",
                "FR-001",
                "FR-002");
    }

    @Test
    void an_output_folder_that_can_not_be_used_is_refused() throws IOException {
        Files.writeString(folder.resolve("out"), "a file");
        refused(run(good()), "is a file");
    }

    @Test
    void numbers_out_of_range_are_refused() throws IOException {
        refused(run(good(), "--max-concurrent", "-1"), "--max-concurrent");
        refused(run(good(), "--max-attempts", "0"), "--max-attempts");
        refused(run(good(), "--drain-timeout", "-1"), "--drain-timeout");
        refused(run(good(), "--max-concurrent", "many"), "--max-concurrent");
        refused(run(good(), "--base-package", "com.Éx!"), "Java package");
    }

    @Test
    void limits_that_make_no_sense_are_refused() throws IOException {
        refused(run(good(), "--budget", "0"), "--budget must be greater than 0");
        refused(run(good(), "--budget", "1e30"), "out of range");
        refused(run(good(), "--soft-budget", "1"), "--soft-budget needs --budget");
        refused(run(good(), "--budget", "1", "--soft-budget", "2"), "--soft-budget is higher than --budget");
        refused(run(good(), "--token-budget", "-1"), "--token-budget must be greater than 0");
        for (var time : List.of("soon", "0h", "-1h", "8", ""))
            refused(run(good(), "--deadline", time), "--deadline '" + time + "' is not a duration", "8h");
    }

    @Test
    void a_kind_that_no_task_is_of_is_said() throws IOException {
        var typed =
                run(good(), "--plan-only", "--approve-before", "Deploy,work", "--budget", "0.5", "--deadline", "1h30m");
        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.DONE);
        assertThat(Path.of(out(), "plan.md"))
                .content()
                .containsOnlyOnce("No task is of the kind 'deploy'; there are shop, work.");
    }

    @Test
    void a_code_base_that_is_none_is_refused() throws IOException {
        refused(run(good(), "--code", folder.resolve("none").toString()), "does not exist");
        refused(run(good(), "--code", good()), "is a file");
    }

    @Test
    void a_code_base_that_no_plan_can_start_from_is_refused_with_a_way_out() throws Exception {
        var code = Files.createDirectories(folder.resolve("code"));
        var git = Git.in(code);
        git.text("init", "--quiet");
        Files.writeString(code.resolve("a.txt"), "a\n");
        git.text("add", ".");
        git.text("commit", "--quiet", "--message", "first");
        Files.writeString(code.resolve(".git/MERGE_HEAD"), git.text("rev-parse", "HEAD") + "\n");
        refused(run(good(), "--code", code.toString()), "A merge is under way", "git status says how");
        Files.delete(code.resolve(".git/MERGE_HEAD"));
        git.text("bisect", "start");
        refused(run(good(), "--code", code.toString()), "A bisection is under way", "git bisect reset");
        git.text("bisect", "reset");
        git.text("config", "core.bare", "true");
        refused(run(good(), "--code", code.toString()), "without a working tree", "git worktree add DIR");
        Files.move(code.resolve(".git"), folder.resolve("away"));
        Files.writeString(code.resolve(".git"), "gitdir: /nowhere\n");
        refused(run(good(), "--code", code.toString()), "/nowhere", "git worktree repair");
    }

    @Test
    void a_plan_id_has_a_form() throws IOException {
        refused(run(good(), "--plan", "../x"), "not a plan id");
        refused(Typed.command("watch", "NOT AN ID"), "not a plan id");
    }

    @Test
    void cluster_options_without_a_cluster_are_refused() throws IOException {
        refused(run(good(), "--registry", "http://localhost:1"), "--bootstrap");
    }

    @Test
    void the_codegen_agent_without_credentials_says_what_to_set() throws IOException {
        var typed = run(good(), "--agent", "codegen");
        assertThat(typed.exitCode()).isEqualTo(ExitCode.CREDENTIALS);
        assertThat(typed.err()).contains("CODEGEN_API_TOKEN").contains("CODEGEN_ORG_ID");
    }

    @Test
    void half_of_the_credentials_names_the_other_half() throws IOException {
        var typed = Typed.command(
                Map.of("CODEGEN_API_TOKEN", "secret"), "run", good(), "--agent", "codegen", "--out", out());
        assertThat(typed.exitCode()).isEqualTo(ExitCode.CREDENTIALS);
        assertThat(typed.err()).contains("CODEGEN_ORG_ID is not set").doesNotContain("secret");
    }

    @Test
    void a_runtime_that_is_not_built_is_said_after_the_plan_is_shown() throws IOException {
        var typed = run(good());
        assertThat(typed.exitCode()).isEqualTo(ExitCode.NO_RUNTIME);
        assertThat(typed.out()).contains("Shop");
        assertThat(typed.err()).contains("is not built");
    }

    @Test
    void a_mistyped_command_gets_the_way_to_help() {
        refused(Typed.command("rnu"), "Unknown command: 'rnu'", "Did you mean run?", "--help");
        assertThat(Typed.command("uninstall").err()).contains("Unknown command").doesNotContain("Did you mean");
        refused(Typed.command(), "Missing required subcommand");
        refused(Typed.command("run"), "DOCUMENT");
    }

    @Test
    void help_for_what_there_is_not_is_an_error() {
        refused(Typed.command("rnu", "--help"), "Unknown command: 'rnu'", "Did you mean run?");
        refused(Typed.command("--help", "rnu"), "Unknown command: 'rnu'");
        refused(Typed.command("token", "shw", "--help"), "Unknown command: 'shw'", "Did you mean show?");
        refused(Typed.command("run", "--budgte", "--help"), "Unknown option: '--budgte'", "Did you mean --budget?");
        refused(Typed.command("status", "one", "two", "-h"), "Unexpected argument: 'two'");
        assertThat(Typed.command("run", "--help").exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void the_local_runtime_is_not_offered_a_cluster() {
        for (var command : List.of("up", "down")) {
            refused(Typed.command(command, "--bootstrap", "localhost:9092"), "Unknown option");
            assertThat(Typed.command(command, "--help").out()).doesNotContain("--bootstrap", "--config", "--cluster");
        }
    }

    @Test
    void an_unknown_topic_gets_the_list_of_topics() {
        refused(Typed.command("events", "task-compelted"), "task-completed");
    }

    @Test
    void commands_that_need_a_running_system_say_how_to_start_one() {
        for (var command : new String[][] {{"status"}, {"watch", "shop"}, {"cancel", "shop"}, {"events"}}) {
            var arguments = new ArrayList<>(List.of(command));
            arguments.addAll(List.of("--data-dir", folder.resolve("data").toString()));
            var typed = Typed.command(arguments.toArray(String[]::new));
            assertThat(typed.exitCode()).as(command[0]).isEqualTo(ExitCode.NO_RUNTIME);
            assertThat(typed.err()).contains("taskweaver up").contains("--bootstrap");
        }
    }

    @Test
    void what_is_typed_while_a_runtime_starts_is_told_to_wait() throws IOException {
        var data = Files.createDirectory(
                folder.resolve("data"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (var channel = FileChannel.open(
                        data.resolve("start.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            var typed = Typed.command("status", "--data-dir", data.toString());
            assertThat(typed.exitCode()).isEqualTo(ExitCode.NO_RUNTIME);
            assertThat(typed.err()).contains("is still starting").doesNotContain("taskweaver up");
        }
    }

    @Test
    void stopping_what_is_not_up_is_no_error() {
        var typed = Typed.command("down", "--data-dir", folder.resolve("data").toString());
        assertThat(typed.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(typed.out()).contains("No runtime is running");
    }

    @Test
    void only_planning_writes_the_plan_and_starts_nothing() throws IOException {
        var typed = run(good(), "--plan-only", "--json");
        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.DONE);
        assertThat(typed.out().lines()).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        assertThat(folder.resolve("out/plan.json")).content().contains("\"status\" : \"planned\"");
        assertThat(folder.resolve("out/plan.md")).exists();
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void results_of_another_plan_are_replaced_with_a_word() throws IOException {
        assertThat(run(good(), "--plan-only").out()).doesNotContain("had the results");
        var first = EarlierPlan.idIn(folder.resolve("out/plan.json")).orElseThrow();
        assertThat(run(good(), "--plan-only").out()).doesNotContain("had the results");

        var other = run(document("# Library\n\n- Readers shall be able to borrow books\n"), "--plan-only");

        assertThat(other.exitCode()).as(other.err()).isEqualTo(ExitCode.DONE);
        assertThat(other.out() + other.err()).contains("had the results of plan " + first, "--out keeps both");
        assertThat(EarlierPlan.idIn(folder.resolve("out/plan.json")))
                .isPresent()
                .isNotEqualTo(Optional.of(first));
    }

    @Test
    void an_agent_that_nobody_knows_is_refused_with_those_that_are_known() throws IOException {
        refused(run(good(), "--agent", "cladue"), "There is no agent 'cladue'", "codegen, simulated", "claude");
    }

    @Test
    void an_agent_whose_program_is_not_installed_is_refused() throws IOException {
        var typed = Typed.command(
                Map.of("PATH", "/nowhere"),
                "run",
                "--out",
                out(),
                "--data-dir",
                folder.resolve("data").toString(),
                good(),
                "--agent",
                "claude");
        refused(typed, "'claude'", "not on the PATH", "taskweaver agents");
    }

    @Test
    void a_file_that_describes_an_agent_badly_is_refused_with_its_line() throws IOException {
        var agents = Files.createDirectories(folder.resolve("agents"));
        Files.writeString(agents.resolve("mine.yaml"), "command: [x]\nstdinn: y\n");
        var typed = Typed.command(
                Map.of("TASKWEAVER_EXECUTOR_AGENTS", agents.toString()),
                "run",
                "--out",
                out(),
                "--data-dir",
                folder.resolve("data").toString(),
                good(),
                "--agent",
                "mine");
        refused(typed, "mine.yaml", "line 2", "stdinn");
    }
}
