package io.taskweaver.scheduling.planning;

import io.taskweaver.requirements.analysis.ReadingNotice;
import io.taskweaver.requirements.tasks.TaskEntry;
import io.taskweaver.requirements.tasks.TaskList;
import io.taskweaver.requirements.tasks.TaskStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The work that a list comes down to: entries without parts. What waits for a whole waits for the parts that nothing else
 * in it waits for; what a whole waits for, its first parts wait for.
 */
final class TaskBreakdown {
    private final LimitCounter tally;
    private final Map<String, TaskEntry> entries = new HashMap<>();
    private final Map<String, List<TaskEntry>> parts;
    private final List<TaskEntry> work = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<TaskEntry> contracts;
    private final List<Map<Integer, String>> needs = new ArrayList<>();
    private final List<Set<String>> contractNeeds = new ArrayList<>();
    private final Map<String, List<Integer>> leaves = new HashMap<>();
    private final Map<String, List<Integer>> ends = new HashMap<>();
    private final List<ReadingNotice> remarks = new ArrayList<>();

    private TaskBreakdown(TaskList list, LimitCounter tally) {
        this.tally = tally;
        parts = list.parts();
        for (var entry : list.entries()) entries.put(entry.id(), entry);
        contracts = list.entries().stream().filter(TaskBreakdown::isContract).toList();
        var left = leftOut(list);
        for (var entry : list.entries()) {
            boolean counts = !isContract(entry) && !parts.containsKey(entry.id()) && !left.contains(entry.id());
            if (!counts) continue;
            numbers.put(entry.id(), work.size());
            work.add(entry);
        }
        for (var entry : work) addNeeds(entry);
        // Inner ones first, so that the outer ones find which of their parts wait for others.
        list.entries().reversed().stream()
                .filter(entry -> parts.containsKey(entry.id()))
                .forEach(this::inherit);
        list.entries().forEach(this::remarkOnWhole);
    }

    static TaskBreakdown of(TaskList list, LimitCounter tally) {
        return new TaskBreakdown(list, tally);
    }

    /** What is to be done or is done, in document order. */
    List<TaskEntry> work() {
        return work;
    }

    /** Entries that publish contracts. */
    List<TaskEntry> contracts() {
        return contracts;
    }

    /** Work that an item waits for, each with the words that say why. */
    Map<Integer, String> needs(int item) {
        return needs.get(item);
    }

    /** Entries of contracts that an item waits for. */
    Set<String> contractNeeds(int item) {
        return contractNeeds.get(item);
    }

    boolean isDone(int item) {
        return work.get(item).status() == TaskStatus.DONE;
    }

    List<ReadingNotice> remarks() {
        return remarks;
    }

    /** What an entry is a part of, nearest first. */
    List<TaskEntry> wholesOf(TaskEntry entry) {
        var wholes = new ArrayList<TaskEntry>();
        for (var above = whole(entry); above.isPresent(); above = whole(above.get())) wholes.add(above.get());
        return wholes;
    }

    private Optional<TaskEntry> whole(TaskEntry entry) {
        return entry.parent().map(entries::get);
    }

    private static boolean isContract(TaskEntry entry) {
        return entry.kind() == TaskEntry.Kind.CONTRACT;
    }

    /** Cancelled entries, and deferred ones that no open one waits for; parts go with their whole. */
    private Set<String> leftOut(TaskList list) {
        var left = new HashSet<String>();
        var open = new ArrayDeque<String>();
        for (var entry : list.entries()) {
            switch (stateOf(entry)) {
                case CANCELLED, DEFERRED -> left.add(entry.id());
                case DONE -> {}
                case PENDING, IN_PROGRESS, REVIEW, BLOCKED, FAILED -> {
                    if (!parts.containsKey(entry.id())) open.add(entry.id());
                }
            }
        }
        var needed = needed(open);
        for (var entry : list.entries()) {
            if (!left.contains(entry.id())) continue;
            boolean keep = needed.contains(entry.id()) && stateOf(entry) == TaskStatus.DEFERRED;
            if (keep) left.remove(entry.id());
            remarks.add(new ReadingNotice(
                    keep ? "deferred-but-needed" : "left-out",
                    entry.id() + " is " + stateOf(entry).word()
                            + (keep ? ", but other tasks need it: it is planned." : ": it is not planned."),
                    entry.source()));
        }
        return left;
    }

