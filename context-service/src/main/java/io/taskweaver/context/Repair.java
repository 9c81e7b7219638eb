package io.taskweaver.context;

import io.taskweaver.model.PlanId;
import java.util.ArrayList;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** Repairs a plan after a crash: deletes files and commits of a version that the head never reached, restores settlements of the head. */
final class Repair {
    private Repair() {}

    static void of(PlanId plan, KeyValueStore<Bytes, byte[]> store) {
        var stored = new StoredPlan(store, plan);
        var head = stored.head().orElse(Head.NEW);
        var orphans = new ArrayList<>(stored.commitsAfter(head.version()));
        stored.eachFile((file, version) -> {
            if (version > head.version()) orphans.add(Keys.file(plan, file.path(), version));
        });
        orphans.forEach(store::delete);
        new Writes(plan)
                .settlements(head.recent().stream()
                        .filter(settled -> !overtaken(stored, settled))
                        .toList())
                .applyTo(store);
    }

    /** A conflict creates no version, so one of a newer attempt may be stored already. */
    private static boolean overtaken(StoredPlan stored, Settlement settled) {
        return stored.settlement(settled.task())
                .filter(other -> other.attempt() > settled.attempt())
                .isPresent();
    }
}
