package io.taskweaver.context;

import io.taskweaver.model.FilePath;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of the state store: the plan's id, a letter for the kind of value, a name. Parts end with a zero byte, which no
 * part contains, so that keys of a plan, of a kind and of a file's versions are adjacent and ordered.
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

    static Bytes contract(PlanId plan, TaskId node) {
        return key(plan, 'c', node.value());
    }

    /** Index from component to contract node. */
    static Bytes nodeOf(PlanId plan, String component) {
        return key(plan, 'n', component);
    }

    static Bytes file(PlanId plan, String path, long version) {
        var name = (plan.value() + END + 'f' + END + path + END).getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(name.length + Long.BYTES)
                .put(name)
                .putLong(version)
                .array());
    }

    /** Index from case-folded name to file. */
    static Bytes name(PlanId plan, String path) {
        return Bytes.wrap((names(plan, FilePath.folded(path)) + END + path).getBytes(StandardCharsets.UTF_8));
    }

    /** Prefix of index entries whose folded names have a prefix. */
    static String names(PlanId plan, String folded) {
        return plan.value() + END + 'p' + END + folded;
    }

    /** The same for one folded name. */
    static String nameAlone(PlanId plan, String folded) {
        return names(plan, folded) + END;
    }

    /** The path in a key of {@link #name}. */
    static String pathOf(Bytes name) {
        var text = new String(name.get(), StandardCharsets.UTF_8);
        return text.substring(text.lastIndexOf(END) + 1);
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
