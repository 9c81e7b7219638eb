package io.taskweaver.context;

import io.taskweaver.model.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
 */
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
        long requested) {
    /** Of a plan without a command, in which nothing waits. */
    static final MergeQueue NONE = of(Optional.empty(), false);

    MergeQueue {
        failures = List.copyOf(failures);
        waiting = List.copyOf(waiting);
        reservations = List.copyOf(reservations);
        suspects = List.copyOf(suspects);
    }

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
                command, mayFail, List.of(), "", List.of(), List.of(), Optional.empty(), List.of(), "", "", 0);
    }

    /** Whether nothing holds a result back that changes these files. */
    boolean isOpen() {
        return command.isEmpty() && reservations.isEmpty() && waiting.isEmpty();
    }

    MergeQueue await(TaskId task) {
        if (waiting.contains(task)) return this;
        var more = new ArrayList<>(waiting);
        more.add(task);
        return with(more, reservations, batch, suspects);
    }

    /** Its result is settled. */
    MergeQueue settled(TaskId task) {
        return with(without(waiting, task), reservations, batch, without(suspects, task));
    }

    MergeQueue reserve(Reservation files) {
        if (files.paths().isEmpty() || reservations.contains(files)) return this;
        var more = new ArrayList<>(reservations);
        more.add(files);
        return with(waiting, more, batch, suspects);
    }

    /** Whoever held files for a task's result holds them no longer. */
    MergeQueue release(TaskId task) {
        var left = reservations.stream()
                .filter(reserved -> !reserved.task().equals(task))
                .toList();
        return left.size() == reservations.size() ? this : with(waiting, left, batch, suspects);
    }

    MergeQueue release(TaskId task, int attempt) {
        var left = reservations.stream()
                .filter(reserved -> !(reserved.task().equals(task) && reserved.attempt() == attempt))
                .toList();
        return left.size() == reservations.size() ? this : with(waiting, left, batch, suspects);
    }

    /** The results that the next batch may have: half of those that fail together. */
    List<TaskId> candidates() {
        return suspects.isEmpty() ? waiting : suspects.subList(0, Math.max(1, suspects.size() / 2));
    }

    MergeQueue request(Batch next) {
        return new MergeQueue(
                command,
                mayFail,
                failures,
                verified,
                waiting,
                reservations,
                Optional.of(next),
                suspects,
                failing,
                reason,
                requested + 1);
    }

    /** The command has spoken about the batch. */
    MergeQueue judged(Verdict verdict) {
        return with(waiting, reservations, batch.map(asked -> asked.with(verdict)), suspects);
    }

    /** The batch is dropped: nothing is known of its results. */
    MergeQueue withoutBatch() {
        return with(waiting, reservations, Optional.empty(), suspects);
    }

    /** The first result of a batch that passed is merged. */
    MergeQueue merged(TaskId first, String head) {
        var left = batch.map(
                now -> new Batch(now.node(), now.commit(), head, without(now.results(), first), now.verdict()));
        return settled(first).batched(left.filter(more -> !more.results().isEmpty()));
    }

    private MergeQueue batched(Optional<Batch> now) {
        return with(waiting, reservations, now, suspects);
    }

    /** The batch failed: one of its results is to blame. */
    MergeQueue suspect(String tree, Batch failed, String why) {
        return new MergeQueue(
                command,
                mayFail,
                failures,
                verified,
                waiting,
                reservations,
                Optional.empty(),
                failed.results(),
                tree,
                why,
                requested);
    }

    /** The one to blame is found: nothing is known of the others. */
    MergeQueue cleared() {
        return new MergeQueue(
                command,
                mayFail,
                failures,
                verified,
                waiting,
                reservations,
                Optional.empty(),
                List.of(),
                "",
                "",
                requested);
    }

    /** The command succeeded on a tree, but for failures that are known. */
    MergeQueue verified(String tree, List<String> left) {
        return new MergeQueue(
                command, mayFail, left, tree, waiting, reservations, batch, suspects, failing, reason, requested);
    }

    private MergeQueue with(
            List<TaskId> waiting, List<Reservation> reservations, Optional<Batch> batch, List<TaskId> suspects) {
        return new MergeQueue(
                command,
                mayFail,
                failures,
                verified,
                waiting,
                reservations,
                batch,
                suspects,
                failing,
                reason,
                requested);
    }

    private static List<TaskId> without(List<TaskId> tasks, TaskId task) {
        return tasks.stream().filter(each -> !each.equals(task)).toList();
    }
}
