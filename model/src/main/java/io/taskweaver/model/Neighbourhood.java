package io.taskweaver.model;

import java.util.List;

/**
 * Other tasks that one task should know of: what it builds on, who builds on it and what they need of it, and who works
 * beside it. Each list holds the nearest ones only, in the order of the plan.
 *
 * @param foundations tasks whose results it needs
 * @param dependents tasks that need its result, or that call what it implements
 * @param later tasks that build on the dependents, and not on this one
 * @param siblings tasks that work on the same component, or from the same results at the same time
 */
public record Neighbourhood(
        List<Foundation> foundations, List<Dependent> dependents, List<Later> later, List<Sibling> siblings) {
    /** Of a task that stands alone. */
    public static final Neighbourhood NONE = new Neighbourhood(List.of(), List.of(), List.of(), List.of());

    public Neighbourhood {
        foundations = List.copyOf(foundations);
        dependents = List.copyOf(dependents);
        later = List.copyOf(later);
        siblings = List.copyOf(siblings);
    }

    /**
     * A task whose result is needed.
     *
     * @param because the words that caused the need
     */
    public record Foundation(TaskId id, String title, String because) {}

    /**
     * A task that builds on this one.
     *
     * @param caller whether it needs the contract only: it calls what this task implements, and may run before it ends
     * @param because the words that caused the need; empty for a caller that names none
     * @param criteria acceptance criteria of it that speak of what this task makes
     * @param files files that both are expected to touch
     */
    public record Dependent(
            TaskId id, String title, boolean caller, String because, List<String> criteria, List<String> files) {
        public Dependent {
            criteria = List.copyOf(criteria);
            files = List.copyOf(files);
        }
    }

    /** A task that comes after the dependents. */
    public record Later(TaskId id, String title) {}

    /**
     * A task that works beside this one.
     *
     * @param concurrent whether it is in the same phase, so that it may run at the same time
     * @param files files that it is expected to touch
     */
    public record Sibling(TaskId id, String title, boolean concurrent, List<String> files) {
        public Sibling {
            files = List.copyOf(files);
        }
    }
}
