package io.taskweaver.bench;

import io.taskweaver.model.PlanId;
import java.util.List;
import java.util.Locale;

/** Shapes of plans. */
public enum Shape {
    /** 200 tasks, each depending on the one before: measures latency. */
    CHAIN(200) {
        @Override
        List<String> needs(int task) {
            return task == 0 ? List.of() : List.of(id(task - 1));
        }
    },
    /** 1000 tasks that depend on nothing: measures throughput. */
    INDEPENDENT(1000) {
        @Override
        List<String> needs(int task) {
            return List.of();
        }
    },
    /** 10 layers of 100 tasks, each depending on 3 of the layer before: measures both. */
    LAYERED(1000) {
        private static final int WIDTH = 100;

        @Override
        List<String> needs(int task) {
            if (task < WIDTH) return List.of();
            int layer = task / WIDTH - 1;
            int place = task % WIDTH;
            return List.of(
                    id(layer * WIDTH + place),
                    id(layer * WIDTH + (place * 7 + 1) % WIDTH),
                    id(layer * WIDTH + (place * 13 + 2) % WIDTH));
        }
    };

    private final int size;

    Shape(int size) {
        this.size = size;
    }

    /** Length of the longest chain of tasks. */
    public int hops() {
        return switch (this) {
            case CHAIN -> size;
            case INDEPENDENT -> 1;
            case LAYERED -> 10;
        };
    }

    /** Number of tasks. */
    public int size() {
        return size;
    }

    /** Name in the output. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The plan. */
    ListedPlan plan(PlanId id) {
        var plan = new ListedPlan(id);
        for (int task = 0; task < size; task++) plan.add(id(task), 10, needs(task));
        return plan;
    }

    abstract List<String> needs(int task);

    static String id(int task) {
        return "T%04d".formatted(task + 1);
    }
}
