package io.taskweaver.client.hosting;

import io.taskweaver.client.OpenTasks;
import io.taskweaver.code.AppliedLine;
import io.taskweaver.code.BranchPush;
import io.taskweaver.model.PlanId;
import io.taskweaver.reports.Counts;
import java.util.List;
import java.util.Optional;

/**
 * Title and text of a pull request.
 *
 * @param body Markdown
 */
public record RequestText(String title, String body) {
    /** Title of a plan whose documents have none. */
    private static final String UNTITLED = "Plan";

    private static final int LONGEST_TITLE = 200;
    /** GitHub accepts 65,536 characters. */
    private static final int LONGEST_BODY = 60_000;

    private static final int LONGEST_SUMMARY = 1_000;

    /**
     * The text for a plan's branch.
     *
     * @param title title of the plan, if it is known
     * @param commits of the branch
     * @param line what became of the plan's commits
     * @param open tasks whose work is not merged
     */
    public static RequestText of(
            PlanId plan, Optional<String> title, List<BranchPush.Commit> commits, AppliedLine line, OpenTasks open) {
        var head = title.map(RequestText::oneLine)
                .filter(text -> !text.isEmpty() && !text.equals(UNTITLED))
                .orElse("TaskWeaver: " + plan);
        var text = new StringBuilder("Made by TaskWeaver, plan `" + plan + "`: ")
                .append(Counts.of(commits.size(), "commit"))
                .append(".\n");
        if (!open.isEmpty())
            text.append("\n**Not included**, because not merged")
                    .append(open.isNow() ? "" : " when the last run ended")
                    .append(": ")
                    .append(String.join(", ", open.ids()))
                    .append(".\n");
        if (!line.unfit().isEmpty()) {
            text.append("\n**Left out**, because of conflicts with the target branch:\n\n");
            for (var unfit : line.unfit())
                text.append("- ")
                        .append(escaped(unfit.title()))
                        .append(" (")
                        .append(escaped(String.join(", ", unfit.paths())))
                        .append(")\n");
        }
        if (!line.united().isEmpty())
            text.append("\nBoth sides changed the same place of ")
                    .append(escaped(String.join(", ", line.united().keySet())))
                    .append(", and both changes are kept; check the order.\n");
        text.append("\n## Commits\n");
        int left = 0;
        for (var commit : commits) {
            var part = part(commit);
            if (text.length() + part.length() > LONGEST_BODY) left++;
            else text.append(part);
        }
        if (left > 0)
            text.append("\nand ").append(Counts.of(left, "more commit")).append(".\n");
        return new RequestText(
                head.length() > LONGEST_TITLE ? head.substring(0, LONGEST_TITLE) + "..." : head, text.toString());
    }

    private static String part(BranchPush.Commit commit) {
        var summary = commit.body().length() > LONGEST_SUMMARY
                ? commit.body().substring(0, LONGEST_SUMMARY) + "..."
                : commit.body();
        return "\n### " + escaped(oneLine(commit.title()))
                + commit.task().map(task -> " (" + escaped(task) + ")").orElse("") + "\n"
                + (summary.isBlank() ? "" : "\n" + quoted(summary) + "\n");
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    /** What agents wrote mentions nobody and closes no issue. */
    private static String escaped(String text) {
        return text.replaceAll("([\\\\`*_\\[\\]<>|])", "\\\\$1")
                .replace("@", "@\u200b")
                .replaceAll("#(?=\\d)", "#\u200b");
    }

    private static String quoted(String text) {
        return String.join("\n", text.lines().map(line -> "> " + escaped(line)).toList());
    }
}
