package io.taskweaver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.cli.Decisions.Outcome;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.Resolution;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.Command;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.scheduling.projection.PlanView;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Of two decisions about the same result the first counts, and who made the other one learns that. */
class DecisionsTest {
    private static final PlanId SHOP = new PlanId("shop");
    private static final TaskId TASK = new TaskId("T1");
    private static final Command APPROVE = new Command.ApproveTask(TASK, Optional.empty(), 2);
    private static final Command REJECT = new Command.RejectTask(TASK, "too long", 2);
    private static final Command OURS =
            new Command.ResolveTask(TASK, 1, new Resolution(Resolution.Side.OURS, Optional.empty(), "Ann"));

    private int second;

    private Meta meta() {
        return new Meta(
                "event-" + second, SHOP, Instant.parse("2026-03-01T10:00:00Z").plusSeconds(second++), Optional.empty());
    }

    private PlanEvent approved(int attempt) {
        return new PlanEvent.ResultApproved(meta(), TASK, attempt);
    }

    private PlanEvent withdrawn(int attempt, Optional<String> rejection) {
        return new PlanEvent.ResultWithdrawn(meta(), TASK, attempt, rejection);
    }

    private PlanEvent resolved(Resolution.Side side) {
        return new PlanEvent.TaskResolved(meta(), TASK, 2, new Resolution(side, Optional.empty(), "Ann"));
    }

    private static Outcome of(Command decision, PlanEvent... told) {
        var view = new PlanView(SHOP);
        for (var event : told) view.on(event);
        return Decisions.of(decision, view);
    }

    private static void superseded(Outcome outcome, String by) {
        assertThat(outcome).isEqualTo(new Outcome.Superseded(TASK, by));
    }

    @Test
    void nothing_is_known_before_it_is_told_of_that_attempt() {
        assertThat(of(APPROVE)).isEqualTo(new Outcome.Open());
        assertThat(of(REJECT, withdrawn(1, Optional.of("no")))).isEqualTo(new Outcome.Open());
        assertThat(of(OURS)).isEqualTo(new Outcome.Open());
    }

    @Test
    void a_decision_that_is_told_of_counts() {
        assertThat(of(APPROVE, approved(2))).isEqualTo(new Outcome.Counts());
        assertThat(of(REJECT, withdrawn(2, Optional.of("too long")))).isEqualTo(new Outcome.Counts());
        assertThat(of(OURS, resolved(Resolution.Side.OURS))).isEqualTo(new Outcome.Counts());
        assertThat(of(APPROVE, approved(2), withdrawn(2, Optional.empty()))).isEqualTo(new Outcome.Counts());
    }

    @Test
    void another_decision_that_came_first_is_named() {
        superseded(of(APPROVE, withdrawn(2, Optional.of("no"))), "its result is rejected, because: no");
        superseded(of(APPROVE, withdrawn(2, Optional.empty())), "its result is given up");
        superseded(of(REJECT, approved(2)), "its result is approved");
        superseded(of(REJECT, withdrawn(2, Optional.of("no"))), "its result is rejected, because: no");
        superseded(of(OURS, resolved(Resolution.Side.THEIRS)), "Ann resolved it with --theirs");
    }

    @Test
    void a_decision_about_an_archived_plan_has_no_effect() {
        var archived = new PlanEvent.PlanArchived(meta(), "Shop", "failed", "0".repeat(64));
        superseded(of(APPROVE, archived), "its plan is archived");
        superseded(of(REJECT, archived), "its plan is archived");
        superseded(of(OURS, archived), "its plan is archived");
        assertThat(of(OURS, resolved(Resolution.Side.OURS), archived)).isEqualTo(new Outcome.Counts());
    }

    @Test
    void other_commands_are_not_waited_for() {
        assertThat(of(new Command.ApproveTask(TASK, Optional.of("blue")))).isEqualTo(new Outcome.Counts());
        assertThat(of(new Command.RetryTask(TASK))).isEqualTo(new Outcome.Counts());
    }
}
