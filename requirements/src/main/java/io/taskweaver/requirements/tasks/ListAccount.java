package io.taskweaver.requirements.tasks;

import io.taskweaver.model.Document;
import io.taskweaver.requirements.analysis.LineAccount;
import io.taskweaver.requirements.analysis.LineUse;
import io.taskweaver.requirements.analysis.Sureness;
import java.util.List;

/** What became of the lines of a list of tasks: each states a task, is a part of one, or states none. */
public final class ListAccount {
    private static final String OUTSIDE = "states no task of the list";

    private final String path;
    private final List<String> lines;
    /** Whether it is JSON, where all that follows an entry is of it. */
    private final boolean isObjects;

    private final LineAccount.Line[] account;

    private ListAccount(Document document) {
        path = document.path();
        isObjects = document.content().stripLeading().startsWith("{")
                || document.content().stripLeading().startsWith("[");
        lines = List.of(document.content().split("\r\n|\n|\r", -1));
        account = new LineAccount.Line[lines.size()];
        for (int i = 0; i < account.length; i++) account[i] = outside(i);
    }

    /**
     * The account of a document by the entries that were read in it.
     *
     * @param document as its author wrote it
     */
    public static LineAccount of(Document document, TaskList list) {
        var account = new ListAccount(document);
        int from = 0;
        for (var entry : list.entries()) {
            int line = account.lineOf(entry, from);
            if (line < 0) continue;
            account.take(entry, line);
            from = line + 1;
        }
        account.details();
        return new LineAccount(document.path(), List.of(account.account));
    }

    /** Where an entry is; one that does not say so is looked for by its title, behind the one before it. */
    private int lineOf(TaskEntry entry, int from) {
        if (entry.source().isPresent()) {
            var at = entry.source().get();
            return at.path().equals(path) && at.firstLine() <= account.length ? at.firstLine() - 1 : -1;
        }
        for (int line = from; line < account.length; line++) if (lines.get(line).contains(entry.title())) return line;
        return -1;
    }

    private LineAccount.Line outside(int line) {
        var text = lines.get(line);
        if (text.isBlank()) return new LineAccount.Line(line + 1, LineUse.BLANK, "", "", Sureness.CERTAIN);
        return isHeading(line)
                ? new LineAccount.Line(line + 1, LineUse.HEADING, "", "is a heading", Sureness.CERTAIN)
                : new LineAccount.Line(line + 1, LineUse.PROSE, "", OUTSIDE, Sureness.LIKELY);
    }

    private void take(TaskEntry entry, int line) {
        account[line] =
                new LineAccount.Line(line + 1, use(entry), entry.id(), "is an entry of the list", Sureness.CERTAIN);
    }

    /** What is below an entry and further in, or the text below one that is a heading, or in a list of objects, is its own. */
    private void details() {
        var of = "";
        int depth = 0;
        for (int line = 0; line < account.length; line++) {
            var found = account[line];
            boolean isEntry =
                    found.use() == LineUse.TASK || found.use() == LineUse.DONE_TASK || found.use() == LineUse.BOUNDARY;
            if (isEntry) {
                of = found.what();
                depth = isHeading(line) || isObjects ? -1 : depth(line);
            } else if (found.use() == LineUse.HEADING) of = "";
            else if (!of.isEmpty() && found.use() == LineUse.PROSE && depth(line) > depth)
                account[line] = new LineAccount.Line(
                        line + 1, LineUse.DETAIL, of, "belongs to the entry above it", Sureness.LIKELY);
        }
    }

    private boolean isHeading(int line) {
        return lines.get(line).startsWith("#");
    }

    private int depth(int line) {
        var text = lines.get(line);
        return text.length() - text.stripLeading().length();
    }

    private static LineUse use(TaskEntry entry) {
        return switch (entry.status()) {
            case DONE -> LineUse.DONE_TASK;
            case CANCELLED, DEFERRED -> LineUse.BOUNDARY;
            case PENDING, IN_PROGRESS, REVIEW, BLOCKED, FAILED -> LineUse.TASK;
        };
    }
}
