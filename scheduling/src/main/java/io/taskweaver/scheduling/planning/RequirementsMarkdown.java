package io.taskweaver.scheduling.planning;

import io.taskweaver.model.Need;
import io.taskweaver.model.Plan;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes a requirements document in a form without ambiguity: components as headings, and for each requirement an id,
 * and the priority (other than medium), dependencies and acceptance criteria that its task has. Planning the document gives the same
 * tasks, criteria, dependencies and boundaries; shared foundations are not written, since planning finds them again.
 */
public final class RequirementsMarkdown {
    /** What to fill in, for those who begin with an empty page; the title goes in front. */
    private static final String SKELETON = """

            ## Purpose

            <!-- Who needs this, and what will be better for them? This part is read by people and is no task. -->

            ## Requirements

            <!-- A heading for each part of the product; below it one line for each thing that it shall do. The part's
                 interface is published first, so that all who use it can start at once. -->

            ### [Name of a part]

            - **FR-001**: [The part] shall [do something for somebody]. Priority: High
              - Acceptance: [What can be observed when it is done.]
            - **FR-002**: [The part] shall [do something else].
              - Depends on: FR-001
              - Acceptance: [What can be observed when it is done.]

            ## Constraints

            <!-- What binds everything: numbers, technologies, laws. -->

            - [The part shall answer 99 of 100 requests within 20 milliseconds.]

            ## Non-goals

            <!-- What is not to be built, so that nobody builds it. -->

            - [Something that one could expect and will not get.]
            """;

    private final Plan plan;
    private final Map<TaskId, String> names = new LinkedHashMap<>();
    private final StringBuilder out = new StringBuilder();

    private RequirementsMarkdown(Plan plan) {
        this.plan = plan;
    }

    /** A document to fill in. */
    public static String skeleton(String title) {
        return "# " + line(title) + "\n" + SKELETON;
    }

    /** What a plan asks for, as a document, ending with a line feed. */
    public static String write(Plan plan) {
        var writer = new RequirementsMarkdown(plan);
        writer.name();
        writer.out.append("# ").append(line(plan.title())).append("\n\n## Requirements\n\n");
        writer.requirements();
        writer.list("Key Entities", writer.entities());
        writer.list("Constraints", writer.constraints());
        writer.list("Non-goals", plan.boundaries());
        return writer.out.toString().stripTrailing() + "\n";
    }

    private List<Task> work() {
        return plan.tasks().stream()
                .filter(task -> task.kind() == Task.Kind.WORK && !isFoundation(task))
                .sorted((one, other) -> Integer.compare(firstLine(one), firstLine(other)))
                .toList();
    }

    private static boolean isFoundation(Task task) {
        return task.tags().contains(SharedFoundations.TAG);
    }

    /** What the documents list as data of the product, as the foundation quotes it. */
    private List<String> entities() {
        return plan.tasks().stream()
                .filter(RequirementsMarkdown::isFoundation)
                .flatMap(task -> task.description().lines())
                .filter(line -> line.startsWith("- "))
                .map(line -> line.substring(2))
                .filter(plan.constraints()::contains)
                .toList();
    }

    private static int firstLine(Task task) {
        return task.source().map(at -> at.firstLine()).orElse(Integer.MAX_VALUE);
    }

    /** Ids that the documents state stay; what has none is numbered after them. */
    private void name() {
        Set<String> taken = new HashSet<>();
        for (var task : work()) taken.add(task.id().value().toUpperCase(Locale.ROOT));
        int number = 0;
        for (var task : work()) {
            var name = task.id().value();
            if (TaskIds.isDerived(task.id())) {
                do {
                    number++;
                    name = String.format(Locale.ROOT, "FR-%03d", number);
                } while (!taken.add(name));
            }
            names.put(task.id(), name);
        }
    }

    private void requirements() {
        var byPart = new LinkedHashMap<Optional<String>, List<Task>>();
        byPart.put(Optional.empty(), new ArrayList<>());
        for (var task : work())
            byPart.computeIfAbsent(task.component(), part -> new ArrayList<>()).add(task);
        byPart.forEach((part, tasks) -> {
            part.ifPresent(name -> out.append("### ").append(line(name)).append("\n\n"));
            tasks.forEach(this::requirement);
            if (!tasks.isEmpty()) out.append('\n');
        });
    }

    private void requirement(Task task) {
        var lines = task.description().strip().lines().toList();
        out.append("- %s**%s**: %s"
                .formatted(
                        task.done() ? "[x] " : "",
                        names.get(task.id()),
                        line(lines.isEmpty() ? task.title() : lines.getFirst())));
        if (task.priority() != Task.Priority.MEDIUM && !lines.getFirst().contains("riority:"))
            out.append(" Priority: ").append(word(task.priority()));
        out.append('\n');
        lines.stream()
                .skip(1)
                .filter(text -> !text.isBlank())
                .forEach(text -> out.append("  ").append(text).append('\n'));
        var needs = task.needs().stream()
                .filter(need -> need.kind() == Need.Kind.RESULT && need.reason() == Need.Reason.EXPLICIT)
                .map(need -> names.get(need.on()))
                .collect(Collectors.joining(", "));
        if (!needs.isEmpty()) out.append("  - Depends on: ").append(needs).append('\n');
        task.acceptanceCriteria()
                .forEach(criterion ->
                        out.append("  - Acceptance: ").append(line(criterion)).append('\n'));
    }

    private static String word(Task.Priority priority) {
        return switch (priority) {
            case CRITICAL -> "Critical";
            case HIGH -> "High";
            case MEDIUM -> "Medium";
            case LOW -> "Low";
        };
    }

    /** Those that are no requirements with an id of their own. */
    private List<String> constraints() {
        var entities = entities();
        return plan.constraints().stream()
                .filter(text -> !entities.contains(text))
                .filter(text -> names.values().stream().noneMatch(id -> text.startsWith(id + ":")))
                .toList();
    }

    private void list(String heading, List<String> texts) {
        if (texts.isEmpty()) return;
        out.append("## ").append(heading).append("\n\n");
        texts.forEach(text -> out.append("- ").append(line(text)).append('\n'));
        out.append('\n');
    }

    private static String line(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
