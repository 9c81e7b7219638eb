package io.taskweaver.prompts;

import io.taskweaver.model.Task;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A prompt for an agent with a work tree. What has no room stays where the agent finds it: files of the code in the work tree,
 * all else in a file that lies there besides, and the prompt names both. Nothing is left out.
 */
final class ShortPrompt {
    private static final int NAMED_FILES = 12;
    /** Bytes of a description that stay. */
    private static final int LEAST_DESCRIPTION = 1_500;

    private static final int ROOM_FOR_REMARK = 400;

    /** What parts are, for a person; in the order in which the file has them. */
    private static final Map<String, String> ABOUT = new LinkedHashMap<>();

    static {
        ABOUT.put("feedback", "all of why the last attempt failed");
        ABOUT.put("description", "all of the requirement");
        ABOUT.put("criteria", "what has to hold when it is done");
        ABOUT.put("constraints", "constraints");
        ABOUT.put("boundaries", "what is out of scope");
        ABOUT.put("assumptions", "what is taken for granted");
        ABOUT.put("commands", "commands");
        ABOUT.put("terms", "meanings of words");
        ABOUT.put("passages", "what the documents say about it (tables, code, text)");
        ABOUT.put("conflicts", "the texts of both sides");
        ABOUT.put("implemented", "the contract that it implements");
        ABOUT.put("callable", "contracts that it may call");
        ABOUT.put("details", "data formats and APIs of contracts");
        ABOUT.put("conventions", "how the code base is written");
        ABOUT.put("foundations", "tasks that it builds on");
        ABOUT.put("siblings", "tasks beside it");
        ABOUT.put("dependents", "tasks that build on it");
        ABOUT.put("later", "tasks after those");
        ABOUT.put("files", "names of files that matter to it");
    }

    private final QueryTemplates templates;
    private final Task task;
    private final Map<String, Object> full;
    private final Map<String, Object> brief;
    private final List<QueryPart> parts;
    private final String path;
    private final int limit;
    private final Set<QueryPart> moved = new HashSet<>();
    private final ArrayDeque<QueryPart> inline = new ArrayDeque<>();
    /** The beginning of the requirement, if not all of it is in the prompt. */
    private Optional<String> description = Optional.empty();

    private String text;

    /**
     * @param full values that stand in each prompt
     * @param brief the same with less of the feedback
     * @param path of the file
     * @param limit bytes
     */
    ShortPrompt(
            QueryTemplates templates,
            Task task,
            Map<String, Object> full,
            Map<String, Object> brief,
            List<QueryPart> parts,
            String path,
            int limit) {
        this.templates = templates;
        this.task = task;
        this.full = full;
        this.brief = brief;
        this.parts = parts;
        this.path = path;
        this.limit = limit;
        parts.stream().filter(ShortPrompt::isOnlyNamed).forEach(moved::add);
        parts.stream()
                .filter(part -> !moved.contains(part) && part.use() != QueryPart.Use.CRITERION)
                .toList()
                .reversed()
                .stream()
                // Of equal ones the last goes first: they stand in the order of their importance.
                .sorted(QueryPart.ORDER_OF_SETTING_ASIDE)
                .forEach(inline::add);
        text = render();
        fit();
        // The requirement itself goes last.
        if (bytes(text) > limit) cutDescription();
        if (bytes(text) > limit) {
            parts.stream()
                    .filter(part -> part.use() == QueryPart.Use.CRITERION)
                    .toList()
                    .reversed()
                    .forEach(inline::add);
            fit();
        }
    }

    private void fit() {
        for (int length = bytes(text); length > limit && !inline.isEmpty(); length = bytes(text)) {
            moveMore(length);
            text = render();
        }
    }

    /** Keeps as many lines of the beginning as there is room for. */
    private void cutDescription() {
        var lines = task.description().strip().lines().toList();
        int room = bytes(task.description()) - (bytes(text) - limit) - ROOM_FOR_REMARK;
        var kept = new StringBuilder();
        for (var line : lines) {
            // A quoted line has a mark before it.
            if (bytes(kept.toString())
                            + bytes(line)
                            + 2 * kept.toString().lines().count()
                    > Math.max(room, LEAST_DESCRIPTION)) break;
            kept.append(line).append('\n');
        }
        description = Optional.of(Quoting.quoted(kept.isEmpty() ? beginning(lines.getFirst()) : kept.toString())
                + "\n\nThis is the beginning; all of it is in `" + Quoting.name(path) + "`.");
        text = render();
    }

    private static String beginning(String line) {
        int end = Math.min(line.length(), LEAST_DESCRIPTION / 4);
        return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + " ...";
    }

