package io.taskweaver.model;

import java.util.List;

/** One proposed change to a plan. Whether it holds is decided by {@code Refinery}. */
public sealed interface PlanChange {
    /** The task that it is about. */
    TaskId task();

    /**
     * The task waits for another's result.
     *
     * @param because why, in a few words
     */
    record AddNeed(TaskId task, TaskId on, String because) implements PlanChange {
        public AddNeed {
            because = stated(because, "reason");
        }
    }

    /** The task does not wait for another: an inferred need was wrong. */
    record DropNeed(TaskId task, TaskId on, String because) implements PlanChange {
        public DropNeed {
            because = stated(because, "reason");
        }
    }

    /**
     * The task becomes several that do not wait for each other. The first part keeps the id.
     *
     * @param parts at least two
     */
    record SplitTask(TaskId task, List<Part> parts) implements PlanChange {
        public SplitTask {
            parts = List.copyOf(parts);
            if (parts.size() < 2) throw new IllegalArgumentException("a split needs at least two parts");
        }
    }

    /**
     * One part of a task.
     *
     * @param criteria acceptance criteria of the whole that this part has to meet, word for word
     * @param minutes estimated duration, at least 1
     */
    record Part(String title, String description, List<String> criteria, int minutes) {
        public Part {
            title = stated(title, "title");
            criteria = List.copyOf(criteria);
            if (minutes < 1) throw new IllegalArgumentException("a part takes at least a minute, not " + minutes);
        }
    }

    /**
     * Other tasks become part of this one.
     *
     * @param others at least one
     */
    record MergeTasks(TaskId task, List<TaskId> others) implements PlanChange {
        public MergeTasks {
            others = others.stream().distinct().toList();
            if (others.isEmpty()) throw new IllegalArgumentException("there is nothing to merge with");
            if (others.contains(task)) throw new IllegalArgumentException("a task is not merged with itself");
        }
    }

    /** The task is called something else. */
    record RetitleTask(TaskId task, String title) implements PlanChange {
        public RetitleTask {
            title = stated(title, "title");
        }
    }

    /**
     * The task takes another time.
     *
     * @param minutes at least 1
     */
    record ReestimateTask(TaskId task, int minutes) implements PlanChange {
        public ReestimateTask {
            if (minutes < 1) throw new IllegalArgumentException("a task takes at least a minute, not " + minutes);
        }
    }

    /** The task is more or less important. */
    record ReprioritiseTask(TaskId task, Task.Priority priority) implements PlanChange {}

    /** One more thing has to hold when the task is done. */
    record AddCriterion(TaskId task, String criterion) implements PlanChange {
        public AddCriterion {
            criterion = stated(criterion, "criterion");
        }
    }

    /**
     * The task's work is merged already, by an earlier run of what was planned then.
     *
     * @param because how that is known, in a few words
     */
    record FinishTask(TaskId task, String because) implements PlanChange {
        /** Marks such a task, to tell it from one that a document calls done. */
        public static final String TAG = "finished-earlier";

        public FinishTask {
            because = stated(because, "reason");
        }
    }

    private static String stated(String text, String what) {
        if (text.isBlank()) throw new IllegalArgumentException("the " + what + " is blank");
        return text.strip();
    }
}
