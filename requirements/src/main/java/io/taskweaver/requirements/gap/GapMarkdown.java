package io.taskweaver.requirements.gap;

import io.taskweaver.model.Finding;
import io.taskweaver.model.Verdict;
import java.util.List;

/** Writes findings for people: a sentence of counts, then a table for each subject. */
public final class GapMarkdown {
    private GapMarkdown() {}

    /** The report as Markdown. */
    public static String write(GapReport report) {
        var text =
                new StringBuilder("# Gap analysis\n\n").append(counts(report)).append('\n');
        table("Requirements", report.requirements(), text);
        table("Structure", report.structure(), text);
        table("Code without a requirement", report.unrequested(), text);
        return text.toString();
    }

    private static String counts(GapReport report) {
        return report.requirements().size() + " requirements: " + report.count(Verdict.EXISTS) + " exist, "
                + report.count(Verdict.PARTIAL) + " in part, " + report.count(Verdict.MISSING) + " missing, "
                + report.count(Verdict.CONTRADICTED) + " contradicted. "
                + report.unrequested().size() + " declarations without a requirement.";
    }

    private static void table(String heading, List<Finding> findings, StringBuilder text) {
        if (findings.isEmpty()) return;
        text.append("\n## ")
                .append(heading)
                .append("\n\n| what | verdict | confidence | why | evidence |\n|---|---|---:|---|---|\n");
        for (var finding : findings)
            text.append("| %s | %s | %s | %s | %s |\n"
                    .formatted(
                            cell(finding.id().map(id -> id + " ").orElse("") + finding.title()),
                            finding.verdict().word(),
                            finding.confidence(),
                            cell(finding.because()),
                            cell(finding.places())));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replaceAll("\\s+", " ");
    }
}
