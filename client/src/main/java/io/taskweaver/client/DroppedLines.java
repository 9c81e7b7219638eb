package io.taskweaver.client;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.PlanEvent.ContextMerged;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Lines that tasks merged, and that somebody's files have not got although nothing conflicts with them: most likely an older
 * copy of the file was edited.
 *
 * @param base tree that the plan starts from
 * @param together tree with all that goes together; where it does not, without what was merged
 * @param settled tree with the files
 */
record DroppedLines(CodeRepository code, String base, String together, String settled) {
    /** The tasks whose lines are missing, by path. */
    Map<String, List<TaskId>> of(Collection<String> paths, List<ContextMerged> merges) throws IOException {
        var dropped = new TreeMap<String, List<TaskId>>();
        for (var path : paths) {
            var missing = lines(code.entry(together, path));
            missing.removeAll(lines(code.entry(settled, path)));
            missing.removeAll(lines(code.entry(base, path)));
            if (missing.isEmpty()) continue;
            var tasks = new ArrayList<TaskId>();
            for (var merge : merges)
                if (!tasks.contains(merge.task()) && adds(merge, path, missing)) tasks.add(merge.task());
            if (!tasks.isEmpty()) dropped.put(path, List.copyOf(tasks));
        }
        return dropped;
    }

    private boolean adds(ContextMerged merge, String path, Set<String> missing) throws IOException {
        for (EntryChange change : merge.changes()) {
            if (!change.path().equals(path)) continue;
            var added = lines(change.after());
            added.removeAll(lines(change.before()));
            added.retainAll(missing);
            return !added.isEmpty();
        }
        return false;
    }

    /** The lines that say something. */
    private Set<String> lines(Optional<FileEntry> file) throws IOException {
        var lines = new HashSet<String>();
        if (file.filter(FileEntry::isFile).isEmpty()) return lines;
        var text = new String(code.bytes(file.get().object()), StandardCharsets.ISO_8859_1);
        if (text.indexOf('\0') < 0)
            text.lines().map(String::strip).filter(DroppedLines::says).forEach(lines::add);
        return lines;
    }

    private static boolean says(String line) {
        return line.chars().anyMatch(Character::isLetterOrDigit);
    }

    /** Some tasks, for people. */
    static String named(List<TaskId> tasks) {
        if (tasks.size() == 1) return tasks.getFirst().value();
        return tasks.subList(0, tasks.size() - 1).stream().map(TaskId::value).collect(Collectors.joining(", "))
                + " and " + tasks.getLast();
    }
}
