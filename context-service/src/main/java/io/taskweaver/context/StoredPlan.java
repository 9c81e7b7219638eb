package io.taskweaver.context;

import io.taskweaver.domain.context.MergedFile;
import io.taskweaver.domain.context.RelevantCode.Candidate;
import io.taskweaver.domain.context.Settlement;
import io.taskweaver.domain.contract.Contract;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.TaskId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** One plan as the state store has it. Reads only, and may be used while the stream goes on writing. */
final class StoredPlan {
    private static final StringSerializer UTF8 = new StringSerializer();

    private final ReadOnlyKeyValueStore<Bytes, byte[]> store;
    private final PlanId plan;

    StoredPlan(ReadOnlyKeyValueStore<Bytes, byte[]> store, PlanId plan) {
        this.store = store;
        this.plan = plan;
    }

    /** Empty if nothing was ever heard of the plan. */
    Optional<Head> head() {
        return get(Keys.head(plan), Encoding::head);
    }

    Optional<Brief> brief() {
        return get(Keys.brief(plan), Encoding::brief);
    }

    Optional<PlannedTask> task(TaskId task) {
        return get(Keys.task(plan, task), Encoding::task);
    }

    Optional<Contract> contract(TaskId node) {
        return get(Keys.contract(plan, node), Encoding::contract);
    }

    Optional<Contract> contractOf(String component) {
        return get(Keys.nodeOf(plan, component), Encoding::id).flatMap(this::contract);
    }

    Optional<Settlement> settlement(TaskId task) {
        return get(Keys.settlement(plan, task), Encoding::settlement);
    }

    /** Text files of the code base that the plan started from. */
    List<Candidate> code() {
        return get(Keys.code(plan), Encoding::code).orElse(List.of());
    }

    /** What the code base shows of how it is written. */
    List<String> conventions() {
        return get(Keys.conventions(plan), Encoding::conventions).orElse(List.of());
    }

    /** A file as of a version; empty if no version until then knows the path. */
    Optional<MergedFile> file(String path, long version) {
        try (var versions = store.reverseRange(Keys.file(plan, path, 0), Keys.file(plan, path, version))) {
            return versions.hasNext() ? Optional.of(Encoding.file(path, versions.next().value)) : Optional.empty();
        }
    }

    /** Hands over all versions of all files, in the order of paths, then of versions. */
    void eachFile(ObjLongConsumer<MergedFile> consumer) {
        try (var all = store.prefixScan(Keys.files(plan), UTF8)) {
            while (all.hasNext()) {
                var next = all.next();
                consumer.accept(Encoding.file(path(next.key), next.value), Keys.versionOf(next.key));
            }
        }
    }

    private String path(Bytes file) {
        int begin = Keys.files(plan).length();
        return new String(file.get(), begin, file.get().length - Long.BYTES - 1 - begin, StandardCharsets.UTF_8);
    }

    private <T> Optional<T> get(Bytes key, Function<byte[], T> decoded) {
        return Optional.ofNullable(store.get(key)).map(decoded);
    }
}
