package io.taskweaver.wire.admin;

import java.util.Objects;

/**
 * A change of the admin step, or a check without a change.
 *
 * @param kind what was done
 * @param name topic, subject or group
 * @param detail for people, may be empty
 */
public record AdminChange(Kind kind, String name, String detail) {

    /** What was done. */
    public enum Kind {
        TOPIC_CREATED("created topic"),
        TOPIC_ADJUSTED("adjusted topic"),
        TOPIC_UNCHANGED("topic is up to date"),
        TOPIC_DIFFERS("topic differs, not changed"),
        SCHEMA_REGISTERED("registered schema"),
        SCHEMA_UNCHANGED("schema is registered"),
        GROUP_ADJUSTED("adjusted group"),
        GROUP_UNCHANGED("group is up to date");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    public AdminChange {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(name);
        Objects.requireNonNull(detail);
    }

    /** Whether anything was written. */
    public boolean wrote() {
        return switch (kind) {
            case TOPIC_CREATED, TOPIC_ADJUSTED, SCHEMA_REGISTERED, GROUP_ADJUSTED -> true;
            case TOPIC_UNCHANGED, TOPIC_DIFFERS, SCHEMA_UNCHANGED, GROUP_UNCHANGED -> false;
        };
    }

    /** One line for people. */
    @Override
    public String toString() {
        return kind.words + " " + name + (detail.isEmpty() ? "" : ": " + detail);
    }
}
