package io.taskweaver.context;

import io.taskweaver.contexts.Settlement;
import io.taskweaver.model.FileConflict;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanEvent.ContextMerged;
import io.taskweaver.model.event.PlanEvent.MergeConflicted;
import io.taskweaver.wire.Topics;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;

/** Creates the events about results. */
final class MergeEvents {
    /** Maximum bytes of conflicts in an event, so that it fits into a message without compression. */
    static final int MAX_CONFLICT_BYTES = Topics.MAX_MESSAGE_BYTES - 1024 * 1024;

    /** Overhead of a file in an event, besides its path. */
    private enum Detail {
        TEXTS,
        CONTRIBUTORS,
        NOTHING
    }

    private MergeEvents() {}

    /** @param cause event that caused it */
    static PlanEvent of(Settlement outcome, PlanId plan, Optional<String> cause, Instant at) {
        return switch (outcome) {
            case Settlement.Merged merged ->
                new ContextMerged(
                        Meta.of(ContextMerged.class, plan, at, cause, merged.task(), merged.attempt()),
                        merged.task(),
                        merged.attempt(),
                        merged.version(),
                        merged.changed(),
                        merged.digest().hex());
            case Settlement.Conflicted conflicted ->
                new MergeConflicted(
                        Meta.of(MergeConflicted.class, plan, at, cause, conflicted.task(), conflicted.attempt()),
                        conflicted.task(),
                        conflicted.attempt(),
                        fitting(conflicted.conflicts()));
        };
    }

    private static List<FileConflict> fitting(List<FileConflict> conflicts) {
        var detail = Arrays.stream(Detail.values())
                .filter(each -> bytes(conflicts, each) <= MAX_CONFLICT_BYTES)
                .findFirst()
                .orElse(Detail.NOTHING);
        return conflicts.stream().map(conflict -> reduced(conflict, detail)).toList();
    }

    private static FileConflict reduced(FileConflict conflict, Detail detail) {
        if (detail == Detail.TEXTS) return conflict;
        return new FileConflict(
                conflict.path(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                detail == Detail.NOTHING ? List.of() : conflict.contributors());
    }

    private static long bytes(List<FileConflict> conflicts, Detail detail) {
        return conflicts.stream()
                .map(conflict -> reduced(conflict, detail))
                .mapToLong(MergeEvents::bytes)
                .sum();
    }

    /** Bytes of UTF-8, with Avro's length prefix. */
    private static long bytes(FileConflict conflict) {
        var texts = Stream.of(Optional.of(conflict.path()), conflict.base(), conflict.current(), conflict.proposed())
                .flatMap(Optional::stream);
        return Stream.concat(texts, conflict.contributors().stream().map(Object::toString))
                .mapToLong(text -> 5L + Utils.utf8Length(text))
                .sum();
    }
}
