package io.taskweaver.context;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.taskweaver.model.TaskId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Results that wait to become part of a plan's code. With a command, they are verified together on the code that they would
 * make: a batch that fails is halved until the result is found that makes it fail, as merge queues do.
 *
 * @param command command of the plan; empty if results are merged unverified
 * @param mayFail whether the code that the plan starts from may fail
 * @param failures failures of the command that the head has
 * @param verified tree on which the command succeeded last; empty if there is none
 * @param waiting tasks whose results wait, in the order of their arrival
 * @param reservations files that are being reconciled
 * @param batch results that are being verified
 * @param suspects results that fail together, in the order in which they were verified
 * @param failing tree that the suspects make
 * @param reason how it fails
 * @param requested number of batches so far
 * @param reviews kinds of task whose results wait for a person's approval
 * @param inReview tasks whose results wait for it; they are none of those that wait for anything else
 * @param approvals of results that have not arrived
 */
@RecordBuilder
@RecordBuilder.Options(enableWither = false)
record MergeQueue(
        Optional<String> command,
        boolean mayFail,
        List<String> failures,
        String verified,
        List<TaskId> waiting,
        List<Reservation> reservations,
        Optional<Batch> batch,
        List<TaskId> suspects,
        String failing,
        String reason,
        long requested,
        Set<String> reviews,
        List<TaskId> inReview,
        List<Approval> approvals) {
    /** Of a plan without a command, in which nothing waits. */
    static final MergeQueue NONE = of(Optional.empty(), false);

    MergeQueue {
        failures = List.copyOf(failures);
        waiting = List.copyOf(waiting);
        reservations = List.copyOf(reservations);
        suspects = List.copyOf(suspects);
        reviews = Set.copyOf(reviews);
        inReview = List.copyOf(inReview);
        approvals = List.copyOf(approvals);
    }

    /**
     * A person's approval of a result.
     *
     * @param attempt that made it
     */
    record Approval(TaskId task, int attempt) {}

    /**
     * Files that a reconcile task brings together. Until it has, results that change them wait: it could not end otherwise.
     *
     * @param task whose result conflicts
     * @param attempt that made it
     * @param paths files, by their paths in the tree
     */
    record Reservation(TaskId task, int attempt, List<String> paths) {
        Reservation {
            paths = List.copyOf(paths);
        }

        boolean covers(String path) {
            return paths.stream()
                    .anyMatch(reservedPath -> reservedPath.equals(path)
                            || reservedPath.startsWith(path + "/")
                            || path.startsWith(reservedPath + "/"));
        }
    }

    /**
     * Results that are verified together.
     *
     * @param node that does it
     * @param commit head with these results
     * @param from head without them
     * @param results those that are not merged yet, in their order
     * @param verdict what the command says; empty until it is known
     */
    record Batch(TaskId node, String commit, String from, List<TaskId> results, Optional<Verdict> verdict) {
        Batch {
            results = List.copyOf(results);
        }

        private Batch with(Verdict said) {
            return new Batch(node, commit, from, results, Optional.of(said));
        }
    }

    /**
     * What the command says of a batch.
     *
     * @param reason how it failed
     * @param failures what failed
     */
    record Verdict(boolean passed, String reason, List<String> failures) {
        Verdict {
            failures = List.copyOf(failures);
        }
    }

    static MergeQueue of(Optional<String> command, boolean mayFail) {
        return new MergeQueue(
                command,
                mayFail,
                List.of(),
                "",
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                "",
                "",
                0,
                Set.of(),
                List.of(),
                List.of());
    }

    /** The same for a plan in which results of some kinds of task are reviewed. */
    MergeQueue reviewing(Set<String> kinds) {
        return with().reviews(kinds).build();
    }

    /** A result waits for a person's approval. */
    MergeQueue review(TaskId task) {
        return inReview.contains(task)
                ? this
                : settled(task).with().inReview(and(inReview, task)).build();
    }

    /** It need not wait for approval any more. */
    MergeQueue reviewed(TaskId task) {
        return with().inReview(without(inReview, task))
                .approvals(approvals.stream()
                        .filter(each -> !each.task().equals(task))
                        .toList())
                .build();
    }

    MergeQueue approve(Approval ahead) {
        return approvals.contains(ahead)
                ? this
                : with().approvals(and(approvals, ahead)).build();
    }

    /** Whether nothing holds a result back that changes these files. */
    boolean isOpen() {
        return command.isEmpty() && reservations.isEmpty() && waiting.isEmpty();
    }

    MergeQueue await(TaskId task) {
        return waiting.contains(task)
                ? this
                : with().waiting(and(waiting, task)).build();
    }

    /** Its result is settled. */
    MergeQueue settled(TaskId task) {
        return with().waiting(without(waiting, task))
                .suspects(without(suspects, task))
                .build()
                .reviewed(task);
    }

    MergeQueue reserve(Reservation files) {
        return files.paths().isEmpty() || reservations.contains(files)
                ? this
                : with().reservations(and(reservations, files)).build();
    }

    /** Whoever held files for a task's result holds them no longer. */
    MergeQueue release(TaskId task) {
        return released(reserved -> reserved.task().equals(task));
    }

    MergeQueue release(TaskId task, int attempt) {
        return released(reserved -> reserved.task().equals(task) && reserved.attempt() == attempt);
    }

    private MergeQueue released(Predicate<Reservation> which) {
        return with().reservations(reservations.stream().filter(which.negate()).toList())
                .build();
    }

    /** The results that the next batch may have: half of those that fail together. */
    List<TaskId> candidates() {
        return suspects.isEmpty() ? waiting : suspects.subList(0, Math.max(1, suspects.size() / 2));
    }

    MergeQueue request(Batch next) {
        return with().batch(Optional.of(next)).requested(requested + 1).build();
    }

    /** The command has spoken about the batch. */
    MergeQueue judged(Verdict verdict) {
        return with().batch(batch.map(asked -> asked.with(verdict))).build();
    }

    /** The batch is dropped: nothing is known of its results. */
    MergeQueue withoutBatch() {
        return with().batch(Optional.empty()).build();
    }

    /** The first result of a batch that passed is merged. */
    MergeQueue merged(TaskId first, String head) {
        var left = batch.map(
                        now -> new Batch(now.node(), now.commit(), head, without(now.results(), first), now.verdict()))
                .filter(now -> !now.results().isEmpty());
        return settled(first).with().batch(left).build();
    }

    /** The batch failed: one of its results is to blame. */
    MergeQueue suspect(String tree, Batch failed, String why) {
        return with().batch(Optional.empty())
                .suspects(failed.results())
                .failing(tree)
                .reason(why)
                .build();
    }

    /** The one to blame is found: nothing is known of the others. */
    MergeQueue cleared() {
        return with().batch(Optional.empty())
                .suspects(List.of())
                .failing("")
                .reason("")
                .build();
    }

    /** The command succeeded on a tree, but for failures that are known. */
    MergeQueue verified(String tree, List<String> left) {
        return with().verified(tree).failures(left).build();
    }

    private MergeQueueBuilder with() {
        return MergeQueueBuilder.builder(this);
    }

    private static <T> List<T> and(List<T> some, T more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    private static List<TaskId> without(List<TaskId> tasks, TaskId task) {
        return tasks.stream().filter(each -> !each.equals(task)).toList();
    }
}
