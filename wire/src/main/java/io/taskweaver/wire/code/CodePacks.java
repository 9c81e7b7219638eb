package io.taskweaver.wire.code;

import io.taskweaver.model.Bytes;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent.CodeObjects;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Packs as events. */
public final class CodePacks {
    /** Largest part of a pack, bytes. */
    static final int PART_BYTES = 1 << 20;

    private static final int NAME_BYTES = 20;

    private CodePacks() {}

    /**
     * The events that carry a pack.
     *
     * @param commit commit that it completes
     * @param root whether the plan starts from that commit
     * @param cause event that caused it
     */
    public static List<CodeObjects> of(
            PlanId plan, String commit, boolean root, byte[] pack, Instant at, Optional<String> cause) {
        var name = HexFormat.of().formatHex(pack, pack.length - NAME_BYTES, pack.length);
        int parts = (pack.length + PART_BYTES - 1) / PART_BYTES;
        var events = new ArrayList<CodeObjects>(parts);
        for (int part = 0; part < parts; part++) {
            int from = part * PART_BYTES;
            var content = Arrays.copyOfRange(pack, from, Math.min(pack.length, from + PART_BYTES));
            var meta = Meta.of(CodeObjects.class, plan, at, cause, name, part);
            events.add(new CodeObjects(meta, commit, root, name, part, parts, new Bytes(content)));
        }
        return events;
    }
}
