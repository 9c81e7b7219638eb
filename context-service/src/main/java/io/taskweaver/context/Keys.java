package io.taskweaver.context;

import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of the state store: the plan's id, a letter for the kind of value, a name. Parts end with a zero byte, which no
 * part contains, so that keys of a plan, of a kind and of a file's versions are adjacent and ordered.
 * Stores of earlier releases have other values under the letter {@code p}, which is not used again.
 */
final class Keys {
    private static final char END = '\u0000';

    private Keys() {}

    static Bytes head(PlanId plan) {
        return key(plan, 'h', "");
    }

    /** Summary of the plan. */
    static Bytes created(PlanId plan) {
        return key(plan, 'b', "");
    }

    static Bytes code(PlanId plan) {
        return key(plan, 'i', "");
    }

    static Bytes task(PlanId plan, TaskId task) {
        return key(plan, 't', task.value());
    }

    static Bytes settlement(PlanId plan, TaskId task) {
        return key(plan, 's', task.value());
    }

    /** Result of a task that waits to be merged. */
    static Bytes waiting(PlanId plan, TaskId task) {
        return key(plan, 'w', task.value());
    }

    /** Side by which a person settled a task. */
    static Bytes sideTaken(PlanId plan, TaskId task) {
        return key(plan, 'd', task.value());
    }

    static Bytes contract(PlanId plan, TaskId node) {
        return key(plan, 'c', node.value());
    }

    /** Index from component to contract node. */
    static Bytes nodeOf(PlanId plan, String component) {
        return key(plan, 'n', component);
    }

    static Bytes file(PlanId plan, String path, long version) {
        return versioned(plan.value() + END + 'f' + END + path + END, version);
    }

    private static Bytes versioned(String text, long version) {
        var name = text.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(name.length + Long.BYTES)
                .put(name)
                .putLong(version)
                .array());
    }

    /** Commit of a version; one that changes nothing has none of its own. */
    static Bytes commit(PlanId plan, long version) {
        return versioned(plan.value() + END + 'v' + END, version);
    }

    /** Commit of a contract node's contract. */
    static Bytes contractCommit(PlanId plan, TaskId node) {
        return key(plan, 'k', node.value());
    }

    /** What has to be known of the plan besides its contexts. */
    static Bytes mark(PlanId plan) {
        return key(plan, 'x', "");
    }

    /** A version of a contract that a newer one replaced. */
    static Bytes replaced(PlanId plan, TaskId node, int revision) {
        return key(plan, 'o', node.value() + END + revision);
    }

    /** That a contract, or a task that was added, became known at a version of the plan's code. */
    static Bytes arrival(PlanId plan, TaskId node, long version) {
        return versioned(plan.value() + END + 'a' + END + node.value() + END, version);
    }

    /** A submission that is kept until it, or another one, becomes the plan; in stores of earlier releases without the id. */
    static Bytes submission(PlanId plan, String eventId) {
        return key(plan, 'u', eventId);
    }

    /** Prefix of the keys of submissions. */
    static String submissions(PlanId plan) {
        return kind(plan, 'u');
    }

    /** A part of contexts that are being imported. */
    static Bytes part(PlanId plan, String digest, int part) {
        return key(plan, 'm', digest + END + part);
    }

    /** Prefix of all keys of a plan. */
    static String all(PlanId plan) {
        return plan.value() + END;
    }

    /** Prefix of the keys of a kind. */
    static String kind(PlanId plan, char kind) {
        return plan.value() + END + kind + END;
    }

    /** Prefix of the keys of all contracts of a plan. */
    static String contracts(PlanId plan) {
        return plan.value() + END + 'c' + END;
    }

    /** Prefix of the keys of all files of a plan. */
    static String files(PlanId plan) {
        return plan.value() + END + 'f' + END;
    }

    static long versionOf(Bytes file) {
        return ByteBuffer.wrap(file.get()).getLong(file.get().length - Long.BYTES);
    }

    private static Bytes key(PlanId plan, char kind, String name) {
        return Bytes.wrap((plan.value() + END + kind + END + name).getBytes(StandardCharsets.UTF_8));
    }
}
