package io.taskweaver.requirements.analysis;

import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.Phrase;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the lines of a paragraph as they are meant: one that was broken within a sentence continues in the next. */
final class RunningText {
    private static final String ENDS = ".!?:;。！？：；";
    /** A line that ends with one of these says nothing yet. */
    private static final Set<String> OPEN_ENDS = Words.set("""
        a an the of to in on for and or with by as at be is are it its this that these those shall must should can
        will may not from into all when then so what which who whose where than after before see needs requires
        until unless if against between via per each every no only their our your his her more most less least der
        die das und oder mit von zu im auf für muss soll le la les et ou de des du el los y o con en
        """);

    private RunningText() {}

    /** A line with those that continue it. */
    record Line(Phrase phrase, SourceSpan at) {}

    static List<Line> lines(Block.Paragraph paragraph) {
        var lines = new ArrayList<Line>();
        var whole = new ArrayList<Line>();
        for (int i = 0; i < paragraph.lines().size(); i++) {
            var next = new Line(paragraph.lines().get(i), paragraph.at(i));
            if (!whole.isEmpty() && !continues(whole.getLast().phrase(), next.phrase())) {
                lines.add(joined(whole));
                whole.clear();
            }
            whole.add(next);
        }
        if (!whole.isEmpty()) lines.add(joined(whole));
        return lines;
    }

    private static boolean continues(Phrase before, Phrase next) {
        var text = before.text().strip();
        if (text.isEmpty() || next.isBlank() || before.isBold() || before.struck() || next.struck()) return false;
        char last = text.charAt(text.length() - 1);
        if (ENDS.indexOf(last) >= 0) return false;
        var words = Words.plain(text);
        if (last == ',' || (!words.isEmpty() && OPEN_ENDS.contains(words.getLast()))) return true;
        return next.lead().isEmpty()
                && Character.isLowerCase(next.text().codePointAt(0))
                && next.label().isEmpty();
    }

    private static Line joined(List<Line> parts) {
        var first = parts.getFirst();
        if (parts.size() == 1) return first;
        var text = parts.stream().map(part -> part.phrase().text()).collect(Collectors.joining(" "));
        return new Line(
                new Phrase(text, first.phrase().lead(), false),
                new SourceSpan(
                        first.at().path(),
                        first.at().firstLine(),
                        parts.getLast().at().lastLine()));
    }
}
