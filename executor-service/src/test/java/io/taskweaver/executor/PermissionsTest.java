package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.Outcome;
import io.taskweaver.executor.Permissions.Judgement;
import io.taskweaver.model.BaseCommit;
import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.event.Failure;
import io.taskweaver.model.event.PlanEvent.TaskFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PermissionsTest {
    private static final Permissions NONE = new Permissions(false, List.of());
    private static final Optional<BaseCommit> NO_CODE = Optional.empty();

    @TempDir
    Path machine;

    private static IsolatedContext context(Optional<String> command) {
        return Some.context("FR-001", 1).checkedBy(command);
    }

    private static Optional<BaseCommit> code(Path folder) {
        return Optional.of(new BaseCommit(folder.toString(), "0".repeat(40)));
    }

    private static IssuedAttempt verifiedBy(String command) {
        return Some.ready(Some.attempt(1), false, Optional.of(command), Optional.of("ticket"));
    }

    private static Outcome.NotAllowed refused(
            Permissions permissions, Optional<String> command, Optional<BaseCommit> code) throws InterruptedException {
        return ((Judgement.Refused) permissions.judge(context(command), code)).outcome();
    }

    private static Optional<BaseCommit> allowed(Permissions permissions, Optional<BaseCommit> code)
            throws InterruptedException {
        return ((Judgement.Allowed) permissions.judge(context(Optional.empty()), code)).base();
    }

    private static Permissions below(Path... folders) {
        return new Permissions(false, Stream.of(folders).map(Path::toString).toList());
    }

    private static void git(Path folder, String... arguments) throws IOException, InterruptedException {
        var command = Stream.concat(
                        Stream.of("git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgSign=false"),
                        Stream.of(arguments))
                .toList();
        assertThat(new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void an_order_without_command_and_code_is_carried_out() throws InterruptedException {
        assertThat(allowed(NONE, NO_CODE)).isEmpty();
    }

    @Test
    void a_command_is_run_only_where_the_owner_allows_it() throws InterruptedException {
        assertThat(refused(NONE, Optional.of("make"), NO_CODE)).satisfies(refused -> {
            assertThat(refused.reason()).contains("'make'");
            assertThat(refused.hint()).contains("taskweaver.executor.allow-commands=true", "resume");
        });
        assertThat(new Permissions(true, List.of()).judge(context(Optional.of("make")), NO_CODE))
                .isInstanceOf(Judgement.Allowed.class);
    }

    @Test
    void code_is_taken_only_from_below_the_folders_that_the_owner_names() throws Exception {
        var shop = Files.createDirectories(machine.resolve("code/shop"));
        var other = Files.createDirectories(machine.resolve("code-of-others"));
        var link = Files.createSymbolicLink(machine.resolve("code/link"), other);
        var permissions = below(machine.resolve("code"));

        assertThat(allowed(permissions, code(shop))).isEqualTo(code(shop.toRealPath()));
        for (var folder : List.of(other, link, shop.resolve("../../code-of-others")))
            assertThat(refused(permissions, Optional.empty(), code(folder)).hint())
                    .contains("taskweaver.executor.repositories");
        assertThat(refused(NONE, Optional.empty(), code(shop)).hint()).contains("taskweaver.executor.repositories");
        assertThat(allowed(new Permissions(false, List.of("*")), code(other))).isEqualTo(code(other));
    }

    @Test
    void what_was_judged_is_what_is_read_wherever_a_link_leads_later() throws Exception {
        var shop = Files.createDirectories(machine.resolve("code/shop"));
        var link = Files.createSymbolicLink(machine.resolve("current"), shop);
        assertThat(allowed(below(machine.resolve("code")), code(link))).isEqualTo(code(shop.toRealPath()));
    }

    @Test
    void a_part_of_a_repository_is_not_taken_where_the_owner_does_not_name_the_whole() throws Exception {
        var mono = Files.createDirectories(machine.resolve("mono"));
        var part = Files.createDirectories(mono.resolve("public"));
        git(mono, "init", "--quiet");

        var refused = refused(below(part), Optional.empty(), code(part));
        assertThat(refused.reason())
                .contains(mono.toRealPath().toString(), "the repository that the folder belongs to");
        assertThat(refused.hint()).contains("Name " + mono.toRealPath());
        assertThat(allowed(below(mono), code(part))).isEqualTo(code(part.toRealPath()));
    }

    @Test
    void a_linked_work_tree_needs_the_repository_that_holds_its_history() throws Exception {
        var secret = Files.createDirectories(machine.resolve("secret"));
        git(secret, "init", "--quiet");
        git(secret, "commit", "--quiet", "--allow-empty", "--message", "first");
        var linked = machine.resolve("code/linked");
        git(secret, "worktree", "add", "--quiet", linked.toString());

        assertThat(refused(below(machine.resolve("code")), Optional.empty(), code(linked))
                        .hint())
                .contains("Name " + secret.toRealPath().resolve(".git"));
        assertThat(allowed(below(machine.resolve("code"), secret), code(linked)))
                .isEqualTo(code(linked.toRealPath()));
    }

    @Test
    void code_that_is_on_another_machine_is_not_read_here() throws InterruptedException {
        var elsewhere = code(machine.resolve("absent"));
        assertThat(allowed(NONE, elsewhere)).isEqualTo(elsewhere);
    }

    @Test
    void an_attempt_that_is_not_allowed_ends_before_the_agent_is_paid() throws InterruptedException {
        var world = new World();
        var executor = world.executor("e1", -1);
        executor.permissions = NONE;

        executor.run(verifiedBy("rm -rf ~"));

        assertThat(world.runsOf(Some.attempt(1))).isZero();
        assertThat(world.published)
                .singleElement()
                .isInstanceOfSatisfying(
                        TaskFailed.class, failed -> assertThat(failed.failure()).isEqualTo(Failure.NOT_ALLOWED));
    }
}
