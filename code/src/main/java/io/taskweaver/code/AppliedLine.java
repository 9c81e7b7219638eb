package io.taskweaver.code;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What became of the commits of a line in a repository of a user.
 *
 * @param onto what they were put on: the name of a branch, or the beginning of a commit's name; empty in a repository
 *     without commits
 * @param commits number of commits of the plan that fit
 * @param work number of commits before them with work that was not committed when the plan started
 * @param unfit what was left out
 * @param present titles of commits whose changes were there already
 * @param united paths at whose same place both sides had changed something, with the rule that united them
 * @param origin commit of the user that the plan started from; empty if it is not in the repository
 * @param notes what else a person should know, a sentence each
 */
public record AppliedLine(
        String onto,
        int commits,
        int work,
        List<Unfit> unfit,
        List<String> present,
        Map<String, String> united,
        Optional<String> origin,
        List<String> notes) {
    public AppliedLine {
        unfit = List.copyOf(unfit);
        present = List.copyOf(present);
        united = Collections.unmodifiableSortedMap(new TreeMap<>(united));
        notes = List.copyOf(notes);
    }

    /** The same with one more note. */
    AppliedLine noting(String note) {
        var more = new ArrayList<>(notes);
        more.add(note);
        return new AppliedLine(onto, commits, work, unfit, present, united, origin, more);
    }

    /**
     * A commit that does not fit.
     *
     * @param title first line of its message
     * @param paths where it contradicts what is there
     * @param needs titles of commits that were left out before it, and changed the same paths
     */
    public record Unfit(String title, List<String> paths, List<String> needs) {
        public Unfit {
            paths = List.copyOf(paths);
            needs = List.copyOf(needs);
        }
    }

    /**
     * Files that the branch changes, and that have changes in the working tree which are not committed: Git does not merge
     * the branch there.
     *
     * @param paths at least one
     * @param isInBranch whether they are the work that the branch begins with
     */
    public record Uncommitted(List<String> paths, boolean isInBranch) {
        public Uncommitted {
            paths = List.copyOf(paths);
        }
    }

    /** How writing it ended. */
    public sealed interface Outcome {
        /**
         * It is on a branch.
         *
         * @param commit where the branch is
         * @param base commit that it is on top of; empty in a repository without commits
         * @param before where it was; empty if there was none
         * @param uncommitted what keeps it from being merged in the working tree
         */
        record OnBranch(
                String branch,
                String commit,
                Optional<String> base,
                Optional<String> before,
                Optional<Uncommitted> uncommitted,
                AppliedLine line)
                implements Outcome {}

        /**
         * It is in the working tree, uncommitted.
         *
         * @param files number of files that changed
         */
        record InWorkTree(Path folder, int files, AppliedLine line) implements Outcome {}

        /** There was nothing to write: all is there already, or nothing fits. */
        record Nothing(AppliedLine line) implements Outcome {}

        /** The repository is as it was. */
        record Refused(Refusal refusal) implements Outcome {}
    }
}
