package io.taskweaver.formats;

import io.taskweaver.model.Document;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.tasks.TaskDraft;
import io.taskweaver.requirements.tasks.TaskListBuilder;
import io.taskweaver.requirements.tasks.TaskStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code tasks.md} of spec-kit: {@code - [ ] T012 [P] [US1] Description (depends on T010, T011)}, or headings that begin
 * with such an id; what a document says about their order apart from them is {@link SpecKitOrder}'s and {@link
 * SpecKitPhases}'. Where a document states no dependency at all, its phases and marks do, as the tool runs it: a task waits
 * for the last ones before it that it does not run beside; {@code [P]} marks what may run beside its neighbours.
 */
final class SpecKitReader {
    private static final String ID = "T[0-9]{3,}";
    private static final Pattern TASK =
            Pattern.compile("(" + ID + ")(?![\\p{L}\\p{N}_-])[:.]?\\s*(.*)", Pattern.DOTALL);
    private static final Pattern MARK = Pattern.compile("\\[([^\\]\\s]{1,12})\\]\\s*");
    private static final String RANGE = ID + "(?:\\s*(?:-|–|\\.\\.+|to|～|〜)\\s*" + ID + ")?";
    static final String IDS = RANGE + "(?:\\s*(?:,|;|、|&|and|\\+)+\\s*" + RANGE + ")*";
    private static final Pattern DEPENDS = Pattern.compile(
            "(?i)[(（]\\s*(?:depends on|depend on|dependency|dependencies|after|requires|needs|blocked by)\\s*:?\\s*("
                    + IDS + ")[^()（）]*[)）]");
    private static final Pattern EACH = Pattern.compile("(" + ID + ")(?:\\s*(?:-|–|\\.\\.+|to|～|〜)\\s*(" + ID + "))?");
    private static final Pattern ONLY_IDS =
            Pattern.compile("(?i)" + IDS + "\\s*(?:\\[P\\])?\\s*[.。]?\\s*(?:[(（][^()（）]*[)）])?\\s*");
    private static final Pattern PHASE = Pattern.compile("(?i)phase\\s+([0-9]+)(?:\\.([0-9]+))?\\s*[:：.–—-]*\\s*(.*)");
    private static final Pattern PATH = Pattern.compile("`([^`\\s]*[/.][^`\\s]*)`");
    private static final int WIDEST_RANGE = 1000;

    /** A task with what decides when it runs if nothing else does. */
    private record Placed(
            TaskDraft draft, String id, String section, String phase, boolean parallel, Set<String> stated) {}

    private final TaskListBuilder builder = new TaskListBuilder();
    /** Ids that tasks had before they were written in this format's, by these. */
    private final Map<String, String> originals = new HashMap<>();

    private final List<Placed> placed = new ArrayList<>();
    /** Headings of phases by their lines. */
    private final TreeMap<Integer, String> phases = new TreeMap<>();

    private boolean explicit;

    private SpecKitReader() {}

    /** Whether a text begins as a task of this format. */
    static boolean isTask(String text) {
        return TASK.matcher(text).matches();
    }

    static TaskListBuilder read(Document document) {
        var reader = new SpecKitReader();
        boolean complete = document.content().contains(MarkdownReader.COMPLETE);
        reader.phases.putAll(SpecKitPhases.headings(document));
        var found = MarkdownReader.read(document, SpecKitReader::isTask);
        reader.builder.title(found.title().replaceFirst("(?i)^tasks\\s*:\\s*", ""));
        for (var item : found.items()) reader.collectOriginal(item);
        var others = new ArrayList<MarkdownItem>();
        for (var item : found.items()) {
            if (isTask(item.text())) reader.task(item);
            else others.add(item);
        }
        if (!others.isEmpty())
            reader.builder.remark(
                    "no-task",
                    others.size() + (others.size() == 1 ? " box has" : " boxes have")
                            + " no id of a task, the first is '"
                            + others.getFirst().text()
                            + "'; left out, as checklists are.",
                    Optional.of(others.getFirst().at()));
        var order = SpecKitOrder.in(document);
        order.forEach(reader::order);
        if (!complete) reader.complete(document, !order.isEmpty());
        return reader.builder;
    }

