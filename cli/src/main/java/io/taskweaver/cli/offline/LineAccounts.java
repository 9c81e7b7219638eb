package io.taskweaver.cli.offline;

import io.taskweaver.requirements.analysis.LineAccount;
import io.taskweaver.requirements.analysis.LineUse;
import java.util.Locale;
import java.util.stream.Collectors;

/** Accounts of lines, for people. */
final class LineAccounts {
    private LineAccounts() {}

    /** One row for each line of the document: its number, what became of it, how sure that is, of what it is a part, and why. */
    static String text(LineAccount account) {
        var text = new StringBuilder(account.path()).append('\n');
        for (var line : account.lines()) {
            var shown = line.what().isEmpty() ? line.why() : oneLine(line.what()) + "  (" + line.why() + ")";
            var sureness = line.why().isEmpty() ? "" : line.sureness().name().toLowerCase(Locale.ROOT);
            text.append(String.format(
                                    Locale.ROOT,
                                    "%6d  %-12s  %-7s  %s",
                                    line.number(),
                                    name(line.use()),
                                    sureness,
                                    shown)
                            .stripTrailing())
                    .append('\n');
        }
        var counts = account.counts().entrySet().stream()
                .map(count -> count.getValue() + " " + name(count.getKey()))
                .collect(Collectors.joining(", "));
        return text.append(account.lines().size())
                .append(" lines: ")
                .append(counts)
                .append(".\n")
                .toString();
    }

    private static String name(LineUse use) {
        return use.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
