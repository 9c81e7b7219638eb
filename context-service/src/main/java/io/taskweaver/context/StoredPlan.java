package io.taskweaver.context;

import io.taskweaver.model.Contract;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.PlanEvent.ContractPublished;
import io.taskweaver.model.event.PlanEvent.PlanCreated;
import io.taskweaver.model.event.PlanEvent.RequirementsSubmitted;
import io.taskweaver.model.event.PlanEvent.TaskCompleted;
import io.taskweaver.model.event.PlanEvent.TaskPlanned;
import io.taskweaver.model.event.PlanSummary;
import io.taskweaver.wire.StateFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
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
        return published(node).map(ContractPublished::contract);
    }

    Optional<ContractPublished> published(TaskId node) {
        return get(Keys.contract(plan, node), ContextFormats.CONTRACT);
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

    /** The side by which a person settled a task last; empty if none was taken. */
    Optional<SideTaken> sideTaken(TaskId task) {
        return get(Keys.sideTaken(plan, task), ContextFormats.SIDE_TAKEN);
    }

    /** The sides by which people settled tasks, in no particular order. */
    List<SideTaken> sidesTaken() {
        var found = new ArrayList<SideTaken>();
        scan(Keys.kind(plan, 'd'), (key, value) -> found.add(ContextFormats.SIDE_TAKEN.decode(value)));
        return found;
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

    /** Submissions of which none has become the plan yet, while imported contexts are in its place; in no particular order. */
    List<RequirementsSubmitted> submissions() {
        var found = new ArrayList<RequirementsSubmitted>();
        scan(Keys.submissions(plan), (key, value) -> found.add(ContextFormats.SUBMISSION.decode(value)));
        return found;
    }

    List<Bytes> keysOfSubmissions() {
        var keys = new ArrayList<Bytes>();
        scan(Keys.submissions(plan), (key, value) -> keys.add(key));
        return keys;
    }

    /** What has to be known of the plan besides its contexts. */
    Optional<PlanMark> mark() {
        return get(Keys.mark(plan), ContextFormats.MARK);
    }

    boolean is(PlanMark.Kind kind) {
        return mark().filter(mark -> mark.is(kind)).isPresent();
    }

    /** Visits the commits of the line, oldest first. */
    void eachCommit(ObjLongConsumer<LineCommit> consumer) {
        try (var commits = store.range(Keys.commit(plan, 0), Keys.commit(plan, Long.MAX_VALUE))) {
            while (commits.hasNext()) {
                var next = commits.next();
                consumer.accept(ContextFormats.COMMIT.decode(next.value), Keys.versionOf(next.key));
            }
        }
    }

    /** All nodes, in the plan's order. */
    List<TaskPlanned> tasks() {
        var found = new ArrayList<TaskPlanned>();
        scan(Keys.kind(plan, 't'), (key, value) -> found.add(ContextFormats.TASK.decode(value)));
        found.sort(Comparator.comparingInt(TaskPlanned::position)
                .thenComparing(planned -> planned.task().id()));
        return found;
    }

    /** What became of results, by task. */
    Map<TaskId, Settlement> settlements() {
        var found = new HashMap<TaskId, Settlement>();
        scan(Keys.kind(plan, 's'), (key, value) -> {
            var settled = ContextFormats.SETTLEMENT.decode(value);
            found.put(settled.task(), settled);
        });
        return found;
    }

    /** The version of the plan's code with which a node became known; 0 if it was there from the beginning. */
    long since(TaskId node, long version) {
        try (var arrivals = store.reverseRange(Keys.arrival(plan, node, 0), Keys.arrival(plan, node, version))) {
            return arrivals.hasNext() ? Keys.versionOf(arrivals.next().key) : 0;
        }
    }

    /** Whether a node became known later than at a version. */
    boolean isLater(TaskId node, long version) {
        try (var arrivals = store.range(Keys.arrival(plan, node, 0), Keys.arrival(plan, node, Long.MAX_VALUE))) {
            return arrivals.hasNext() && Keys.versionOf(arrivals.next().key) > version;
        }
    }

    /** The contract of a node as it was at a version; empty if there was none. */
    Optional<ContractPublished> contract(TaskId node, long version) {
        var current = published(node);
        if (current.isEmpty() || isLater(node, version)) return Optional.empty();
        try (var arrivals = store.reverseRange(Keys.arrival(plan, node, 0), Keys.arrival(plan, node, version))) {
            if (!arrivals.hasNext()) return current;
            int revision = ContextFormats.ARRIVAL.decode(arrivals.next().value).revision();
            return revision == current.get().contract().version()
                    ? current
                    : get(Keys.replaced(plan, node, revision), ContextFormats.CONTRACT);
        }
    }

    /** Visits each version of a node's contract with the version of the code at which it became known. */
    void eachContract(TaskId node, ObjLongConsumer<ContractPublished> consumer) {
        var current = published(node);
        if (current.isEmpty()) return;
        boolean isKnown = false;
        try (var arrivals = store.range(Keys.arrival(plan, node, 0), Keys.arrival(plan, node, Long.MAX_VALUE))) {
            while (arrivals.hasNext()) {
                var next = arrivals.next();
                int revision = ContextFormats.ARRIVAL.decode(next.value).revision();
                boolean isCurrent = revision == current.get().contract().version();
                isKnown |= isCurrent;
                (isCurrent ? current : get(Keys.replaced(plan, node, revision), ContextFormats.CONTRACT))
                        .ifPresent(published -> consumer.accept(published, Keys.versionOf(next.key)));
            }
        }
        if (!isKnown) consumer.accept(current.get(), 0);
    }

    /** Visits all versions of a path, oldest first. */
    void eachVersion(String path, ObjLongConsumer<MergedFile> consumer) {
        try (var versions = store.range(Keys.file(plan, path, 0), Keys.file(plan, path, Long.MAX_VALUE))) {
            while (versions.hasNext()) {
                var next = versions.next();
                consumer.accept(ContextFormats.FILE.decode(next.value), Keys.versionOf(next.key));
            }
        }
    }

    /** Parts that came of contexts that are being imported, in their order. */
    Optional<byte[]> part(String digest, int part) {
        return Optional.ofNullable(store.get(Keys.part(plan, digest, part)));
    }

    /** All keys of the plan, the head last. */
    List<Bytes> keys() {
        var keys = new ArrayList<Bytes>();
        scan(Keys.all(plan), (key, value) -> keys.add(key));
        if (keys.remove(Keys.head(plan))) keys.add(Keys.head(plan));
        return keys;
    }

    private void scan(String prefix, BiConsumer<Bytes, byte[]> consumer) {
        try (var all = store.prefixScan(prefix, UTF8)) {
            while (all.hasNext()) {
                var next = all.next();
                consumer.accept(next.key, next.value);
            }
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
