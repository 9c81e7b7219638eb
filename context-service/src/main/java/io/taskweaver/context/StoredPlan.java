package io.taskweaver.context;

import io.taskweaver.model.Contract;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.PlanEvent.ContractPublished;
import io.taskweaver.model.event.PlanEvent.PlanCreated;
import io.taskweaver.model.event.PlanEvent.TaskCompleted;
import io.taskweaver.model.event.PlanEvent.TaskPlanned;
import io.taskweaver.model.event.PlanSummary;
import io.taskweaver.wire.StateFormat;
import java.util.ArrayList;
import java.util.List;
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

    /** A result that waits to be merged. */
    Optional<TaskCompleted> waiting(TaskId task) {
        return get(Keys.waiting(plan, task), ContextFormats.WAITING);
    }

    /** The code that the plan started from. */
    CodeBase code() {
        return get(Keys.code(plan), ContextFormats.CODE).orElse(CodeBase.NONE);
    }

    /** The commit of a version, if that is not later than the head. */
    Optional<String> commit(long version) {
        return head().filter(head -> version <= head.version())
                .flatMap(head -> version == head.version() ? Optional.of(head.commit()) : earlier(version));
    }

    private Optional<String> earlier(long version) {
        try (var commits = store.reverseRange(Keys.commit(plan, 0), Keys.commit(plan, version))) {
            return commits.hasNext()
                    ? Optional.of(
                            ContextFormats.COMMIT.decode(commits.next().value).commit())
                    : Optional.empty();
        }
    }

    /** Keys of commits of later versions. */
    List<Bytes> commitsAfter(long version) {
        var keys = new ArrayList<Bytes>();
        try (var commits = store.range(Keys.commit(plan, version + 1), Keys.commit(plan, Long.MAX_VALUE))) {
            while (commits.hasNext()) keys.add(commits.next().key);
        }
        return keys;
    }

    /** The commit with a contract node's contract; empty if it changed nothing. */
    Optional<String> contractCommit(TaskId node) {
        return get(Keys.contractCommit(plan, node), ContextFormats.COMMIT).map(LineCommit::commit);
    }

    /** All contracts, in the order of their nodes. */
    List<ContractPublished> contracts() {
        var found = new ArrayList<ContractPublished>();
        try (var all = store.prefixScan(Keys.contracts(plan), UTF8)) {
            while (all.hasNext()) found.add(ContextFormats.CONTRACT.decode(all.next().value));
        }
        return found;
    }

    /** What is known of a changed path at a version; empty if no task changed it until then. */
    Optional<MergedFile> file(String path, long version) {
        try (var versions = store.reverseRange(Keys.file(plan, path, 0), Keys.file(plan, path, version))) {
            return versions.hasNext()
                    ? Optional.of(ContextFormats.FILE.decode(versions.next().value))
                    : Optional.empty();
        }
    }

    /** Tasks and contract nodes that changed a path. */
    List<TaskId> contributors(String path) {
        return head().flatMap(head -> file(path, head.version()))
                .map(MergedFile::contributors)
                .orElse(List.of());
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
