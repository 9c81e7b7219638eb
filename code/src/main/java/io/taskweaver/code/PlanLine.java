package io.taskweaver.code;

import io.taskweaver.model.BaseCommit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The line of a plan: what it started from, and one commit for each result that is merged and each contract that is
 * published.
 *
 * @param base what it started from
 * @param head full object name of its last commit; that of the base if nothing is merged
 */
public record PlanLine(BaseCommit base, String head) {
    private static final Pattern OBJECT = Pattern.compile("[0-9a-f]{40}");

    public PlanLine {
        if (!OBJECT.matcher(head).matches()) throw new IllegalArgumentException("no name of a commit: " + head);
    }

    /** Whether nothing is merged yet. */
    public boolean isEmpty() {
        return head.equals(base.commit());
    }

    /** Ids of the tasks whose work it has, also where that came by the reconciliation of a conflict. */
    public Set<String> tasks(CodeRepository code) throws IOException {
        var tasks = new LinkedHashSet<String>();
        for (var commit : commits(code)) tasks.addAll(commit.ofTasks());
        return tasks;
    }

    /** Its commits after the base, in their order. */
    List<RawCommit> commits(CodeRepository code) throws IOException {
        var commits = new ArrayList<RawCommit>();
        for (var at = head; !at.equals(base.commit()); ) {
            var commit = RawCommit.read(code, at);
            commits.addFirst(commit);
            if (commit.parents().isEmpty())
                throw new IOException("the line from " + base.commit() + " to " + head + " is not connected");
            at = commit.parents().getFirst();
        }
        return commits;
    }
}
