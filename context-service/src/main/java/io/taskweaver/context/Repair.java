package io.taskweaver.context;

import io.taskweaver.contexts.Settlement;
import io.taskweaver.model.PlanId;
import java.util.ArrayList;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Repairs a plan after a crash: deletes files of a version that the head never reached, restores settlements of the
 * head, and missing index entries of names.
 */
final class Repair {
    private Repair() {}

    static void of(PlanId plan, KeyValueStore<Bytes, byte[]> store) {
        var stored = new StoredPlan(store, plan);
        var head = stored.head().orElse(Head.NEW);
        var orphans = new ArrayList<Bytes>();
        var unnamed = new TreeSet<String>();
        stored.eachFile((file, version) -> {
            // State from before names were indexed.
            if (store.get(Keys.name(plan, file.path())) == null) unnamed.add(file.path());
            if (version > head.version() || (version == 0 && !head.submitted()))
                orphans.add(Keys.file(plan, file.path(), version));
        });
        orphans.forEach(store::delete);
        new Writes(plan)
                .names(unnamed.stream())
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
