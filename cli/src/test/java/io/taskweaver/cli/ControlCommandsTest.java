package io.taskweaver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.model.Limits;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.Usage;
import io.taskweaver.model.event.Command;
import io.taskweaver.model.event.Failure;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.Pause;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanSummary;
import io.taskweaver.scheduling.dispatch.PlanStage;
import io.taskweaver.scheduling.projection.PlanView;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which commands a plan and its tasks take, by their states. */
class ControlCommandsTest {
    private static final PlanId SHOP = new PlanId("shop");
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final CommandContext CONTEXT = new CommandContext(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(new ByteArrayOutputStream()),
            new PrintStream(new ByteArrayOutputStream()),
            false,
            false,
            Map.of(),
            InstantSource.fixed(START),
            Path.of("no-home"));

    private static Meta at(int second) {
        return new Meta("event-" + second, SHOP, START.plusSeconds(second), Optional.empty());
    }

    private static PlanView view(Command... given) {
        var tasks = List.of(task("T1"), task("T2"));
        var plan = new Plan(
                SHOP,
                "Shop",
                tasks,
                List.of(),
                List.of(tasks.stream().map(Task::id).toList()),
                List.of(),
                30,
                60,
                List.of(),
                List.of(),
                List.of(),
                PlanOptions.DEFAULT);
        var view = new PlanView(SHOP);
        view.on(new PlanEvent.PlanCreated(at(0), PlanSummary.of(plan)));
        for (int i = 0; i < tasks.size(); i++) view.on(new PlanEvent.TaskPlanned(at(0), tasks.get(i), Map.of(), i));
        int second = 1;
        for (var command : given) view.on(new PlanEvent.PlanCommand(at(second++), command));
        return view;
    }

    private static Task task(String id) {
        return Task.builder(new TaskId(id), Task.Kind.WORK, "Task " + id)
                .description("Do it.")
                .estimateMinutes(30)
                .phase(1)
                .build();
    }

    private static ControlCommands.ControlCommand typed(String... arguments) {
        var parsed = CommandLines.of(CONTEXT).parseArgs(arguments).subcommand();
        return (ControlCommands.ControlCommand) parsed.commandSpec().userObject();
    }

    @Test
    void pausing_a_paused_plan_changes_nothing() {
        var paused = view(new Command.PausePlan("lunch"));
        assertThat(typed("pause", "shop").withoutEffect(paused)).contains("Plan shop is already paused: lunch.");
        assertThat(typed("resume", "shop").withoutEffect(paused)).isEmpty();
        assertThat(typed("pause", "shop", "T1").withoutEffect(paused)).isEmpty();
    }

    @Test
    void resuming_an_active_plan_changes_nothing_but_its_limits() {
        assertThat(typed("resume", "shop").withoutEffect(view())).contains("Plan shop is already active.");
        assertThat(typed("resume", "shop", "--budget", "5").withoutEffect(view()))
                .isEmpty();
        assertThat(typed("pause", "shop").withoutEffect(view())).isEmpty();
    }

    @Test
    void a_plan_that_a_limit_paused_is_resumed_with_a_higher_one_only() {
        var view = view();
        view.on(new PlanEvent.TaskFailed(
                at(1),
                new TaskId("T1"),
                1,
                "executor",
                "agent",
                Optional.empty(),
                Failure.TASK_FAILED,
                "It broke.",
                Optional.empty(),
                Optional.empty(),
                false,
                new Usage(0, 0, 1_500_000),
                START,
                Duration.ofSeconds(1),
                Optional.empty(),
                List.of()));
        view.on(new PlanEvent.PlanStanding(
                at(2),
                Optional.of(new Pause(Pause.Cause.LIMIT, "The budget is used up")),
                Map.of(),
                new Usage(0, 0, 1_500_000),
                new Limits(Optional.empty(), Optional.of(Limits.Allowance.of(1_200_000)), Optional.empty()),
                Optional.empty()));

        for (var lower : List.of(List.of("resume", "shop"), List.of("resume", "shop", "--budget", "1.50")))
            assertThatThrownBy(() -> typed(lower.toArray(String[]::new)).withoutEffect(view))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("$1.50 was spent.");
        assertThat(typed("resume", "shop", "--budget", "2").withoutEffect(view)).isEmpty();
    }

    @Test
    void a_task_that_waits_for_approval_is_not_resumed() {
        var view = view();
        view.on(new PlanEvent.PlanStanding(
                at(1),
                Optional.empty(),
                Map.of(new TaskId("T1"), "May it start?"),
                Usage.NONE,
                Limits.NONE,
                Optional.empty()));

        assertThatThrownBy(() -> typed("resume", "shop", "T1").commands(view))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("The command has no effect on T1: it is needs-input.");
    }

    @Test
    void several_tasks_are_approved_at_once() {
        var paused = view(
                new Command.PauseTask(new TaskId("T1"), "look at it"),
                new Command.PauseTask(new TaskId("T2"), "look at it"));
        assertThat(typed("approve", "shop", "T1", "T2", "--answer", "yes").commands(paused))
                .containsExactly(
                        new Command.ApproveTask(new TaskId("T1"), Optional.of("yes")),
                        new Command.ApproveTask(new TaskId("T2"), Optional.of("yes")));
    }

    @Test
    void a_task_that_waits_for_no_person_cannot_be_approved() {
        assertThatThrownBy(() -> typed("approve", "shop", "T1").commands(view()))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("The command has no effect on T1: it is ready.");
    }

    @Test
    void only_retry_applies_to_a_failed_plan() {
        var retry = typed("retry", "shop");
        assertThat(retry.appliesTo(PlanStage.FAILED)).isTrue();
        for (var stage : List.of(PlanStage.COMPLETED, PlanStage.CANCELLED, PlanStage.REJECTED)) {
            assertThat(retry.appliesTo(stage)).isFalse();
            assertThat(typed("pause", "shop").appliesTo(stage)).isFalse();
        }
        assertThat(typed("pause", "shop").appliesTo(PlanStage.FAILED)).isFalse();
        assertThat(typed("pause", "shop").appliesTo(PlanStage.PLANNING)).isTrue();
    }

    @Test
    void a_command_to_several_tasks_is_sent_to_all_or_none_and_says_so() {
        var view = view(new Command.PauseTask(new TaskId("T1"), "lunch"));
        assertThat(typed("approve", "shop", "T1").commands(view)).hasSize(1);
        for (var tasks : List.of(List.of("T1", "T2"), List.of("T2", "T1")))
            assertThatThrownBy(() -> typed("approve", "shop", tasks.getFirst(), tasks.getLast())
                            .commands(view))
                    .isInstanceOfSatisfying(
                            CommandFailure.class,
                            failure -> assertThat(failure.hint()).endsWith("leave out T2."))
                    .hasMessageStartingWith("The command has no effect on T2: it is ")
                    .hasMessageEndingWith(". Nothing was sent.");
        assertThatThrownBy(() -> typed("cancel", "shop", "T1", "T9").commands(view))
                .hasMessageContaining("has no task T9. Nothing was sent.");
        assertThatThrownBy(() -> typed("approve", "shop", "T2").commands(view))
                .hasMessageNotContaining("Nothing was sent");
        assertThatThrownBy(() ->
                        typed("resume", "shop", "T1", "T2", "--budget", "5").commands(view))
                .hasMessage("Limits apply to the whole plan.");
    }
}
