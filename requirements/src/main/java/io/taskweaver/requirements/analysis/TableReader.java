package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.analysis.Findings.Tier;
import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.Block.Row;
import io.taskweaver.requirements.document.Phrase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads tables: rows with ids, rows of requirements, choices that bind, what was decided against. */
final class TableReader {
    private static final Pattern MARK =
            Pattern.compile("(?i)(?:[^\\p{L}\\p{N}]{0,3}|[○◯xyn]|yes|no|ja|nein|oui|non|sí|si|sim)");

    private final RequirementFinder finder;

    TableReader(RequirementFinder finder) {
        this.finder = finder;
    }

    void read(Block.Table table, Scope scope) {
        if (scope.role() != Role.BOUNDARY && isOfImportance(table)) {
            weigh(table);
            return;
        }
        switch (scope.role()) {
            case REFERENCE, CRITERIA -> {}
            case ORDER -> orders(table);
            case PROHIBITION -> table.rows().forEach(row -> finder.findings.constraint(named(row), row.at()));
            case BOUNDARY ->
                table.rows().forEach(row -> finder.boundary(Phrase.plain(named(row)), List.of(), scope, row.at()));
            case CONSTRAINT, CONTEXT, NEUTRAL, REQUIREMENT, STEPS, FEATURE -> {
                int ids = idColumn(table);
                if (ids >= 0) numbered(table, ids, scope);
                else if (scope.role() == Role.CONSTRAINT) choices(table);
                else if (scope.role().asks()) listed(table, scope);
            }
        }
    }

    /** Whether each column is of one importance: "Must have", "Should have", "Won't have". */
    static boolean isOfImportance(Block.Table table) {
        return table.header().size() > 1
                && table.header().stream()
                        .allMatch(heading -> Importance.of(heading).isPresent());
    }

    /** What is named in a column is as important as its heading says. */
    private void weigh(Block.Table table) {
        for (var row : table.rows())
            for (int column = 0;
                    column < Math.min(row.cells().size(), table.header().size());
                    column++) {
                var importance = Importance.of(table.header().get(column));
                for (var id : Parts.references(row.cells().get(column).text()))
                    finder.mention(id, Optional.empty(), importance, row.at());
            }
    }

    /** Each row says of what its first cell names what that needs. */
    private void orders(Block.Table table) {
        int needs = column(table, Cells::isDependency);
        for (var row : table.rows()) {
            var id = idIn(row, 0, true);
            if (id.isPresent() && needs > 0 && needs < row.cells().size())
                finder.mention(id.get(), row.cells().get(needs).text(), true, row.at());
        }
    }

    /** The column whose heading says that it holds ids, or the first if half of it does. */
    private int idColumn(Block.Table table) {
        for (int column = 0; column < table.header().size(); column++) {
            if (!Cells.isId(table.header().get(column))) continue;
            int at = column;
            if (table.rows().stream().anyMatch(row -> idIn(row, at, true).isPresent())) return column;
        }
        long shaped = table.rows().stream()
                .filter(row -> idIn(row, 0, false).isPresent())
                .count();
        return shaped > 0 && shaped * 2 >= table.rows().size() ? 0 : -1;
    }

    private Optional<String> idIn(Row row, int column, boolean headed) {
        return column < row.cells().size()
                ? finder.ids.cell(row.cells().get(column).text(), headed)
                : Optional.empty();
    }

    private void numbered(Block.Table table, int ids, Scope scope) {
        boolean headed =
                ids < table.header().size() && Cells.isId(table.header().get(ids));
        int text = textColumn(table, ids);
        var above = Optional.<String>empty();
        for (var row : table.rows()) {
            var id = idIn(row, ids, headed);
            if (id.isEmpty()) continue;
            // A cell that spans rows stands in each of them: they are one statement, or several without ids of their
            // own.
            if (text >= 0) row(table, row, text, scope, id.equals(above) ? Optional.empty() : id, Tier.NUMBERED, 0);
            else mention(table, row, id.get());
            above = id;
        }
    }

    /** A table without a column that says what is asked for is about statements that are made elsewhere. */
    private void mention(Block.Table table, Row row, String id) {
        for (int column = 0;
                column < Math.min(row.cells().size(), table.header().size());
                column++) {
            var cell = row.cells().get(column).text();
            if (Cells.isDependency(table.header().get(column))) finder.mention(id, cell, true, row.at());
            else if (Cells.isStatus(table.header().get(column)))
                finder.mention(id, Progress.of(cell), Optional.empty(), row.at());
            else if (Cells.isPriority(table.header().get(column)))
                finder.mention(id, Optional.empty(), Importance.of(cell), row.at());
        }
    }

    /** Rows of requirements that have no ids. */
    private void listed(Block.Table table, Scope scope) {
        boolean asked = table.header().stream().anyMatch(Cells::isAsked);
        boolean isCounted = !asked && scope.role() == Role.NEUTRAL && isCounted(table);
        int text = isCounted ? 1 : column(table, asked ? Cells::isAsked : Cells::isText);
        if (text < 0 || (scope.role() == Role.NEUTRAL && !asked && !isCounted) || isMatrix(table)) return;
        // Tasks with priorities are a plan, wherever they stand.
        boolean isBacklog = asked && scope.role() == Role.NEUTRAL && column(table, Cells::isPriority) >= 0;
        // So are the parts of a product with what each does, below a heading of features.
        boolean isOfParts = scope.role() == Role.FEATURE && column(table, Cells::isComponent) == 0;
        var tier = isBacklog ? Tier.STEP : isOfParts ? Tier.STATED : finder.tier(scope);
        int list = finder.findings.nextList();
        for (var row : table.rows()) row(table, row, text, scope, Optional.empty(), tier, list);
    }

