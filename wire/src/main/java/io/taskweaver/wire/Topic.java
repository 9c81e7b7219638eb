package io.taskweaver.wire;

import java.time.Duration;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * A topic: event, writer, key and retention.
 *
 * @param name name without the configured prefix: the event's name in kebab case
 * @param type event on it
 * @param key kind of record key
 * @param writer who writes it
 * @param cleanup cleanup policy
 * @param retention minimum retention, if records are deleted by age
 * @param maxMessageBytes largest record batch, bytes, after compression
 * @param meaning one sentence for the documentation
 */
public record Topic<T extends SpecificRecord>(
        String name,
        Class<T> type,
        Key key,
        String writer,
        Cleanup cleanup,
        Duration retention,
        int maxMessageBytes,
        String meaning) {

    /** Kind of record key; all but {@link #EXECUTOR} start with the plan's id, which alone determines the partition. */
    public enum Key {
        PLAN("plan"),
        PLAN_TASK("plan/task"),
        PLAN_COMPONENT("plan/component"),
        PLAN_TASK_ATTEMPT("plan/task/attempt"),
        PLAN_PACK_PART("plan/pack/part"),
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
        if (!name.matches("[a-z]+(-[a-z]+)*")) throw new IllegalArgumentException("not kebab case: " + name);
        if (maxMessageBytes <= 0) throw new IllegalArgumentException("maxMessageBytes must be positive");
    }

    /** Schema of the event as this build knows it. */
    public Schema schema() {
        return SpecificData.get().getSchema(type);
    }

    /** Name on the broker. */
    public String name(String prefix) {
        return prefix + name;
    }
}