    /** Files of the code, which the agent reads where they are, and details that few tasks need; not what is to be implemented or called. */
    private static boolean isOnlyNamed(QueryPart part) {
        return switch (part.use()) {
            case CRITERION, ESSENTIAL, USED_CONTRACT -> false;
            case CONTRACT_DETAIL -> true;
            case CONSTRAINT,
                    BOUNDARY,
                    COMMAND,
                    TERM,
                    EXPECTED_FILE,
                    DATA,
                    DEPENDENT,
                    CONTRACT_CHECK,
                    CONVENTION,
                    FOUNDATION,
                    TEXT,
                    SIBLING,
                    MENTIONED_FILE,
                    NEIGHBOUR_FILE,
                    LATER,
                    PROJECT_FILE,
                    OTHER_FILE -> part.inCode();
        };
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** About as much as is too much, at least something; what becomes a name takes a little still. */
    private void moveMore(int length) {
        for (double excess = length - limit; excess > 0 && !inline.isEmpty(); ) {
            var part = inline.removeFirst();
            moved.add(part);
            double bytesPerCharacter = (double) length / Math.max(1, text.length());
            excess -= part.characters() * bytesPerCharacter;
        }
    }

    Query query(TokenCount shown) {
        var file = hasFile() ? Optional.of(new Query.Aside(path, renderFile())) : Optional.<Query.Aside>empty();
        return new Query(text, shown.of(text), List.of(), file);
    }

    private boolean isAside(QueryPart part) {
        return moved.contains(part) && !part.inCode();
    }

    private Set<String> inTree() {
        var paths = new TreeSet<String>();
        for (var part : parts) if (moved.contains(part) && part.inCode()) paths.add(part.name());
        return paths;
    }

    private boolean isFeedbackCut() {
        return full != brief && !full.getOrDefault("feedback", "").equals(brief.getOrDefault("feedback", ""));
    }

    private boolean hasFile() {
        return isFeedbackCut()
                || description.isPresent()
                || parts.stream().anyMatch(this::isAside)
                || inTree().size() > NAMED_FILES;
    }

    private String render() {
        boolean hasFile = hasFile();
        var values = new LinkedHashMap<>(brief);
        description.ifPresent(beginning -> values.put("description", beginning));
        lists(values, part -> !moved.contains(part));
        long dependents = parts.stream()
                .filter(part -> part.list().equals("dependents") && isAside(part))
                .count();
        values.put("more_dependents", dependents == 0 ? "" : Long.toString(dependents));
        QueryModel.list(values, "left_out", List.of());
        QueryModel.list(values, "in_tree", QueryModel.items(named(inTree(), NAMED_FILES)));
        values.put("aside_path", hasFile ? Quoting.name(path) : "");
        values.put("aside_about", hasFile ? about() : "");
        var rendered = templates.render(task.kind(), values);
        // Templates of users may be older than the file.
        return !hasFile || rendered.contains(path)
                ? rendered
                : rendered + "\nMore on this task is in `" + Quoting.name(path) + "`: " + about() + ".\n";
    }

    private static List<String> named(Set<String> paths, int most) {
        var lines = new ArrayList<String>();
        paths.stream().limit(most).forEach(each -> lines.add("`" + Quoting.name(each) + "`"));
        if (paths.size() > most) lines.add("and " + (paths.size() - most) + " more");
        return lines;
    }

    /** What is in the file, in words. */
    private String about() {
        var lists = new LinkedHashSet<String>();
        if (isFeedbackCut()) lists.add("feedback");
        if (description.isPresent()) lists.add("description");
        for (var part : parts)
            if (isAside(part)) lists.add(part.use() == QueryPart.Use.CONTRACT_DETAIL ? "details" : part.list());
        if (inTree().size() > NAMED_FILES) lists.add("files");
        return String.join(
                "; ",
                ABOUT.entrySet().stream()
                        .filter(each -> lists.contains(each.getKey()))
                        .map(Map.Entry::getValue)
                        .toList());
    }

    private String renderFile() {
        var values = new LinkedHashMap<>(full);
        if (!isFeedbackCut()) values.put("feedback", "");
        if (description.isEmpty()) values.put("description", "");
        lists(values, this::isAside);
        values.put("more_dependents", "");
        QueryModel.list(values, "left_out", List.of());
        QueryModel.list(values, "in_tree", QueryModel.items(named(inTree(), Integer.MAX_VALUE)));
        return templates.renderAside(values);
    }

    private void lists(Map<String, Object> values, java.util.function.Predicate<QueryPart> wanted) {
        for (var list : QueryTemplates.LISTS_OF_PARTS)
            QueryModel.list(
                    values,
                    list,
                    parts.stream()
                            .filter(part -> part.list().equals(list) && wanted.test(part))
                            .map(QueryPart::values)
                            .toList());
    }
}
