package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.Phrase;
import io.taskweaver.requirements.text.Lexicon;
import io.taskweaver.requirements.text.Words;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the columns of a table hold. */
final class Cells {
    private static final List<String> STATUS = List.of("column.status", "column.ticked");
    private static final List<String> NEEDS = List.of("heading.dependency", "column.needs");
    private static final List<String> ABOUT =
            List.of("column.about", "column.assignee", "column.tags", "column.type", "column.url");

    private Cells() {}

    static boolean isId(String heading) {
        return Lexicon.is("column.id", heading);
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
        return Lexicon.first(STATUS, heading).isPresent();
    }

    /** What a cell says of progress: "yes" only below a heading such as "Done". */
    static Optional<Progress> progress(String heading, String cell) {
        boolean isTicked = Lexicon.is("column.ticked", heading) && Lexicon.is("status.yes", cell);
        return isTicked ? Optional.of(Progress.DONE) : Progress.of(cell);
    }

    static boolean isDependency(String heading) {
        return Lexicon.first(NEEDS, heading).isPresent()
                || Words.normalised(heading).startsWith("depend");
    }

    /** Whether a column is about the statement rather than part of it. */
    static boolean isAbout(String heading) {
        return Lexicon.first(ABOUT, heading).isPresent();
    }

    /** Whether a column names what of elsewhere a row is about. */
    static boolean isReference(String heading) {
        return Lexicon.is("column.reference", heading);
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
