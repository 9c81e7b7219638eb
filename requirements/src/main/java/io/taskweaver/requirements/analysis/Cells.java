package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.Phrase;
import io.taskweaver.requirements.text.Lexicon;
import io.taskweaver.requirements.text.Words;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the columns of a table hold. */
final class Cells {
    private Cells() {}

    static boolean isId(String heading) {
        return Lexicon.is("column.id", heading) || heading.strip().equals("#");
    }

    static boolean isText(String heading) {
        return Lexicon.is("column.text", heading);
    }

    static boolean isAsked(String heading) {
        return Lexicon.is("column.asked", heading) || Words.normalised(heading).startsWith("requirement");
    }

    static boolean isPriority(String heading) {
        return Lexicon.is("column.priority", heading);
    }

    static boolean isStatus(String heading) {
        return Lexicon.is("column.status", heading);
    }

    static boolean isDependency(String heading) {
        return Lexicon.is("heading.dependency", heading)
                || Words.normalised(heading).startsWith("depend");
    }

    /** Whether a column is about the statement rather than part of it. */
    static boolean isAbout(String heading) {
        return Lexicon.is("column.owner", heading);
    }

    static boolean isCriteria(String heading) {
        return Role.of(heading) == Role.CRITERIA;
    }

    static boolean isComponent(String heading) {
        return Lexicon.is("column.component", heading);
    }

    /** Whether a column explains a choice that another column names. */
    static boolean isExplanation(String heading) {
        var name = Words.normalised(heading);
        return name.equals("phase")
                || Stream.of("why", "rationale", "licen", "restriction").anyMatch(name::startsWith);
    }

    /** All cells that hold something, on one line. */
    static String joined(Block.Row row) {
        return joined(row.cells());
    }

    static String joined(List<Phrase> cells) {
        return cells.stream()
                .map(cell -> cell.text().strip())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" — "));
    }
}
