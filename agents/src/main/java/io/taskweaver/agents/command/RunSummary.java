package io.taskweaver.agents.command;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a run did, in a few lines for whoever reviews it: the message of the task's commit, and a line of the report. */
final class RunSummary {
    private static final int MOST_LINES = 12;
    private static final int LONGEST = 2_000;
    private static final int MOST_COMMITS = 20;
    /** Most paths of one summary. */
    private static final int MOST_PATHS = 50;

    private static final Pattern CONTROL = Pattern.compile("\u001B\\[[0-9;?]*[ -/]*[@-~]|[\\p{Cntrl}&&[^\\n\\t]]");
    /** A heading, or a word with a colon, that says that a summary follows. */
    private static final Pattern DECLARED = Pattern.compile(
            "(?im)^[#*_ \\t]*(?:summary|what to review|what i did)\\b[ \\t]*(?:[*_#]*[ \\t]*(?:$|:[*_ \\t]*))");

    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} ");
    private static final Pattern WORDS = Pattern.compile("\\p{L}{2,}");

    private RunSummary() {}

    /**
     * A summary: what the agent said in its own commits, else what it says about its work.
     *
     * @param commits messages of commits that it made, in their order
     * @param answer its answer, or all that it printed
     * @param isAnswer whether the agent names it as its answer, so that nothing else is in it
     * @param leftOut what its result lacks
     */
    static String of(List<String> commits, String answer, boolean isAnswer, List<String> leftOut) {
        var text = commits.isEmpty() ? said(clean(answer), isAnswer) : committed(commits);
        if (leftOut.isEmpty()) return text;
        var more = leftOut.size() > MOST_PATHS ? ", and " + (leftOut.size() - MOST_PATHS) + " more" : "";
        var shown = String.join(", ", leftOut.subList(0, Math.min(MOST_PATHS, leftOut.size())));
        return (text + "\nLeft out: " + shown + more).strip();
    }

    private static String clean(String text) {
        return CONTROL.matcher(text.replace("\r\n", "\n").replace('\r', '\n'))
                .replaceAll("")
                .strip();
    }

    private static String committed(List<String> commits) {
        var messages = commits.stream()
                .map(RunSummary::clean)
                .filter(message -> !message.isEmpty())
                .toList();
        if (messages.size() == 1) return shortened(messages.getFirst());
        var text = new StringBuilder();
        for (var message : messages.subList(0, Math.min(MOST_COMMITS, messages.size())))
            text.append("- ")
                    .append(message.replace("\n", "\n  ").replaceAll("(?m)^ +$", ""))
                    .append('\n');
        if (messages.size() > MOST_COMMITS)
            text.append("- and ").append(messages.size() - MOST_COMMITS).append(" more commits");
        return shortened(text.toString().strip());
    }

    private static String said(String text, boolean isAnswer) {
        var declared = DECLARED.matcher(text);
        var summary = "";
        while (declared.find()) summary = section(text.substring(declared.end()));
        if (!summary.isEmpty()) return firstLines(summary);
        return isAnswer ? lastParagraphs(text) : lastLines(lastParagraph(text));
    }

    /** Until the next heading. */
    private static String section(String text) {
        var heading = HEADING.matcher(text);
        return (heading.find() ? text.substring(0, heading.start()) : text).strip();
    }

    private static String lastParagraph(String text) {
        var paragraphs = paragraphs(text);
        return paragraphs.isEmpty() ? "" : paragraphs.getLast();
    }

    /** As many whole ones as have room; the end of the last one, if that has none. */
    private static String lastParagraphs(String text) {
        var chosen = new ArrayList<String>();
        int lines = 0;
        for (var paragraph : paragraphs(text).reversed()) {
            lines += (int) paragraph.lines().count() + 1;
            if (!chosen.isEmpty() && lines > MOST_LINES + 1) break;
            chosen.addFirst(paragraph);
        }
        return lastLines(String.join("\n\n", chosen));
    }

    /** Those that say something in words. */
    private static List<String> paragraphs(String text) {
        return Pattern.compile("\\n[ \\t]*\\n")
                .splitAsStream(text)
                .map(String::strip)
                .filter(paragraph -> WORDS.matcher(paragraph).find())
                .toList();
    }

    private static String firstLines(String text) {
        var lines = text.lines().toList();
        return shortened(String.join("\n", lines.subList(0, Math.min(lines.size(), MOST_LINES))));
    }

    private static String lastLines(String text) {
        var lines = text.lines().toList();
        return shortened(String.join("\n", lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size())));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST
                ? text.strip()
                : text.substring(0, LONGEST).strip() + "...";
    }
}
