package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.Phrase;
import io.taskweaver.requirements.text.Words;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the columns of a table hold. */
final class Cells {
    private static final Set<String> ID_HEADINGS = Set.copyOf(Words.phrases("""
        id, ids, req id, requirement id, req, ref, reference, key, story id, task id, us, fr, nfr, code, identifier,
        nr, no, number, 编号, 番号
        """));
    private static final Set<String> TEXT_HEADINGS = Set.copyOf(Words.phrases("""
        requirement, requirements, description, user story, story, feature, task, title, name, summary,
        functional requirement, need, capability, functionality, what, details, statement, anforderung,
        beschreibung, 需求, 描述, 要件, 説明
        """));

    private Cells() {}

    static boolean isId(String heading) {
        return ID_HEADINGS.contains(Words.normalised(heading))
                || heading.strip().equals("#");
    }

    static boolean isText(String heading) {
        return TEXT_HEADINGS.contains(Words.normalised(heading));
    }

    static boolean isAsked(String heading) {
        var name = Words.normalised(heading);
        return name.startsWith("requirement")
                || Set.of("user story", "task", "feature").contains(name);
    }

    static boolean isPriority(String heading) {
        return Set.of("priority", "moscow", "importance", "prio").contains(Words.normalised(heading));
    }

    static boolean isStatus(String heading) {
        return Set.of("status", "state", "done").contains(Words.normalised(heading));
    }

    static boolean isDependency(String heading) {
        var name = Words.normalised(heading);
        return name.startsWith("depend") || name.equals("blocked by") || name.startsWith("prerequisite");
    }

    static boolean isCriteria(String heading) {
        return Role.of(heading) == Role.CRITERIA;
    }

    static boolean isComponent(String heading) {
        return Set.of("component", "module", "epic", "area").contains(Words.normalised(heading));
    }

    /** Whether a column explains a choice that another column names. */
    static boolean isExplanation(String heading) {
        var name = Words.normalised(heading);
        return name.equals("phase")
                || Stream.of("why", "rationale", "licen", "restriction").anyMatch(name::startsWith);
    }

    static boolean saysDone(String text) {
        var words = Words.plain(text.toLowerCase(Locale.ROOT));
        if (text.strip().startsWith("✅") || text.strip().startsWith("☑")) return true;
        if (words.isEmpty()) return false;
        return switch (words.getFirst()) {
            case "done", "complete", "completed", "implemented", "finished", "shipped", "closed", "erledigt" -> true;
            default -> false;
        };
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
