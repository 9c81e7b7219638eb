package io.taskweaver.formats;

import io.taskweaver.requirements.tasks.TaskEntry;
import io.taskweaver.requirements.tasks.TaskList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Ids of a format that knows only two levels of numbers, {@code 4} and {@code 4.2}: an entry's own where all of a list are
 * such numbers, else counted. What is nested deeper becomes a part of the outermost whole.
 */
final class Numbering {
    private static final Pattern TOP = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Pattern PART = Pattern.compile("[1-9][0-9]{0,8}\\.[1-9][0-9]{0,8}");

    private final Map<String, String> numbers = new HashMap<>();
    private final List<TaskEntry> tops = new ArrayList<>();
    private final Map<String, List<TaskEntry>> parts = new LinkedHashMap<>();
    private final boolean counted;
    private final boolean reordered;
    private final boolean flattened;

    private Numbering(TaskList list) {
        var byId = new HashMap<String, TaskEntry>();
        list.entries().forEach(entry -> byId.put(entry.id(), entry));
        boolean deep = false;
        for (var entry : list.entries()) {
            var top = entry;
            int levels = 0;
            while (top.parent().isPresent()) {
                top = Optional.ofNullable(byId.get(top.parent().get())).orElseThrow();
                levels++;
            }
            deep |= levels > 1;
            if (levels == 0) tops.add(entry);
            else parts.computeIfAbsent(top.id(), key -> new ArrayList<>()).add(entry);
        }
        flattened = deep;
        counted = !isNumbered();
        number();
        reordered = !order().equals(list.entries());
    }

    static Numbering of(TaskList list) {
        return new Numbering(list);
    }

    private boolean isNumbered() {
        for (var top : tops) {
            if (!TOP.matcher(top.id()).matches()) return false;
            for (var part : partsOf(top))
                if (!PART.matcher(part.id()).matches() || !part.id().startsWith(top.id() + ".")) return false;
        }
        return true;
    }

    private void number() {
        int count = 0;
        for (var top : tops) {
            var number = counted ? Integer.toString(++count) : top.id();
            numbers.put(top.id(), number);
            int within = 0;
            for (var part : partsOf(top)) numbers.put(part.id(), counted ? number + "." + ++within : part.id());
        }
    }

    /** Entries of the first level. */
    List<TaskEntry> tops() {
        return tops;
    }

    /** Entries below one of the first level. */
    List<TaskEntry> partsOf(TaskEntry top) {
        return parts.getOrDefault(top.id(), List.of());
    }

    /** All entries in the order in which the format lists them. */
    List<TaskEntry> order() {
        var order = new ArrayList<TaskEntry>();
        for (var top : tops) {
            order.add(top);
            order.addAll(partsOf(top));
        }
        return order;
    }

    /** The number of an entry. */
    String number(String id) {
        return Optional.ofNullable(numbers.get(id)).orElseThrow();
    }

    /** Whether entries got numbers in place of their ids. */
    boolean isCounted() {
        return counted;
    }

    /** Says what the numbers do not keep. */
    void report(List<String> losses, String place) {
        if (counted) losses.add("Tasks were numbered; their own ids are " + place + ".");
        if (flattened)
            losses.add("Nested subtasks became subtasks of the outermost task: the format has only two levels.");
        if (reordered) losses.add("Subtasks were moved behind their parents.");
    }
}
