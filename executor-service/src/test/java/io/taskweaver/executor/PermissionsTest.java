package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.IdleAgent;
import io.taskweaver.agents.command.Sandbox;
import io.taskweaver.model.CodeRemote;
import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.Preparation;
import io.taskweaver.model.event.Failure;
import io.taskweaver.model.event.PlanEvent.TaskFailed;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PermissionsTest {
    private static final Sandbox NO_SANDBOX = Sandbox.none("bubblewrap is not installed");
    private static final Permissions NONE = new Permissions(false, false, false, NO_SANDBOX, List.of());
    private static final Permissions COMMANDS = new Permissions(true, false, false, NO_SANDBOX, List.of());
    /** One that answers with text. */
    private static final CodingAgent AGENT = new IdleAgent();

    private static IsolatedContext context(Optional<String> command) {
        return Some.context("FR-001", 1).checkedBy(command);
    }

    private static IssuedAttempt verifiedBy(String command) {
        return Some.ready(Some.attempt(1), false, Optional.of(command), Optional.of("ticket"));
    }

    @Test
    void an_order_without_a_command_is_carried_out() {
        assertThat(NONE.refusal(AGENT, context(Optional.empty()), Preparation.NONE, false))
                .isEmpty();
    }

    @Test
    void a_command_is_run_only_where_the_owner_allows_it() {
        assertThat(NONE.refusal(AGENT, context(Optional.of("make")), Preparation.NONE, false))
                .hasValueSatisfying(refused -> {
                    assertThat(refused.reason()).contains("'make'");
                    assertThat(refused.hint()).contains("taskweaver.executor.allow-commands=true", "resume");
                });
        assertThat(COMMANDS.refusal(AGENT, context(Optional.of("make")), Preparation.NONE, false))
                .isEmpty();
    }

    @Test
    void neither_is_a_command_that_sets_work_trees_up() {
        var preparation = Preparation.by(Optional.of("npm ci"));
        assertThat(NONE.refusal(AGENT, context(Optional.empty()), preparation, false))
                .hasValueSatisfying(refused -> assertThat(refused.reason()).contains("'npm ci'"));
        assertThat(COMMANDS.refusal(AGENT, context(Optional.empty()), preparation, false))
                .isEmpty();
    }

    @Test
    void a_plan_that_asks_for_a_sandbox_runs_no_command_without_one() {
        assertThat(COMMANDS.refusal(AGENT, context(Optional.of("make")), Preparation.NONE, true))
                .hasValueSatisfying(refused -> {
                    assertThat(refused.reason()).contains("--sandbox on", "bubblewrap is not installed");
                    assertThat(refused.hint()).contains("apt-get install bubblewrap");
                });
        assertThat(COMMANDS.refusal(AGENT, context(Optional.empty()), Preparation.NONE, true))
                .isEmpty();
    }

    @Test
    void an_executor_that_asks_for_a_sandbox_runs_no_code_of_results_without_one() {
        var strict = new Permissions(true, true, true, NO_SANDBOX, List.of());
        assertThat(strict.refusal(AGENT, context(Optional.empty()), Preparation.NONE, false))
                .hasValueSatisfying(refused -> assertThat(refused.reason()).contains("taskweaver.executor.sandbox=on"));
    }

    @Test
    void what_commands_run_in_is_said_of_attempts_that_have_some() {
        assertThat(COMMANDS.sandboxOf(AGENT, context(Optional.of("make")), Preparation.NONE))
                .hasValue("none: bubblewrap is not installed");
        assertThat(COMMANDS.sandboxOf(AGENT, context(Optional.empty()), Preparation.NONE))
                .isEmpty();
    }

    @Test
    void a_repository_is_pushed_to_only_where_the_owner_names_it() {
        var acme = new Permissions(
                false, false, false, NO_SANDBOX, List.of("https://github.com/acme/", "git@host:shop.git"));
        for (var permitted : List.of("https://github.com/acme/shop.git", "git@host:shop.git"))
            assertThat(acme.refusal(new CodeRemote("origin", permitted))).isEmpty();
        for (var other : List.of(
                "https://github.com/acme-evil/shop.git",
                "https://github.com/acme/../evil/shop.git",
                "git@host:shop.git2",
                "/srv/git/shop.git"))
            assertThat(acme.refusal(new CodeRemote("origin", other)))
                    .hasValueSatisfying(refused -> assertThat(refused.hint()).contains("taskweaver.executor.remotes"));
        assertThat(NONE.refusal(new CodeRemote("origin", "https://github.com/acme/shop.git")))
                .isPresent();
        assertThat(new Permissions(false, false, false, NO_SANDBOX, List.of("*"))
                        .refusal(new CodeRemote("origin", "/srv/git/shop.git")))
                .as("its hooks would run here")
                .isPresent();
        assertThat(new Permissions(true, false, false, NO_SANDBOX, List.of("*"))
                        .refusal(new CodeRemote("origin", "/srv/git/shop.git")))
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
                .isInstanceOfSatisfying(
                        TaskFailed.class, failed -> assertThat(failed.failure()).isEqualTo(Failure.NOT_ALLOWED));
    }
}
