package io.taskweaver.bench.reading;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/** The labels of a document, and which of what was read from it hits which work. */
public record LabelledLines(List<LabelRow> rows) {
    public LabelledLines {
        rows = List.copyOf(rows);
    }

    /** Work in the order of its lines. */
    public List<LabelRow> work() {
        return rows.stream()
                .filter(LabelRow::isWork)
                .sorted(Comparator.comparingInt(LabelRow::start))
                .toList();
    }

    /** For each line the keys of the work that it belongs to. */
    private Map<Integer, Set<String>> owners() {
        var owners = new HashMap<Integer, Set<String>>();
        for (var row : rows) {
            var keys = row.isWork() ? Set.of(row.key()) : row.type().equals("part") ? row.parents() : Set.<String>of();
            for (int line = row.start(); line <= row.end(); line++)
                owners.computeIfAbsent(line, key -> new HashSet<>()).addAll(keys);
        }
        return owners;
    }

    /**
     * What hits work, by its key: its lines touch the work and no line of another's work or parts. Each work has one hit, the
     * shortest, and each hit one work.
     */
    public <T> Map<String, T> hits(List<T> read, ToIntFunction<T> first, ToIntFunction<T> last) {
        var owners = owners();
        var hits = new LinkedHashMap<String, T>();
        var left = new ArrayList<>(read);
        var shortestFirst = new ArrayList<>(work());
        shortestFirst.sort(Comparator.comparingInt(LabelRow::length));
        for (var row : shortestFirst) {
            var same = new HashSet<String>();
            for (var other : shortestFirst) if (other.isAt(row)) same.add(other.key());
            left.stream()
                    .filter(each -> first.applyAsInt(each) <= row.end() && last.applyAsInt(each) >= row.start())
                    .filter(each -> isOnly(same, owners, first.applyAsInt(each), last.applyAsInt(each)))
                    .min(Comparator.comparingInt(each -> last.applyAsInt(each) - first.applyAsInt(each)))
                    .ifPresent(each -> {
                        hits.put(row.key(), each);
                        left.remove(each);
                    });
        }
        return hits;
    }

    private static boolean isOnly(Set<String> same, Map<Integer, Set<String>> owners, int first, int last) {
        for (int line = first; line <= last; line++) {
            var keys = owners.getOrDefault(line, Set.of());
            if (!keys.isEmpty() && keys.stream().noneMatch(same::contains)) return false;
        }
        return true;
    }
}
