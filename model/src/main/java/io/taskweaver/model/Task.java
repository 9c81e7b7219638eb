package io.taskweaver.model;

import java.util.List;
import java.util.Optional;

/**
 * One node of a plan.
 *
 * @param kind what it does
 * @param title one line
 * @param description the requirement in full
 * @param acceptanceCriteria what has to hold when it is done, in document order
 * @param component component that it belongs to; on a contract node, the one it specifies
 * @param operation operation of the component's interface that this work implements
 * @param estimateMinutes estimated duration
 * @param needs nodes it waits for
 * @param unlocks nodes that wait for it
 * @param phase from 1; contract nodes are in phase 0
 * @param critical whether it lies on the critical path
 * @param done whether the document says that it is done
 * @param expectedFiles files it is expected to touch: a guess, and no condition
 * @param checks what its result has to pass
 * @param source lines it comes from; empty for what the planner added
 */
public record Task(
        TaskId id,
        Kind kind,
        String title,
        String description,
        List<String> acceptanceCriteria,
        Optional<String> component,
        Optional<String> operation,
        Priority priority,
        int estimateMinutes,
        List<Need> needs,
        List<TaskId> unlocks,
        int phase,
        boolean critical,
        boolean done,
        List<String> expectedFiles,
        Checks checks,
        List<String> tags,
        Optional<SourceSpan> source) {

    /** What a node does. */
    public enum Kind {
        /** Publishes a component's contract. */
        CONTRACT,
        /** Is run by an agent. */
        WORK,
        /** Is run by an agent, to resolve a merge conflict. */
        RECONCILE
    }

    /** Importance as the document states it. */
    public enum Priority {
        CRITICAL,
        HIGH,
        MEDIUM,
        LOW
    }

    public Task {
        if (title.isBlank()) throw new IllegalArgumentException("task " + id + " has no title");
        if (estimateMinutes < 0) throw new IllegalArgumentException("estimate of " + id + " is negative");
        if (phase < 0) throw new IllegalArgumentException("phase of " + id + " is negative");
        acceptanceCriteria = List.copyOf(acceptanceCriteria);
        needs = List.copyOf(needs);
        unlocks = List.copyOf(unlocks);
        expectedFiles = List.copyOf(expectedFiles);
        tags = List.copyOf(tags);
    }

    /** A builder of a task; what is not said is empty, and the priority medium. */
    public static Builder builder(TaskId id, Kind kind, String title) {
        return new Builder(id, kind, title);
    }

    /** A builder of a task that is this one but for what is said. */
    public Builder toBuilder() {
        return new Builder(id, kind, title)
                .description(description)
                .acceptanceCriteria(acceptanceCriteria)
                .component(component)
                .operation(operation)
                .priority(priority)
                .estimateMinutes(estimateMinutes)
                .needs(needs)
                .unlocks(unlocks)
                .phase(phase)
                .critical(critical)
                .done(done)
                .expectedFiles(expectedFiles)
                .checks(checks)
                .tags(tags)
                .source(source);
    }

    /** Makes a task component by component. */
    public static final class Builder {
        private TaskId id;
        private Kind kind;
        private String title;
        private String description = "";
        private List<String> acceptanceCriteria = List.of();
        private Optional<String> component = Optional.empty();
        private Optional<String> operation = Optional.empty();
        private Priority priority = Priority.MEDIUM;
        private int estimateMinutes;
        private List<Need> needs = List.of();
        private List<TaskId> unlocks = List.of();
        private int phase;
        private boolean critical;
        private boolean done;
        private List<String> expectedFiles = List.of();
        private Checks checks = Checks.NONE;
        private List<String> tags = List.of();
        private Optional<SourceSpan> source = Optional.empty();

        private Builder(TaskId id, Kind kind, String title) {
            this.id = id;
            this.kind = kind;
            this.title = title;
        }

        public Builder id(TaskId value) {
            id = value;
            return this;
        }

        public Builder kind(Kind value) {
            kind = value;
            return this;
        }

        public Builder title(String value) {
            title = value;
            return this;
        }

        public Builder description(String value) {
            description = value;
            return this;
        }

        public Builder acceptanceCriteria(List<String> value) {
            acceptanceCriteria = value;
            return this;
        }

        public Builder component(Optional<String> value) {
            component = value;
            return this;
        }

        public Builder operation(Optional<String> value) {
            operation = value;
            return this;
        }

        public Builder priority(Priority value) {
            priority = value;
            return this;
        }

        public Builder estimateMinutes(int value) {
            estimateMinutes = value;
            return this;
        }

        public Builder needs(List<Need> value) {
            needs = value;
            return this;
        }

        public Builder unlocks(List<TaskId> value) {
            unlocks = value;
            return this;
        }

        public Builder phase(int value) {
            phase = value;
            return this;
        }

        public Builder critical(boolean value) {
            critical = value;
            return this;
        }

        public Builder done(boolean value) {
            done = value;
            return this;
        }

        public Builder expectedFiles(List<String> value) {
            expectedFiles = value;
            return this;
        }

        public Builder checks(Checks value) {
            checks = value;
            return this;
        }

        public Builder tags(List<String> value) {
            tags = value;
            return this;
        }

        public Builder source(Optional<SourceSpan> value) {
            source = value;
            return this;
        }

        public Task build() {
            return new Task(
                    id,
                    kind,
                    title,
                    description,
                    acceptanceCriteria,
                    component,
                    operation,
                    priority,
                    estimateMinutes,
                    needs,
                    unlocks,
                    phase,
                    critical,
                    done,
                    expectedFiles,
                    checks,
                    tags,
                    source);
        }
    }
}