    private void collectOriginal(MarkdownItem item) {
        var match = TASK.matcher(item.text());
        if (match.matches() && item.comment().startsWith("id: "))
            originals.put(match.group(1), item.comment().substring(4));
    }

    private String original(String id) {
        return originals.getOrDefault(id, id);
    }

    private void task(MarkdownItem item) {
        var match = TASK.matcher(item.text());
        if (!match.matches()) throw new IllegalArgumentException("no task: " + item.text());
        var rest = match.group(2);
        var references = new ArrayList<String>();
        boolean parallel = false;
        for (var mark = MARK.matcher(rest); mark.lookingAt(); mark = MARK.matcher(rest)) {
            if (mark.group(1).equals("P")) parallel = true;
            else references.add(mark.group(1));
            rest = rest.substring(mark.end());
        }
        var ids = new LinkedHashSet<String>();
        var stated = DEPENDS.matcher(rest);
        int end = -1;
        int begin = -1;
        while (stated.find()) {
            ids.addAll(ids(stated.group(1)));
            begin = stated.start();
            end = stated.end();
        }
        if (begin >= 0 && rest.substring(end).isBlank())
            rest = rest.substring(0, begin).strip();
        boolean ticked = item.isTicked() || rest.endsWith("✅");
        var title = rest.endsWith("✅") ? rest.substring(0, rest.length() - 1).strip() : rest;
        var phase = phaseOf(item);
        var section = PHASE.matcher(item.section());
        var heading = section.matches() && !section.group(3).isBlank() ? section.group(3) : item.section();
        var draft = new TaskDraft(original(match.group(1)), title);
        var entry = draft.entry().references(references).section(heading).source(item.at());
        var numbered = section.matches() ? section : PHASE.matcher(phase);
        if (numbered.matches()) entry.phase(Integer.parseInt(numbered.group(1)) % 10_000);
        if (ticked) entry.status(TaskStatus.DONE);
        else if (item.isBegun()) entry.status(TaskStatus.IN_PROGRESS);
        else item.report(builder);
        var details = new StringBuilder();
        for (var note : item.notes()) note(note, ids, draft, details);
        entry.details(details.append(item.details()).toString());
        files(title, draft);
        dependsOn(ids, item.at(), draft);
        placed.add(new Placed(draft, match.group(1), item.section(), phase, parallel, ids));
        builder.add(draft);
    }

    private String phaseOf(MarkdownItem item) {
        var above = phases.floorEntry(item.at().firstLine());
        return above == null ? item.section() : above.getValue();
    }

    /** A label whose value is nothing but ids names what the task waits for, in whatever language. */
    private void note(MarkdownItem.Note note, LinkedHashSet<String> ids, TaskDraft draft, StringBuilder details) {
        if (ONLY_IDS.matcher(note.value()).matches()) ids.addAll(ids(note.value()));
        else details.append(note.label()).append(": ").append(note.value()).append('\n');
        files(note.value(), draft);
    }

    private static void files(String text, TaskDraft draft) {
        var match = PATH.matcher(text);
        while (match.find()) if (match.group(1).indexOf('/') >= 0) draft.entry().addFiles(match.group(1));
    }

    private void dependsOn(Set<String> ids, SourceSpan at, TaskDraft draft) {
        if (!ids.isEmpty()) explicit = true;
        ids.forEach(id -> draft.dependsOn(original(id), Optional.of(at)));
    }

    /** The order of tasks that is stated apart from them; the builder reports ids that the list does not have. */
    private void order(SpecKitOrder.Statement statement) {
        for (var task : placed)
            if (statement.then().contains(task.id())) {
                var first = new LinkedHashSet<>(statement.first());
                first.remove(task.id());
                task.stated().addAll(first);
                dependsOn(first, statement.at(), task.draft());
            }
    }

