package io.taskweaver.context;

import io.taskweaver.model.CodeResult;
import io.taskweaver.model.FileConflict;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanEvent.ContextMerged;
import io.taskweaver.model.event.PlanEvent.MergeConflicted;
import io.taskweaver.model.event.PlanEvent.VerificationRequested;
import io.taskweaver.wire.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;

/** Creates the events about results. */
final class MergeEvents {
    /** Maximum bytes of conflicts in an event, so that it fits into a message without compression. */
    static final int MAX_CONFLICT_BYTES = Topics.MAX_MESSAGE_BYTES - 1024 * 1024;

    private MergeEvents() {}

    /** @param cause event that caused it */
    static PlanEvent of(Settlement outcome, StoredPlan plan, PlanId id, Optional<String> cause, Instant at) {
        return switch (outcome) {
            case Settlement.Merged merged ->
                new ContextMerged(
                        Meta.of(ContextMerged.class, id, at, cause, merged.task(), merged.attempt()),
                        merged.task(),
                        merged.attempt(),
                        merged.version(),
                        merged.commit(),
                        merged.parent(),
                        merged.tree(),
                        merged.changes(),
                        merged.united());
            case Settlement.Conflicted conflicted ->
                new MergeConflicted(
                        Meta.of(MergeConflicted.class, id, at, cause, conflicted.task(), conflicted.attempt()),
                        conflicted.task(),
                        conflicted.attempt(),
                        fitting(conflicts(conflicted, plan)),
                        conflicted.reason(),
                        conflicted.refused(),
                        conflicted.code().map(CodeResult::commit));
        };
    }

    /** Asks for the verification of a batch. */
    static VerificationRequested of(MergeQueue.Batch batch, PlanId id, Optional<String> cause, Instant at) {
        return new VerificationRequested(
                Meta.of(VerificationRequested.class, id, at, cause, batch.node()),
                batch.node(),
                batch.commit(),
                batch.results());
    }

    /** As the plan names it, which may be about a folder of the repository. */
    private static String inPlan(StoredPlan plan, String path) {
        return plan.head()
                .flatMap(Head::base)
                .flatMap(base -> base.inPlan(path))
                .orElse(path);
    }

    private static List<FileConflict> conflicts(Settlement.Conflicted conflicted, StoredPlan plan) {
        var conflicts = new ArrayList<FileConflict>();
        for (var path : conflicted.paths()) {
            var contributors = plan.contributors(path);
            var names = conflicted.collisions().stream()
                    .filter(collision -> collision.path().equals(path))
                    .map(Settlement.Collision::added)
                    .toList();
            if (names.isEmpty()) conflicts.add(conflict(inPlan(plan, path), contributors, Optional.empty()));
            for (var name : names)
                conflicts.add(conflict(inPlan(plan, path), contributors, Optional.of(inPlan(plan, name))));
        }
        return conflicts;
    }

    /** The texts are in the context of the reconcile task. */
    private static FileConflict conflict(String path, List<TaskId> contributors, Optional<String> proposedPath) {
        return new FileConflict(path, Optional.empty(), Optional.empty(), Optional.empty(), contributors, proposedPath);
    }

    /** Without contributors, if there are too many for a message. */
    static List<FileConflict> fitting(List<FileConflict> conflicts) {
        return conflicts.stream().mapToLong(MergeEvents::bytes).sum() <= MAX_CONFLICT_BYTES
                ? conflicts
                : conflicts.stream()
                        .map(conflict -> conflict(conflict.path(), List.of(), conflict.proposedPath()))
                        .toList();
    }

    /** Bytes of UTF-8, with Avro's length prefix. */
    private static long bytes(FileConflict conflict) {
        return Stream.concat(
                        Stream.concat(Stream.of(conflict.path()), conflict.proposedPath().stream()),
                        conflict.contributors().stream().map(TaskId::value))
                .mapToLong(text -> 5L + Utils.utf8Length(text))
                .sum();
    }
}
