package io.taskweaver.planner;

import io.micrometer.core.instrument.MeterRegistry;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.schedule.PlanStage;
import io.taskweaver.domain.schedule.PlanState;
import io.taskweaver.domain.schedule.Progress;
import io.taskweaver.domain.schedule.TaskStage;
import io.taskweaver.wire.metrics.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * How many plans and tasks there are in each state. Counts are kept up to date with each event, so that a scrape looks at no
 * plan, and are right again once a planner that starts has read what is kept.
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

    /** A task was handed out after it waited for a slot. */
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

    /** What one processor has of the counts: those of the plans of its partition. Used by its thread alone. */
    final class Share implements AutoCloseable {
        /** Open plans, and with them those that were opened again. */
        private final Map<PlanId, Counted> open = new HashMap<>();

        private final int[] ended = new int[PlanStage.values().length];

        private record Counted(PlanStage state, int[] stages) {
            static final int[] NONE = new int[TaskStage.values().length];
        }

        /** What became of a submission, for good or for now. */
        void ended(PlanHead head) {
            ended(head.stage(), 1);
        }

        /** A submission that waited or was refused is looked at again. */
        void again(PlanHead head) {
            ended(head.stage(), -1);
        }

        /** A plan that had ended is looked at again. */
        void reopened(PlanId plan, PlanState.Closed state) {
            if (open.containsKey(plan)) return;
            ended(PlanStage.of(state), -1);
            count(plan, new Counted(PlanStage.of(state), Counted.NONE));
        }

        /** Where a plan stands. */
        void stands(Progress plan) {
            var state = PlanStage.of(plan.state());
            if (state.isOpen()) {
                count(plan.id(), new Counted(state, stages(plan)));
            } else {
                forget(plan.id());
                ended(state, 1);
            }
        }

        private static int[] stages(Progress plan) {
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
