package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.Outcome;
import io.taskweaver.domain.context.IsolatedContext;
import io.taskweaver.domain.plan.BaseCommit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

    private static Ready verifiedBy(String command) {
        var order = Some.ready(Some.attempt(1), false);
        return new Ready(
                order.attempt(),
                order.agent(),
                order.timeout(),
                order.feedback(),
                order.base(),
                Optional.of(command),
                order.ticket(),
                false,
                order.eventId(),
                order.trace());
    }

    @Test
    void an_order_without_command_and_code_is_carried_out() {
        assertThat(NONE.refusal(context(Optional.empty()), NO_CODE)).isEmpty();
    }

    @Test
    void a_command_is_run_only_where_the_owner_allows_it() {
        assertThat(NONE.refusal(context(Optional.of("make")), NO_CODE).orElseThrow())
                .satisfies(refused -> {
                    assertThat(refused.reason()).contains("'make'");
                    assertThat(refused.hint()).contains("taskweaver.executor.allow-commands=true", "resume");
                });
        assertThat(new Permissions(true, List.of()).refusal(context(Optional.of("make")), NO_CODE))
                .isEmpty();
    }

    @Test
    void code_is_taken_only_from_below_the_folders_that_the_owner_names() throws IOException {
        var allowed = Files.createDirectories(machine.resolve("code/shop"));
        var other = Files.createDirectories(machine.resolve("code-of-others"));
        var link = Files.createSymbolicLink(machine.resolve("code/link"), other);
        var permissions = new Permissions(false, List.of(machine.resolve("code").toString()));

        assertThat(permissions.refusal(context(Optional.empty()), code(allowed)))
                .isEmpty();
        for (var folder : List.of(other, link, allowed.resolve("../../code-of-others")))
            assertThat(permissions
                            .refusal(context(Optional.empty()), code(folder))
                            .orElseThrow()
                            .hint())
                    .contains("taskweaver.executor.repositories");
        assertThat(NONE.refusal(context(Optional.empty()), code(allowed))).isPresent();
        assertThat(new Permissions(false, List.of("*")).refusal(context(Optional.empty()), code(other)))
                .isEmpty();
    }

    @Test
    void code_that_is_on_another_machine_is_not_read_here() {
        assertThat(NONE.refusal(context(Optional.empty()), code(machine.resolve("absent"))))
                .isEmpty();
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
                .satisfies(outcome -> assertThat(outcome.ending())
                        .isInstanceOfSatisfying(
                                Ending.Failed.class,
                                failed -> assertThat(failed.outcome()).isInstanceOf(Outcome.NotAllowed.class)));
    }
}
