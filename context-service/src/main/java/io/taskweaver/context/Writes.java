package io.taskweaver.context;

import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.PlanEvent.ContractPublished;
import io.taskweaver.model.event.PlanEvent.PlanCreated;
import io.taskweaver.model.event.PlanEvent.RequirementsSubmitted;
import io.taskweaver.model.event.PlanEvent.TaskCompleted;
import io.taskweaver.model.event.PlanEvent.TaskPlanned;
import io.taskweaver.wire.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Writes of an event to the state store, in order. The order matters: after a crash any prefix of the writes may be
 * stored, and the head makes a version valid.
 */
final class Writes {
    /** Largest batch of the changelog, bytes. */
    static final int MAX_CHANGELOG_BYTES = 2 * Topics.MAX_MESSAGE_BYTES;

    /** Largest value, bytes: it must fit into one changelog record without compression. */
    static final int MAX_VALUE_BYTES = MAX_CHANGELOG_BYTES - 256 * 1024;

    private final PlanId plan;
    private final List<Consumer<KeyValueStore<Bytes, byte[]>>> writes = new ArrayList<>();

    Writes(PlanId plan) {
        this.plan = plan;
    }

    Writes head(Head head) {
        return write(Keys.head(plan), ContextFormats.HEAD.encode(head));
    }

    Writes created(PlanCreated created) {
        return write(Keys.created(plan), ContextFormats.CREATED.encode(created));
    }

    Writes task(TaskPlanned planned) {
        return write(Keys.task(plan, planned.task().id()), ContextFormats.TASK.encode(planned));
    }

    Writes contract(ContractPublished published) {
        var node = published.task();
        write(Keys.contract(plan, node), ContextFormats.CONTRACT.encode(published));
        return write(
                Keys.nodeOf(plan, published.contract().component()),
                ContextFormats.NODE.encode(new ContextFormats.ContractNode(node)));
    }

    Writes code(CodeBase code) {
        return write(Keys.code(plan), ContextFormats.CODE.encode(code));
    }

    Writes files(List<MergedFile> files, long version) {
        for (var file : files) write(Keys.file(plan, file.path(), version), ContextFormats.FILE.encode(file));
        return this;
    }

    /** @param task or contract node whose change it is; empty for the base */
    Writes commit(long version, String commit, Optional<TaskId> task) {
        return write(Keys.commit(plan, version), ContextFormats.COMMIT.encode(new LineCommit(commit, task)));
    }

    Writes contractCommit(TaskId node, String commit) {
        return write(
                Keys.contractCommit(plan, node),
                ContextFormats.COMMIT.encode(new LineCommit(commit, Optional.of(node))));
    }

    Writes mark(PlanMark mark) {
        return write(Keys.mark(plan), ContextFormats.MARK.encode(mark));
    }

    /** A submission that may become a plan in place of what was imported. */
    Writes submission(RequirementsSubmitted submitted) {
        return write(Keys.submission(plan, submitted.eventId()), ContextFormats.SUBMISSION.encode(submitted));
    }

    Writes unmark() {
        return delete(List.of(Keys.mark(plan)));
    }

    /** @param revision of a contract; 1 for a task */
    Writes arrived(TaskId node, long version, int revision) {
        return write(Keys.arrival(plan, node, version), ContextFormats.ARRIVAL.encode(new ContextArrival(revision)));
    }

    /** A newer version of the contract takes its place. */
    Writes replaced(TaskId node, ContractPublished earlier) {
        return write(Keys.replaced(plan, node, earlier.contract().version()), ContextFormats.CONTRACT.encode(earlier));
    }

    /** A part of contexts that are being imported. */
    Writes part(String digest, int part, byte[] content) {
        return write(Keys.part(plan, digest, part), content);
    }

    Writes delete(Collection<Bytes> keys) {
        writes.add(store -> keys.forEach(store::delete));
        return this;
    }

    Writes settlements(List<Settlement> settlements) {
        for (var settlement : settlements)
            write(Keys.settlement(plan, settlement.task()), ContextFormats.SETTLEMENT.encode(settlement));
        return this;
    }

    /** A result waits, until it is settled. */
    Writes waiting(TaskCompleted completed) {
        return write(Keys.waiting(plan, completed.task()), ContextFormats.WAITING.encode(completed));
    }

    /** Before the result that it makes, so that this can be made again. */
    Writes sideTaken(SideTaken side) {
        return write(Keys.sideTaken(plan, side.task()), ContextFormats.SIDE_TAKEN.encode(side));
    }

    /** Its result waits no longer. */
    Writes settled(TaskId task) {
        writes.add(store -> store.delete(Keys.waiting(plan, task)));
        return this;
    }

    void applyTo(KeyValueStore<Bytes, byte[]> store) {
        for (var write : writes) write.accept(store);
    }

    private Writes write(Bytes key, byte[] value) {
        if (value.length > MAX_VALUE_BYTES)
            throw new IllegalArgumentException(
                    "a value of " + value.length + " bytes exceeds the limit of " + MAX_VALUE_BYTES);
        writes.add(store -> store.put(key, value));
        return this;
    }
}