    static List<String> ids(String text) {
        var ids = new ArrayList<String>();
        var match = EACH.matcher(text);
        while (match.find()) {
            ids.add(match.group(1));
            if (match.group(2) == null
                    || match.group(1).length() > 9
                    || match.group(2).length() > 9) continue;
            int from = Integer.parseInt(match.group(1).substring(1));
            int to = Integer.parseInt(match.group(2).substring(1));
            int digits = match.group(1).length() - 1;
            for (int number = from + 1; number <= Math.min(to, from + WIDEST_RANGE); number++)
                ids.add("T" + String.format("%0" + digits + "d", number));
        }
        return ids;
    }

    /** Adds the order that the list has beside what its tasks say. */
    private void complete(Document document, boolean ordered) {
        var headings = placed.stream().map(Placed::phase).distinct().toList();
        var statements = SpecKitPhases.in(document, headings);
        if (!statements.isEmpty()) byPhases(headings, SpecKitPhases.waits(headings, statements), document.path());
        else if (!explicit) derive(document.path());
        else if (!ordered && statesFew(headings))
            byPhases(headings, SpecKitPhases.waits(headings, List.of()), document.path());
    }

    /** Whether most tasks behind the first phase say nothing about what they wait for: then the phases hold. */
    private boolean statesFew(List<String> headings) {
        var later = placed.stream()
                .filter(task -> !task.phase().equals(headings.getFirst()))
                .toList();
        long stating = later.stream().filter(task -> !task.stated().isEmpty()).count();
        return stating * 2 < later.size();
    }

    /**
     * Phases as the list orders them; in a phase of which no task says more, one task after the other, marked neighbours
     * together.
     *
     * @param waits for each phase the indices of those that it waits for
     */
    private void byPhases(List<String> headings, List<Set<Integer>> waits, String path) {
        int derived = 0;
        for (int phase = 0; phase < headings.size(); phase++) {
            var heading = headings.get(phase);
            var tasks = inPhase(heading);
            var within = tasks.stream().map(Placed::id).collect(Collectors.toSet());
            boolean told =
                    tasks.stream().anyMatch(task -> task.stated().stream().anyMatch(within::contains));
            var before = new LinkedHashSet<String>();
            for (int earlier : waits.get(phase)) inPhase(headings.get(earlier)).forEach(task -> before.add(task.id()));
            if (!told) derived += inOrder(tasks, before);
            else
                for (var task : tasks)
                    if (task.stated().stream().noneMatch(within::contains)) derived += waitFor(task, before);
        }
        if (derived > 0)
            builder.remark(
                    "phase-order",
                    derived + " dependencies were taken from the phases of the list and what it says about them.",
                    Optional.of(new SourceSpan(path, 1, 1)));
    }

    private List<Placed> inPhase(String heading) {
        return placed.stream().filter(task -> task.phase().equals(heading)).toList();
    }

    private int waitFor(Placed task, Collection<String> before) {
        before.forEach(id -> task.draft().dependsOn(original(id), Optional.empty()));
        return before.size();
    }

    /** One task after the other, the first after {@code first}; answers how many dependencies that makes. */
    private int inOrder(List<Placed> tasks, Collection<String> first) {
        Collection<String> before = first;
        var group = new ArrayList<String>();
        Optional<Placed> last = Optional.empty();
        int derived = 0;
        for (var task : tasks) {
            boolean joins = task.parallel()
                    && last.filter(other -> other.parallel() && other.section().equals(task.section()))
                            .isPresent();
            if (!joins && last.isPresent()) {
                before = List.copyOf(group);
                group.clear();
            }
            derived += waitFor(task, before);
            group.add(task.id());
            last = Optional.of(task);
        }
        return derived;
    }

    /** As the tool runs a list: phases after each other, in them one task after the other, marked neighbours together. */
    private void derive(String path) {
        int derived = inOrder(placed, List.of());
        if (derived > 0)
            builder.remark(
                    "derived-order",
                    "The list states no dependencies; " + derived
                            + " were taken from its order, its phases and its marks [P].",
                    Optional.of(new SourceSpan(path, 1, 1)));
    }
}
