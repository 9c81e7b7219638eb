package io.taskweaver.wire;

import java.time.Duration;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * A topic: what is on it, who writes it, how it is keyed and how long it is kept.
 *
 * @param name name without the configured prefix: the event's name in kebab case
 * @param type event on it
 * @param schema schema of the event as this build knows it
 * @param key what a record is keyed by
 * @param writer who writes it
 * @param cleanup what happens to old records
 * @param retention how long records are kept at least, where they are deleted by age
 * @param maxMessageBytes largest record batch that the broker takes, bytes, after compression
 * @param meaning one sentence for the documentation
 */
public record Topic<T extends SpecificRecord>(
        String name,
        Class<T> type,
        Schema schema,
        Key key,
        String writer,
        Cleanup cleanup,
        Duration retention,
        int maxMessageBytes,
        String meaning) {

    /** What a record is keyed by; all but {@link #EXECUTOR} start with the plan's id, which alone picks the partition. */
    public enum Key {
        PLAN("plan"),
        PLAN_TASK("plan/task"),
        PLAN_COMPONENT("plan/component"),
        PLAN_TASK_ATTEMPT("plan/task/attempt"),
        EXECUTOR("executor"),
        SOURCE("as the source");

        private final String form;

        Key(String form) {
            this.form = form;
        }

        @Override
        public String toString() {
            return form;
        }
    }

    /** Kafka's {@code cleanup.policy}. */
    public enum Cleanup {
        DELETE("delete"),
        COMPACT("compact"),
        COMPACT_DELETE("compact,delete");

        private final String policy;

        Cleanup(String policy) {
            this.policy = policy;
        }

        /** The value of {@code cleanup.policy}. */
        public String policy() {
            return policy;
        }
    }

    public Topic {
        Objects.requireNonNull(type);
        Objects.requireNonNull(schema);
        if (!name.matches("[a-z]+(-[a-z]+)*")) throw new IllegalArgumentException("not kebab case: " + name);
        if (maxMessageBytes <= 0) throw new IllegalArgumentException("maxMessageBytes must be positive");
    }

    /** Name on the broker. */
    public String name(String prefix) {
        return prefix + name;
    }
}
