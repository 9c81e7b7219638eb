package io.taskweaver.bench;

import java.util.Locale;

/** Shapes of plans, as documents: what is measured goes the way that a user's document goes. */
public enum Shape {
    /** 200 tasks, each depending on the one before: measures latency. */
    CHAIN(200) {
        @Override
        String needs(int task) {
            return task == 0 ? "" : " (depends on " + id(task - 1) + ")";
        }
    },
    /** 1000 tasks that depend on nothing: measures throughput. */
    INDEPENDENT(1000) {
        @Override
        String needs(int task) {
            return "";
        }
    },
    /** 10 layers of 100 tasks, each depending on 3 of the layer before: measures both. */
    LAYERED(1000) {
        private static final int WIDTH = 100;

        @Override
        String needs(int task) {
            if (task < WIDTH) return "";
            int layer = task / WIDTH - 1;
            int place = task % WIDTH;
            return " (depends on %s, %s, %s)"
                    .formatted(
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

    /**
     * The document.
     *
     * @param title heading, which makes one run's plan differ from another's
     */
    public String document(String title) {
        var text = new StringBuilder("# ").append(title).append("\n\n## Requirements\n\n");
        for (int task = 0; task < size; task++)
            text.append("- **")
                    .append(id(task))
                    .append("**: Record measurement ")
                    .append(task)
                    .append(needs(task))
                    .append('\n');
        return text.toString();
    }

    abstract String needs(int task);

    static String id(int task) {
        return "T%04d".formatted(task + 1);
    }
}
