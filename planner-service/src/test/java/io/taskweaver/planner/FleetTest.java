package io.taskweaver.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.PlanId;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.ExecutorHeartbeat;
import io.taskweaver.model.event.ExecutorHeartbeat.AgentHalt;
import io.taskweaver.model.event.ExecutorHeartbeat.RunningAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FleetTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final PlanId ONE = new PlanId("one");
    private static final PlanId TWO = new PlanId("two");

    private final Fleet fleet = new Fleet();

    private static ExecutorHeartbeat heartbeat(String executor, int slots, boolean active, RunningAttempt... running) {
        return new ExecutorHeartbeat(
                executor,
                NOW,
                Duration.ofSeconds(1),
                slots,
                List.of(running),
                List.of("a"),
                active ? ExecutorHeartbeat.State.ACTIVE : ExecutorHeartbeat.State.HALTED,
                Optional.of("no credentials"),
                List.of());
    }

    @Test
    void slots_count_while_their_executor_beats() {
        fleet.heartbeat(heartbeat("e1", 4, true), NOW);
        fleet.heartbeat(heartbeat("e2", 2, true), NOW.plusSeconds(2));
        assertThat(fleet.slots(NOW.plusSeconds(2))).isEqualTo(6);
        assertThat(fleet.slots(NOW.plusSeconds(4))).isEqualTo(2);
    }

    @Test
    void an_executor_that_takes_no_work_has_no_slots_and_says_why() {
        fleet.heartbeat(heartbeat("e1", 4, false), NOW);
        assertThat(fleet.slots(NOW)).isZero();
        assertThat(fleet.condition(NOW).halted()).containsExactly("e1: no credentials");
    }

    private static ExecutorHeartbeat halting(String executor, String agent, boolean shared) {
        var halt = new AgentHalt(agent, "too many requests", NOW.plusSeconds(1), shared);
        return new ExecutorHeartbeat(
                executor,
                NOW,
                Duration.ofSeconds(1),
                4,
                List.of(),
                List.of("a", "b"),
                ExecutorHeartbeat.State.ACTIVE,
                Optional.empty(),
                List.of(halt));
    }

    @Test
    void an_agent_that_one_executor_halts_for_all_gets_nothing_until_then() {
        fleet.heartbeat(heartbeat("e1", 4, true), NOW);
        fleet.heartbeat(halting("e2", "a", true), NOW);
        assertThat(fleet.closed(NOW)).containsExactly("a");
        assertThat(fleet.closed(NOW.plusSeconds(1))).isEmpty();
        assertThat(fleet.condition(NOW).closedAgents().get("a")).contains("too many requests", "2026-01-01T00:00:01Z");
    }

    @Test
    void an_agent_that_an_executor_halts_for_itself_gets_work_while_another_takes_it() {
        fleet.heartbeat(heartbeat("e1", 4, true), NOW);
        fleet.heartbeat(halting("e2", "a", false), NOW);
        fleet.heartbeat(halting("e3", "b", false), NOW);
        assertThat(fleet.closed(NOW)).isEmpty();
        fleet.left("e1");
        fleet.left("e3");
        assertThat(fleet.closed(NOW)).containsExactly("a");
    }

    @Test
    void an_executor_that_left_has_no_slots() {
        fleet.heartbeat(heartbeat("e1", 4, true), NOW);
        fleet.left("e1");
        assertThat(fleet.slots(NOW)).isZero();
    }

    @Test
    void a_lease_lasts_from_the_last_beat_that_named_the_attempt() {
        fleet.heartbeat(heartbeat("e1", 4, true, PlannerStory.holding("one", "a", 1)), NOW);
        fleet.heartbeat(heartbeat("e1", 4, true), NOW.plusSeconds(1));
        assertThat(fleet.leasesOf(ONE).lastNamed(new TaskId("a"), 1)).contains(NOW);
        assertThat(fleet.leasesOf(ONE).lastNamed(new TaskId("a"), 2)).isEmpty();
        assertThat(fleet.idle(NOW.plusSeconds(1))).isEqualTo(4);
    }

    @Test
    void a_clock_that_is_set_back_keeps_nobody_alive() {
        fleet.heartbeat(heartbeat("e1", 4, true, PlannerStory.holding("one", "a", 1)), NOW);
        assertThat(fleet.slots(NOW)).isEqualTo(4);
        var back = NOW.minusSeconds(3600);
        assertThat(fleet.slots(back)).isEqualTo(4);
        assertThat(fleet.leasesOf(ONE).lastNamed(new TaskId("a"), 1)).contains(back);
        assertThat(fleet.slots(back.plusSeconds(3))).isZero();
    }

    @Test
    void a_plan_alone_has_all_slots_and_among_others_its_share() {
        fleet.heartbeat(heartbeat("e1", 8, true), NOW);
        assertThat(fleet.roomFor(ONE, 0, Task.Priority.MEDIUM, NOW)).isEqualTo(8);
        fleet.demand(TWO, 0, 100, Task.Priority.MEDIUM);
        assertThat(fleet.roomFor(ONE, 0, Task.Priority.MEDIUM, NOW)).isEqualTo(4);
        assertThat(fleet.roomFor(ONE, 0, Task.Priority.HIGH, NOW)).isEqualTo(5);
        fleet.demand(TWO, 2, 0, Task.Priority.MEDIUM);
        assertThat(fleet.roomFor(ONE, 0, Task.Priority.MEDIUM, NOW)).isEqualTo(6);
        fleet.forget(TWO);
        assertThat(fleet.roomFor(ONE, 3, Task.Priority.MEDIUM, NOW)).isEqualTo(5);
    }
}
