package io.taskweaver.requirements.analysis;

import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.Block.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads tables of components: what they are called, where they are, what they are for, and what they use. */
final class StructureTables {
    /**
     * A row.
     *
     * @param needs what its component uses, as it is written
     */
    record Named(Component component, String needs, SourceSpan at) {}

    private StructureTables() {}

    /**
     * The components of a table; none if it is about something else.
     *
     * @param listed whether it stands where components are listed
     */
    static List<Named> components(Block.Table table, boolean listed) {
        var columns = columns(table);
        boolean named = columns.containsKey("component") || columns.containsKey("name");
        boolean isTable = columns.containsKey("component")
                ? columns.size() > 1 || listed
                : columns.containsKey("path") && (named || listed || columns.containsKey("purpose"))
                        || (named && listed && columns.size() > 1);
        if (!isTable) return List.of();
        var found = new ArrayList<Named>();
        for (var row : table.rows()) row(row, columns, found);
        return found;
    }

    private static void row(Row row, Map<String, Integer> columns, List<Named> found) {
        var name = cell(row, columns, "component");
        if (name.isEmpty()) name = cell(row, columns, "name");
        var path = cell(row, columns, "path");
        var purpose = cell(row, columns, "purpose");
        var needs = cell(row, columns, "needs");
        if (name.isEmpty() || ComponentPaths.isPath(name)) {
            ComponentPaths.named(name.isEmpty() ? path : name, purpose)
                    .ifPresent(component -> found.add(new Named(component, needs, row.at())));
            return;
        }
        var places = ComponentPaths.listed(path);
        var where = places.isEmpty() ? ComponentPaths.behind(name) : places;
        Headings.component(name)
                .ifPresent(component -> found.add(new Named(
                        new Component(component.name(), purpose, component.aliases(), where), needs, row.at())));
    }

    private static Map<String, Integer> columns(Block.Table table) {
        var columns = new HashMap<String, Integer>();
        for (int i = 0; i < table.header().size(); i++) {
            var word = StructureReader.word(table.header().get(i));
            if (!word.isEmpty()) columns.putIfAbsent(word, i);
        }
        return columns;
    }

    private static String cell(Row row, Map<String, Integer> columns, String kind) {
        int column = columns.getOrDefault(kind, -1);
        return column < 0 || column >= row.cells().size()
                ? ""
                : row.cells().get(column).text().strip();
    }
}