    /** Whether rows have running numbers, as the items of a list have. */
    private static boolean isCounted(Block.Table table) {
        if (table.header().size() < 2 || !Cells.isId(table.header().getFirst())) return false;
        int next = 1;
        for (var row : table.rows()) if (numberIn(row) != next++) return false;
        return true;
    }

    /** Whether all but the first cells of rows hold marks: who may do what, what is where. */
    private static boolean isMatrix(Block.Table table) {
        if (table.header().size() <= 2) return false;
        return table.rows().stream()
                .allMatch(row -> row.cells().stream()
                        .skip(1)
                        .allMatch(cell -> MARK.matcher(cell.text().strip()).matches()));
    }

    private void row(Block.Table table, Row row, int text, Scope scope, Optional<String> id, Tier tier, int list) {
        if (text >= row.cells().size() || row.cells().get(text).isBlank()) return;
        var draft = new Draft(scope, row.at());
        draft.id = id;
        draft.quality = scope.role() == Role.CONSTRAINT
                || id.filter(RequirementFinder::isQuality).isPresent();
        draft.list = list;
        draft.number = list == 0 ? 0 : numberIn(row);
        draft.headed(row.cells().get(text), row.at());
        var refers = new ArrayList<String>();
        for (int column = 0;
                column < Math.min(row.cells().size(), table.header().size());
                column++) {
            var heading = table.header().get(column);
            var cell = row.cells().get(column).text().strip();
            if (column == text || cell.isEmpty()) continue;
            boolean isReference =
                    Cells.isReference(heading) && !id.map(cell::equals).orElse(true);
            if (isReference) {
                refers.addAll(Parts.references(cell));
                draft.add(heading + ": " + cell, row.at());
            } else if (Cells.isId(heading)) continue;
            else if (Cells.isPriority(heading)) Importance.of(cell).ifPresent(draft::weigh);
            else if (Cells.isStatus(heading)) Cells.progress(heading, cell).ifPresent(draft::say);
            else if (Cells.isDependency(heading)) draft.dependsOn(cell, row.at());
            else if (Cells.isCriteria(heading)) draft.criterion(cell, row.at());
            else if (Cells.isComponent(heading)) draft.component = Headings.component(cell);
            else if (Cells.isText(heading)) draft.add(cell, row.at());
            else if (id.filter(cell::equals).isEmpty()) draft.add(heading + ": " + cell, row.at());
        }
        if (id.isPresent() && !refers.isEmpty()) finder.findings.claims.add(new Parts.Claim(row.at(), refers, false));
        // What a row says in a column of its own counts, also where its words are not known.
        if (column(table, Cells::isStatus) < 0) draft.inherit(scope.progress());
        finder.findings.candidate(tier, draft);
    }

    private static int numberIn(Row row) {
        var first = row.cells().getFirst().text().strip();
        boolean isNumber =
                first.length() <= 5 && !first.isEmpty() && first.chars().allMatch(Character::isDigit);
        return isNumber ? Integer.parseInt(first) : 0;
    }

    /** What was chosen: each row on one line, reasons left out. */
    private void choices(Block.Table table) {
        for (var row : table.rows()) {
            var kept = new ArrayList<Phrase>();
            for (int column = 0; column < row.cells().size(); column++) {
                boolean explains = column < table.header().size()
                        && Cells.isExplanation(table.header().get(column));
                if (!explains) kept.add(row.cells().get(column));
            }
            finder.findings.constraint(Cells.joined(kept), row.at());
        }
    }

    private static String named(Row row) {
        if (row.cells().size() < 2) return Cells.joined(row);
        return row.cells().getFirst().text() + ": "
                + Cells.joined(row.cells().subList(1, row.cells().size()));
    }

    /** The column that says what is asked for: by its heading, else the one with most text. */
    private static int textColumn(Block.Table table, int ids) {
        int named = column(table, heading -> Cells.isAsked(heading) && !Cells.isId(heading));
        if (named >= 0 && named != ids) return named;
        int text = column(table, Cells::isText);
        if (text >= 0 && text != ids) return text;
        int best = -1;
        long most = -1;
        for (int column = 0; column < table.header().size(); column++) {
            var heading = table.header().get(column);
            boolean isOther = Cells.isAbout(heading)
                    || Cells.isStatus(heading)
                    || Cells.isPriority(heading)
                    || Cells.isDependency(heading);
            if (column == ids || isOther) continue;
            int at = column;
            long length = table.rows().stream()
                    .filter(row -> at < row.cells().size())
                    .mapToLong(row -> row.cells().get(at).text().length())
                    .sum();
            if (length > most) {
                most = length;
                best = column;
            }
        }
        return best;
    }

    private static int column(Block.Table table, Predicate<String> wanted) {
        for (int column = 0; column < table.header().size(); column++)
            if (wanted.test(table.header().get(column))) return column;
        return -1;
    }
}