    /** What has to be done for open work to be done: what it and its wholes wait for, with all parts of that. */
    private Set<String> needed(ArrayDeque<String> open) {
        var needed = new HashSet<String>();
        while (!open.isEmpty()) {
            var entry = Optional.ofNullable(entries.get(open.remove())).orElseThrow();
            if (!needed.add(entry.id()) || stateOf(entry).isOver()) continue;
            open.addAll(entry.dependencies());
            wholesOf(entry).forEach(whole -> open.addAll(whole.dependencies()));
            parts.getOrDefault(entry.id(), List.of()).forEach(part -> open.add(part.id()));
        }
        return needed;
    }

    /** An entry's own state, or the one of a whole that was given up as such. */
    private TaskStatus stateOf(TaskEntry entry) {
        if (entry.status() == TaskStatus.DONE) return TaskStatus.DONE;
        for (var whole : wholesOf(entry))
            if (whole.status() == TaskStatus.CANCELLED || whole.status() == TaskStatus.DEFERRED) return whole.status();
        return entry.status();
    }

    private void addNeeds(TaskEntry entry) {
        var own = new LinkedHashMap<Integer, String>();
        var contract = new LinkedHashSet<String>();
        needs.add(own);
        contractNeeds.add(contract);
        int item = needs.size() - 1;
        add(entry, item);
    }

    /** Adds what an entry waits for to the needs of an item that is the entry or a part of it. */
    private void add(TaskEntry entry, int item) {
        for (var id : entry.dependencies()) {
            var on = Optional.ofNullable(entries.get(id)).orElseThrow();
            if (isContract(on)) {
                tally.need();
                contractNeeds.get(item).add(id);
                continue;
            }
            if (isWithin(work.get(item), id)) continue;
            for (int last : ends(id)) {
                tally.need();
                if (last != item) needs.get(item).putIfAbsent(last, entry.id() + " depends on " + id);
            }
        }
    }

    private boolean isWithin(TaskEntry entry, String whole) {
        return entry.id().equals(whole)
                || wholesOf(entry).stream().anyMatch(above -> above.id().equals(whole));
    }

    /** What a whole waits for, its first parts wait for: those that wait for no other open part. */
    private void inherit(TaskEntry whole) {
        if (whole.dependencies().isEmpty()) return;
        var inside = new HashSet<>(leavesOf(whole.id()));
        for (int item : inside.stream().sorted().toList()) {
            boolean first = dependenciesWithin(item, inside).isEmpty();
            if (first) add(whole, item);
        }
    }

    private List<Integer> dependenciesWithin(int item, Set<Integer> inside) {
        return needs.get(item).keySet().stream()
                .filter(on -> inside.contains(on) && !isDone(on))
                .toList();
    }

    /** The work that has to be done for an entry to be done: itself, or those of its parts that come last. */
    private List<Integer> ends(String id) {
        var known = ends.get(id);
        if (known != null) return known;
        var found = endsOf(id);
        ends.put(id, found);
        return found;
    }

    private List<Integer> endsOf(String id) {
        var all = leavesOf(id);
        if (all.size() < 2) return all;
        var open = all.stream().filter(item -> !isDone(item)).toList();
        if (open.isEmpty()) return all;
        var on = new HashSet<String>();
        for (int item : open) on.addAll(work.get(item).dependencies());
        var before = new HashSet<Integer>();
        on.forEach(needed -> before.addAll(leavesOf(needed)));
        var last = open.stream().filter(item -> !before.contains(item)).toList();
        return last.isEmpty() ? open : last;
    }

    private List<Integer> leavesOf(String id) {
        var known = leaves.get(id);
        if (known != null) return known;
        var found = new ArrayList<Integer>();
        var number = numbers.get(id);
        if (number != null) found.add(number);
        for (var part : parts.getOrDefault(id, List.of())) found.addAll(leavesOf(part.id()));
        leaves.put(id, found);
        return found;
    }

    /** Says what became of an entry that has parts, if that is not plain. */
    private void remarkOnWhole(TaskEntry whole) {
        if (!parts.containsKey(whole.id())) return;
        var open = leavesOf(whole.id()).stream().filter(item -> !isDone(item)).toList();
        if (whole.status() == TaskStatus.DONE && !open.isEmpty())
            remarks.add(new ReadingNotice(
                    "open-part",
                    whole.id() + " is done, but " + open.size() + " of its subtasks are not, the first is "
                            + work.get(open.getFirst()).id() + ": they are planned.",
                    whole.source()));
        if (!whole.status().isOver() && open.isEmpty())
            remarks.add(new ReadingNotice(
                    "no-open-part",
                    "All subtasks of " + whole.id() + " are done or omitted, so it is not planned although it is "
                            + whole.status().word() + ".",
                    whole.source()));
    }
}
