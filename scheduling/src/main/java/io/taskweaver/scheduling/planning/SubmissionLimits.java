package io.taskweaver.scheduling.planning;

import io.taskweaver.model.Document;
import io.taskweaver.model.Plan;
import io.taskweaver.model.Rejection;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.effort.LimitExceeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What one submission may ask of who plans it. What is within takes time and memory that grow about as its size does; more
 * is refused, with the limit named. The only place where it is decided: before a submission is accepted by {@link #refused},
 * while it is planned by {@link LimitCounter}.
 *
 * @param bytes of all documents together, UTF-8
 * @param documents how many, the structure not counted
 * @param lines of all documents together
 * @param tasks nodes of the plan, contracts included
 * @param needs edges of the plan, and what documents state about dependencies
 * @param components contracts of the plan
 * @param characters text of all tasks together; a list that repeats a text in every part of a whole has more than its bytes
 * @param recordBytes of the data of one task, one component or the plan itself: each has to fit into one message
 * @param changes to the plan that come with the submission
 */
public record SubmissionLimits(
        int bytes,
        int documents,
        int lines,
        int tasks,
        int needs,
        int components,
        int characters,
        int recordBytes,
        int changes) {
    /** Three times what a plan of 100,000 requirements needs, within the memory of the local runtime. */
    public static final SubmissionLimits DEFAULT = new SubmissionLimits(
            Planner.MAX_SUBMISSION_BYTES,
            10_000,
            300_000,
            150_000,
            1_000_000,
            20_000,
            32 * 1024 * 1024,
            7 * 1024 * 1024,
            1_000);

    public SubmissionLimits {
        for (int limit :
                new int[] {bytes, documents, lines, tasks, needs, components, characters, recordBytes, changes})
            if (limit < 1) throw new IllegalArgumentException("a limit of submissions must be positive: " + limit);
    }

    /** Limits that documents exceed before they are read or planned; empty if none. */
    public List<Rejection> refused(List<Document> submitted, Optional<Document> structure) {
        var refused = new ArrayList<Rejection>();
        long size = 0;
        for (var document : submitted) size += utf8Length(document.content());
        size += structure.map(document -> utf8Length(document.content())).orElse(0L);
        if (size > bytes)
            refused.add(new Rejection(
                    "too-large",
                    String.format(
                            Locale.ROOT,
                            "The documents have %.1f MB; the limit is %.1f MB (%d bytes).",
                            mb(size),
                            mb(bytes),
                            bytes),
                    "Split the documents into several plans.",
                    Optional.empty()));
        if (submitted.size() > documents)
            refused.add(rejection(new LimitExceeded(
                    "documents",
                    documents,
                    String.format(Locale.ROOT, "The submission has %,d documents", submitted.size()),
                    "Merge documents, or submit separate plans.")));
        long count = submitted.stream().mapToLong(document -> linesOf(document)).sum()
                + structure.map(SubmissionLimits::linesOf).orElse(0L);
        if (count > lines)
            refused.add(rejection(new LimitExceeded(
                    "lines",
                    lines,
                    String.format(Locale.ROOT, "The documents have %,d lines", count),
                    "Split the documents into several plans.")));
        return refused;
    }

    /** Why a plan cannot be published: a record is too large for a message. Empty if all fit. */
    public Optional<Rejection> refused(Plan plan) {
        try {
            new LimitCounter(this).plan(plan);
            return Optional.empty();
        } catch (LimitExceeded e) {
            return Optional.of(rejection(e));
        }
    }

    /** Why so many changes are not made to a plan. Empty if they may be. */
    public Optional<Rejection> refusedChanges(int count) {
        return count <= changes
                ? Optional.empty()
                : Optional.of(rejection(new LimitExceeded(
                        "changes",
                        changes,
                        String.format(Locale.ROOT, "The submission has %,d changes to its plan", count),
                        "Change the documents instead.")));
    }

    private static long linesOf(Document document) {
        var text = document.content();
        long lines = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean ends = c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'));
            if (ends) lines++;
        }
        return lines;
    }

    /** The reason for a rejected submission, for its user. */
    public static Rejection rejection(LimitExceeded exceeded) {
        return new Rejection(
                "limit-exceeded",
                exceeded.message(),
                exceeded.hint(),
                exceeded.path().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new SourceSpan(
                                exceeded.path(), Math.max(1, exceeded.line()), Math.max(1, exceeded.line()))));
    }

    private static double mb(long bytes) {
        return bytes / (1024.0 * 1024.0);
    }

    static long utf8Length(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }
}
