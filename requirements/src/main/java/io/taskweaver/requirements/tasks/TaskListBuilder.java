package io.taskweaver.requirements.tasks;

import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.effort.LimitExceeded;
import io.taskweaver.requirements.analysis.ReadingNotice;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Puts drafts together into a list. A dependency on what is not there is left out and reported with its place; of two
 * entries with the same id the second gets another one; {@code T1}, {@code t001} and {@code #T1} are the same id where
 * only one entry can be meant.
 */
public final class TaskListBuilder {
    private static final int LONGEST_SLUG = 40;
    private static final int MOST_NESTED = 100;
    private static final Pattern ZEROS = Pattern.compile("(?<![0-9])0+(?=[0-9])");
    private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final List<TaskDraft> drafts = new ArrayList<>();
    private final List<ReadingNotice> remarks = new ArrayList<>();
    private final Set<String> constraints = new LinkedHashSet<>();
    private final Set<String> boundaries = new LinkedHashSet<>();
    private final Map<String, TaskDraft> byId = new HashMap<>();
    private final Map<String, String> byForm = new HashMap<>();
    /** For duplicated ids, the number that distinguishes the last of them. */
    private final Map<String, Integer> lastOf = new HashMap<>();

    private final Set<String> ambiguous = new HashSet<>();
    private String title = "";
    private boolean ordered;

    /** What the list is about; the first that is given counts. */
    public TaskListBuilder title(String text) {
        if (title.isEmpty()) title = TaskEntry.oneLine(text);
        return this;
    }

    public TaskListBuilder add(TaskDraft draft) {
        drafts.add(draft);
        return this;
    }

    /** Says that the list has an order and no place for dependencies; does not count if a task has one all the same. */
    public TaskListBuilder onlyOrdered() {
        ordered = true;
        return this;
    }

    /** What binds all tasks. */
    public TaskListBuilder constraint(String text) {
        addLine(text, constraints);
        return this;
    }

    /** What is not to be done. */
    public TaskListBuilder boundary(String text) {
        addLine(text, boundaries);
        return this;
    }

    /** Says what was not understood or left out. */
    public TaskListBuilder remark(String code, String message, Optional<SourceSpan> at) {
        remarks.add(new ReadingNotice(code, message, at));
        return this;
    }

    public boolean isEmpty() {
        return drafts.isEmpty();
    }

    /** The list of all that was added, with the remarks on it. */
    public TaskListing build() {
        var ids = ids();
        var parents = parents(ids);
        var entries = new ArrayList<TaskEntry>();
        for (int i = 0; i < drafts.size(); i++)
            entries.add(drafts.get(i).entry(ids.get(i), dependencies(drafts.get(i), ids.get(i)), parents.get(i)));
        boolean states = !ordered
                || entries.stream().anyMatch(entry -> !entry.dependencies().isEmpty());
        return new TaskListing(
                new TaskList(title, entries, List.copyOf(constraints), List.copyOf(boundaries), states), remarks);
    }

    private List<String> ids() {
        for (var draft : drafts) if (!draft.id.isEmpty()) byId.putIfAbsent(draft.id, draft);
        var ids = new ArrayList<String>();
        for (var draft : drafts) ids.add(idOf(draft));
        for (var id : ids) {
            var other = byForm.putIfAbsent(form(id), id);
            if (other != null) ambiguous.add(form(id));
        }
        return ids;
    }

    private String idOf(TaskDraft draft) {
        if (draft.id.isEmpty()) {
            var id = free(slug(draft.title));
            byId.put(id, draft);
            return id;
        }
        if (byId.get(draft.id) == draft) return draft.id;
        var first = byId.get(draft.id);
        var id = free(draft.id);
        byId.put(id, draft);
        remarks.add(new ReadingNotice(
                "duplicate-id",
                "The id " + draft.id + " occurs twice"
                        + (first == null
                                ? ""
                                : first.entry()
                                        .source()
                                        .map(at -> ", first in " + at)
                                        .orElse(""))
                        + "; '" + draft.title + "' became " + id + placed(draft.place) + ".",
                draft.entry().source()));
        return id;
    }

    private String free(String wanted) {
        if (!byId.containsKey(wanted)) return wanted;
        int number = lastOf.getOrDefault(wanted, 1) + 1;
        while (byId.containsKey(wanted + "-" + number)) number++;
        lastOf.put(wanted, number);
        return wanted + "-" + number;
    }

    private List<Optional<String>> parents(List<String> ids) {
        var above = new HashMap<String, String>();
        var parents = new ArrayList<Optional<String>>();
        for (int i = 0; i < drafts.size(); i++) {
            var draft = drafts.get(i);
            var id = ids.get(i);
            var found = draft.parent.flatMap(this::find).filter(parent -> !isWithin(parent, id, above));
            if (draft.parent.isPresent() && found.isEmpty())
                remarks.add(new ReadingNotice(
                        "unknown-parent",
                        id + " names as parent " + draft.parent.get()
                                + ", which is not in the list or is its own subtask; the parent was ignored"
                                + placed(draft.place) + ".",
                        draft.entry().source()));
            found.ifPresent(parent -> above.put(id, parent));
            parents.add(found);
        }
        return parents;
    }

    private static boolean isWithin(String parent, String id, Map<String, String> above) {
        int depth = 0;
        for (String at = parent; at != null; at = above.get(at)) {
            if (at.equals(id)) return true;
            if (++depth > MOST_NESTED)
                throw new LimitExceeded(
                        "depth",
                        MOST_NESTED,
                        "The task " + id + " is nested too deeply",
                        "Use fewer levels of subtasks.");
        }
        return false;
    }

    private List<String> dependencies(TaskDraft draft, String id) {
        var resolved = new LinkedHashSet<String>();
        for (var reference : draft.dependencies) {
            var on = find(reference.id());
            if (on.isEmpty())
                remarks.add(new ReadingNotice(
                        "unknown-dependency",
                        id + " depends on " + reference.id() + ", which is not in the list; the dependency was ignored"
                                + placed(reference.place()) + ".",
                        reference.at().or(() -> draft.entry().source())));
            else if (on.get().equals(id))
                remarks.add(new ReadingNotice(
                        "self-dependency",
                        id + " depends on itself; the dependency was ignored" + placed(reference.place()) + ".",
                        reference.at().or(() -> draft.entry().source())));
            else resolved.add(on.get());
        }
        return List.copyOf(resolved);
    }

    private Optional<String> find(String reference) {
        if (byId.containsKey(reference)) return Optional.of(reference);
        var form = form(reference);
        return ambiguous.contains(form) ? Optional.empty() : Optional.ofNullable(byForm.get(form));
    }

    /** The same for ids that differ in case, leading zeros and a hash sign only. */
    private static String form(String id) {
        var plain = id.startsWith("#") ? id.substring(1) : id;
        return ZEROS.matcher(Words.lower(plain)).replaceAll("");
    }

    /** An id made of a title. */
    static String slug(String title) {
        var words = SEPARATORS.matcher(Words.lower(title)).replaceAll("-").replaceAll("^-+|-+$", "");
        var cut = words.length() <= LONGEST_SLUG
                ? words
                : words.substring(0, LONGEST_SLUG).replaceAll("-+$", "");
        return cut.isEmpty() ? "task" : cut;
    }

    private static String placed(String place) {
        return place.isEmpty() ? "" : " (" + place + ")";
    }

    private static void addLine(String text, Set<String> to) {
        var line = TaskEntry.oneLine(text);
        if (!line.isEmpty()) to.add(line);
    }
}
