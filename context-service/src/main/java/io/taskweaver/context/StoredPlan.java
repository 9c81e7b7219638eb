package io.taskweaver.context;

import io.taskweaver.contexts.MergedFile;
import io.taskweaver.contexts.Settlement;
import io.taskweaver.model.Contract;
import io.taskweaver.model.FilePath;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.PlanEvent.ContractPublished;
import io.taskweaver.model.event.PlanEvent.PlanCreated;
import io.taskweaver.model.event.PlanEvent.TaskPlanned;
import io.taskweaver.model.event.PlanSummary;
import io.taskweaver.wire.StateFormat;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** A plan in the state store. Read-only; safe while the stream writes. */
final class StoredPlan {
    private static final StringSerializer UTF8 = new StringSerializer();

    private final ReadOnlyKeyValueStore<Bytes, byte[]> store;
    private final PlanId plan;

    StoredPlan(ReadOnlyKeyValueStore<Bytes, byte[]> store, PlanId plan) {
        this.store = store;
        this.plan = plan;
    }

    /** Empty if the plan is unknown. */
    Optional<Head> head() {
        return get(Keys.head(plan), ContextFormats.HEAD);
    }

    Optional<PlanSummary> summary() {
        return get(Keys.created(plan), ContextFormats.CREATED).map(PlanCreated::summary);
    }

    Optional<TaskPlanned> task(TaskId task) {
        return get(Keys.task(plan, task), ContextFormats.TASK);
    }

    Optional<Contract> contract(TaskId node) {
        return get(Keys.contract(plan, node), ContextFormats.CONTRACT).map(ContractPublished::contract);
    }

    Optional<Contract> contractOf(String component) {
        return get(Keys.nodeOf(plan, component), ContextFormats.NODE)
                .map(ContextFormats.ContractNode::task)
                .flatMap(this::contract);
    }

    Optional<Settlement> settlement(TaskId task) {
        return get(Keys.settlement(plan, task), ContextFormats.SETTLEMENT);
    }

    /** The code that the plan started from. */
    CodeBase code() {
        return get(Keys.code(plan), ContextFormats.CODE).orElse(CodeBase.NONE);
    }

    /** A file at a version; empty if the path did not exist until then. */
    Optional<MergedFile> file(String path, long version) {
        try (var versions = store.reverseRange(Keys.file(plan, path, 0), Keys.file(plan, path, version))) {
            return versions.hasNext()
                    ? Optional.of(ContextFormats.FILE.decode(versions.next().value))
                    : Optional.empty();
        }
    }

    /** Files at a version whose paths conflict with a path on some systems. */
    Map<String, MergedFile> clashing(Collection<String> paths, long version) {
        var found = new HashMap<String, MergedFile>();
        var folders = new HashSet<String>();
        for (var path : paths) {
            var name = FilePath.folded(path);
            named(Keys.nameAlone(plan, name), version, found);
            named(Keys.names(plan, name + "/"), version, found);
            for (var folder : FilePath.folders(name))
                if (folders.add(folder)) named(Keys.nameAlone(plan, folder), version, found);
        }
        return found;
    }

    /** The first existing file whose index entry has a prefix. */
    private void named(String prefix, long version, Map<String, MergedFile> found) {
        try (var names = store.prefixScan(prefix, UTF8)) {
            while (names.hasNext()) {
                var path = Keys.pathOf(names.next().key);
                var file = file(path, version).filter(known -> known.content().isPresent());
                if (file.isEmpty()) continue;
                found.put(path, file.get());
                return;
            }
        }
    }

    /** Visits all versions of all files, ordered by path and version. */
    void eachFile(ObjLongConsumer<MergedFile> consumer) {
        try (var all = store.prefixScan(Keys.files(plan), UTF8)) {
            while (all.hasNext()) {
                var next = all.next();
                consumer.accept(ContextFormats.FILE.decode(next.value), Keys.versionOf(next.key));
            }
        }
    }

    private <T> Optional<T> get(Bytes key, StateFormat<T> format) {
        return Optional.ofNullable(store.get(key)).map(format::decode);
    }
}
