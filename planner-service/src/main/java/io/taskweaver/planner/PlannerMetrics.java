package io.taskweaver.planner;

import io.micrometer.core.instrument.MeterRegistry;
import io.taskweaver.model.PlanId;
import io.taskweaver.scheduling.dispatch.PlanProgress;
import io.taskweaver.scheduling.dispatch.PlanStage;
import io.taskweaver.scheduling.dispatch.PlanState;
import io.taskweaver.scheduling.dispatch.TaskStage;
import io.taskweaver.wire.metrics.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Numbers of plans and tasks in each state. Each event updates the counts, so that a scrape reads no plan; after a
 * start they are correct once the state is restored.
 */
final class PlannerMetrics {
    private final MeterRegistry registry;
    private final AtomicIntegerArray plans = new AtomicIntegerArray(PlanStage.values().length);
    private final AtomicIntegerArray tasks = new AtomicIntegerArray(TaskStage.values().length);

    PlannerMetrics(MeterRegistry registry, Fleet fleet) {
        this.registry = registry;
        for (var state : PlanStage.values())
            Metric.PLANS.gauge(registry, () -> plans.get(state.ordinal()), state.word());
        for (var stage : TaskStage.ofOpenPlans())
            Metric.TASKS.gauge(registry, () -> tasks.get(stage.ordinal()), stage.word());
        Metric.QUEUE_DEPTH.gauge(registry, fleet::waiting);
        Metric.FLEET_EXECUTORS.gauge(
                registry, () -> fleet.condition(Instant.now()).executors());
        Metric.FLEET_SLOTS.gauge(registry, () -> fleet.slots(Instant.now()));
    }

    /** A task was issued after it waited for a slot. */
    void issued(Duration waited) {
        Metric.QUEUE_TIME.timer(registry).record(waited.isNegative() ? Duration.ZERO : waited);
    }

    /** @param outcome planned, rejected or failed */
    void planned(String outcome, Duration took) {
        Metric.PLANNING_TIME.timer(registry, outcome).record(took);
    }

    Share share() {
        return new Share();
    }

    /** The counts of one processor, for the plans of its partition. Used by its thread only. */
    final class Share implements AutoCloseable {
        /** Open plans, including reopened ones. */
        private final Map<PlanId, Counted> open = new HashMap<>();

        private final int[] ended = new int[PlanStage.values().length];

        private record Counted(PlanStage state, int[] stages) {
            static final int[] NONE = new int[TaskStage.values().length];
        }

        /** State of a submission. */
        void ended(PlanHead head) {
            ended(head.stage(), 1);
        }

        /** A waiting or rejected submission is processed again. */
        void again(PlanHead head) {
            ended(head.stage(), -1);
        }

        /** A closed plan is processed again. */
        void reopened(PlanId plan, PlanState.Closed state) {
            if (open.containsKey(plan)) return;
            ended(PlanStage.of(state), -1);
            count(plan, new Counted(PlanStage.of(state), Counted.NONE));
        }

        /** State of a plan. */
        void stands(PlanProgress plan) {
            var state = PlanStage.of(plan.state());
            if (state.isOpen()) {
                count(plan.id(), new Counted(state, stages(plan)));
            } else {
                forget(plan.id());
                ended(state, 1);
            }
        }

        private static int[] stages(PlanProgress plan) {
            var counts = new int[TaskStage.values().length];
            for (var stage : TaskStage.values()) counts[stage.ordinal()] = plan.count(stage);
            return counts;
        }

        private void count(PlanId plan, Counted counted) {
            forget(plan);
            open.put(plan, counted);
            add(counted, 1);
        }

        private void forget(PlanId plan) {
            var before = open.remove(plan);
            if (before != null) add(before, -1);
        }

        private void add(Counted counted, int sign) {
            plans.addAndGet(counted.state().ordinal(), sign);
            for (int i = 0; i < counted.stages().length; i++)
                if (counted.stages()[i] != 0) tasks.addAndGet(i, sign * counted.stages()[i]);
        }

        private void ended(PlanStage state, int sign) {
            ended[state.ordinal()] += sign;
            plans.addAndGet(state.ordinal(), sign);
        }

        @Override
        public void close() {
            open.values().forEach(counted -> add(counted, -1));
            open.clear();
            for (var state : PlanStage.values()) ended(state, -ended[state.ordinal()]);
        }
    }
}
