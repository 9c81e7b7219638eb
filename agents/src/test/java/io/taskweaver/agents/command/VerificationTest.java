package io.taskweaver.agents.command;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.model.CodeResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private CheckedCode result;

    @BeforeEach
    void makeResult() throws Exception {
        result = Results.of(
                CodeRepository.open(folder.resolve("line")),
                "",
                Map.of("kept.txt", "kept", "gone.txt", "gone"),
                Results.made("new/made.txt", "made"),
                Results.deleted("gone.txt"));
    }

    private CheckResult verify(String command, Duration limit) throws InterruptedException {
        var environment = new HashMap<>(System.getenv());
        environment.put("SOME_TOKEN", "tok-123456");
        var preparation = new TreePreparation(
                folder.resolve("setups"), TreePreparation.MOST, ScriptedAgents.NO_SANDBOX, environment);
        return new Verification(folder, false, new Environment(environment), preparation, ScriptedAgents.NO_SANDBOX)
                .run("plan/FR-1/1", command, result.forWorkTree(), limit, message -> {});
    }

    @Test
    void the_command_sees_the_files_at_hand_with_the_changes() throws Exception {
        assertThat(verify("[ -e kept.txt ] && [ ! -e gone.txt ] && grep -q made new/made.txt", LONG))
                .isEqualTo(new CheckResult.Passed());
        assertThat(folder.resolve("verify")).isEmptyDirectory();
    }

    @Test
    void two_executors_of_one_machine_check_one_attempt_without_harm_to_each_other() throws Exception {
        var begun = folder.resolve("begun");
        var go = folder.resolve("go");
        var first = CompletableFuture.supplyAsync(() -> {
            try {
                return verify(
                        "touch " + begun + "; until [ -e " + go + " ]; do sleep 0.05; done; [ -e kept.txt ]", LONG);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        await().atMost(20, SECONDS).until(() -> Files.exists(begun));
        assertThat(verify("[ -e kept.txt ]", LONG)).isEqualTo(new CheckResult.Passed());
        Files.createFile(go);

        assertThat(first.get(20, SECONDS)).isEqualTo(new CheckResult.Passed());
        assertThat(folder.resolve("verify")).isEmptyDirectory();
    }

    @Test
    void what_a_killed_executor_left_is_removed_at_the_next_check_of_the_attempt() throws Exception {
        var left = Files.createDirectories(folder.resolve("verify/plan.FR-1.1." + UUID.randomUUID()));
        Files.createFile(left.resolve("lock"));
        Files.writeString(Files.createDirectories(left.resolve("work")).resolve("kept.txt"), "kept");

        verify("true", LONG);

        assertThat(folder.resolve("verify")).isEmptyDirectory();
    }

    @Test
    void what_it_prints_is_the_reason_without_secrets() throws Exception {
        assertThat(verify("echo 1 test failed; echo at line 7, $SOME_TOKEN >&2; exit 2", LONG))
                .isEqualTo(new CheckResult.Failed(
                        "'echo 1 test failed; echo at line 7, $SOME_TOKEN >&2; exit 2' failed with exit"
                                + " code 2:\n1 test failed\nat line 7, ***",
                        List.of("# test failed")));
    }

    @Test
    void one_that_kills_its_parent_is_said_to_be_killed() throws Exception {
        assertThat(verify("until [ -s $TASKWEAVER_RUN/pid ]; do sleep 0.05; done; kill -9 $PPID", LONG))
                .isInstanceOfSatisfying(
                        CheckResult.Failed.class,
                        failed -> assertThat(failed.reason()).contains("was killed"));
    }

    @Test
    void what_it_leaves_running_in_a_session_of_its_own_ends_with_it() throws Exception {
        var pid = folder.resolve("pid");
        assertThat(verify(
                        "setsid bash -c 'echo $$ >" + pid + "; exec sleep 604' & until [ -s " + pid
                                + " ]; do sleep 0.05; done",
                        LONG))
                .isEqualTo(new CheckResult.Passed());
        await().atMost(5, SECONDS)
                .until(() -> ProcessHandle.of(
                                Long.parseLong(Files.readString(pid).strip()))
                        .filter(ProcessHandle::isAlive)
                        .isEmpty());
    }

    @Test
    void one_that_does_not_end_is_stopped_with_all_that_it_started() throws Exception {
        var pid = folder.resolve("pid");
        assertThat(verify("sleep 604 & echo $! >" + pid + "; wait", Duration.ofMillis(500)))
                .isInstanceOfSatisfying(
                        CheckResult.Failed.class,
                        failed -> assertThat(failed.reason()).contains("did not end within"));
        await().atMost(5, SECONDS)
                .until(() -> ProcessHandle.of(
                                Long.parseLong(Files.readString(pid).strip()))
                        .filter(ProcessHandle::isAlive)
                        .isEmpty());
    }

    @Test
    void the_command_sees_all_of_the_code_as_a_clean_checkout_and_changes_nothing_of_it() throws Exception {
        assertThat(verify("[ -z \"$(git status --porcelain)\" ] && echo x >kept.txt && git commit -qam x", LONG))
                .isEqualTo(new CheckResult.Passed());
        assertThat(verify("grep -q kept kept.txt", LONG)).isEqualTo(new CheckResult.Passed());
    }

    @Test
    void it_is_run_in_the_folder_that_the_plan_is_about() throws Exception {
        result = Results.of(result.repository(), "app", Map.of("top.txt", "top"), Results.made("app/made.txt", "made"));
        assertThat(verify("[ -e made.txt ] && [ -e ../top.txt ]", LONG)).isEqualTo(new CheckResult.Passed());
    }

    @Test
    void where_no_work_tree_can_be_made_nothing_is_said_about_the_result() throws Exception {
        var missing = "0123456789".repeat(4);
        result = new CheckedCode(
                result.repository(), result.at(), new CodeResult(missing, missing, missing, List.of(), List.of()));
        assertThat(verify("true", LONG))
                .isInstanceOfSatisfying(
                        CheckResult.Impossible.class,
                        impossible -> assertThat(impossible.reason()).contains("could not be verified", missing));
    }
}
