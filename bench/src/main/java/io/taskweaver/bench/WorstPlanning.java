package io.taskweaver.bench;

import io.taskweaver.model.Plan;
import io.taskweaver.model.Submission;
import io.taskweaver.model.effort.Effort;
import io.taskweaver.reports.picture.PictureFormat;
import io.taskweaver.scheduling.planning.Planner;
import io.taskweaver.scheduling.planning.Planning;
import io.taskweaver.scheduling.priority.Priorities;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntFunction;

/**
 * What the {@link WorstCases} take to plan at a size, at twice and at four times that. Prints a JSON line for each: {@code
 * {bench, shape, characters, outcome, tasks, needs, steps, plan_ms, order_ms, draw_ms, ratio}}. Times are of the processor,
 * so that they are the same on a machine that does other things too; {@code ratio} is the time to plan over that at a
 * quarter of the size, 4 where time grows linearly. {@code outcome} is planned, or the code of the rejection. What takes a
 * minute is stopped.
 *
 * <p>Usage: {@code WorstPlanning [CHARACTERS [SHAPE]]}; of shapes those are measured whose name holds SHAPE.
 */
public final class WorstPlanning {
    private static final int CHARACTERS = 300_000;
    private static final int AGENTS = 8;
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    /** Drawing more takes a browser longer than planning takes us. */
    private static final int MOST_DRAWN = 5_000;

    private WorstPlanning() {}

    /** Entry point. */
    public static void main(String[] arguments) {
        int characters = arguments.length == 0 ? CHARACTERS : Integer.parseInt(arguments[0]);
        var wanted = arguments.length < 2 ? "" : arguments[1];
        measure(Objects.requireNonNull(WorstCases.all().get("layers")).apply(CHARACTERS)); // warms up
        WorstCases.all().forEach((name, shape) -> {
            if (name.contains(wanted)) print(name, shape, characters);
        });
    }

    private static void print(String name, IntFunction<Submission> shape, int characters) {
        double first = 0;
        for (int size = characters; size <= 4 * characters; size *= 2) {
            var measured = measure(shape.apply(size));
            if (first == 0) first = measured.planMs;
            System.out.printf(
                    Locale.ROOT,
                    "{\"bench\":\"planning-worst\",\"shape\":\"%s\",\"characters\":%d,%s,\"ratio\":%s}%n",
                    name.replace("\\", "\\\\").replace("\"", "\\\""),
                    size,
                    measured.json,
                    size == 4 * characters ? String.format(Locale.ROOT, "%.1f", measured.planMs / first) : "null");
        }
    }

    private record Measured(double planMs, String json) {}

    private static Measured measure(Submission submission) {
        long start = THREADS.getCurrentThreadCpuTime();
        long end = System.nanoTime() + LIMIT.toNanos();
        try {
            var planning = new Planning[1];
            long steps = Effort.steps(() -> System.nanoTime() > end, () -> planning[0] = Planner.plan(submission));
            double plan = since(start);
            return switch (planning[0]) {
                case Planning.Planned planned -> planned(planned.plan(), steps, plan);
                case Planning.Rejected rejected ->
                    new Measured(
                            plan,
                            String.format(
                                    Locale.ROOT,
                                    "\"outcome\":\"%s\",\"tasks\":0,\"needs\":0,\"steps\":%d,\"plan_ms\":%.0f",
                                    rejected.rejections().getFirst().code(),
                                    steps,
                                    plan));
            };
        } catch (Effort.Stopped e) {
            return new Measured(since(start), "\"outcome\":\"stopped\",\"plan_ms\":" + Math.round(since(start)));
        }
    }

    private static Measured planned(Plan plan, long steps, double planMs) {
        long start = THREADS.getCurrentThreadCpuTime();
        Priorities.of(plan, AGENTS);
        double order = since(start);
        start = THREADS.getCurrentThreadCpuTime();
        if (plan.tasks().size() <= MOST_DRAWN) for (var format : PictureFormat.values()) format.draw(plan);
        return new Measured(
                planMs,
                String.format(
                        Locale.ROOT,
                        "\"outcome\":\"planned\",\"tasks\":%d,\"needs\":%d,\"steps\":%d,\"plan_ms\":%.0f,\"order_ms\":%.0f,\"draw_ms\":%.0f",
                        plan.tasks().size(),
                        plan.tasks().stream()
                                .mapToInt(task -> task.needs().size())
                                .sum(),
                        steps,
                        planMs,
                        order,
                        since(start)));
    }

    private static double since(long start) {
        return (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
    }
}
