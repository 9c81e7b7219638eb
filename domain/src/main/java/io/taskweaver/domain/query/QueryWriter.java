package io.taskweaver.domain.query;

import io.taskweaver.domain.context.FileConflict;
import io.taskweaver.domain.context.IsolatedContext;
import io.taskweaver.domain.contract.Contract;
import io.taskweaver.domain.plan.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes the prompt of a task: all that an agent needs that knows nothing else. The same context gives the same text;
 * nothing in it depends on the time, the attempt or what other tasks do.
 *
 * <p>Texts of users are quoted, and files are fenced, so that what they hold is never taken for a part of the prompt.
 */
public final class QueryWriter {
    /** Limit that {@link #write(IsolatedContext, Optional)} keeps, in tokens as {@link Query} counts them. */
    public static final int DEFAULT_LIMIT = 60_000;

    private static final int LONGEST_FEEDBACK = 12_000;

    private final IsolatedContext context;
    private final Task task;
    private final Optional<Contract> own;
    private final List<QueryPart> parts = new ArrayList<>();

    private QueryWriter(IsolatedContext context) {
        this.context = context;
        this.task = context.task();
        this.own = task.component()
                .flatMap(component -> context.contracts().stream()
                        .filter(contract -> contract.component().equals(component))
                        .findFirst());
    }

    /**
     * The prompt of a task, within {@link #DEFAULT_LIMIT}.
     *
     * @param feedback why the last attempt failed
     */
    public static Query write(IsolatedContext context, Optional<String> feedback) {
        return write(context, feedback, DEFAULT_LIMIT);
    }

    /**
     * The prompt of a task.
     *
     * @param feedback why the last attempt failed
     * @param limit length to keep, in tokens; the least useful files and contracts are left out until it is kept, and
     *     the text names them. What the task can not be done without stays, so a very long task may exceed it.
     */
    public static Query write(IsolatedContext context, Optional<String> feedback, int limit) {
        return new QueryWriter(context).query(feedback, limit);
    }

    private Query query(Optional<String> feedback, int limit) {
        String opening = opening();
        ownContract();
        usedContracts();
        conflicts();
        files();
        outlook();
        feedback.filter(text -> !text.isBlank()).ifPresent(this::feedback);
        String closing = "## How to answer\n\n" + AnswerFormat.INSTRUCTIONS;

        var selection = QueryPart.select(parts, (long) opening.length() + closing.length(), Query.characters(limit));
        var text = new StringBuilder(opening);
        var sections = new LinkedHashMap<String, List<QueryPart>>();
        selection
                .kept()
                .forEach(part -> sections.computeIfAbsent(part.section(), title -> new ArrayList<>())
                        .add(part));
        sections.forEach((title, kept) -> {
            text.append("## ").append(title).append("\n\n").append(introduction(title));
            kept.forEach(part -> text.append(part.text()).append('\n'));
        });
        if (!selection.dropped().isEmpty())
            text.append("## Left out\n\n")
                    .append(QueryPart.omissions(selection.dropped()))
                    .append('\n');
        return Query.of(text.append(closing).toString());
    }

    private String opening() {
        var text = new StringBuilder("# ").append(oneLine(task.title())).append("\n\n");
        text.append("You are one of several coding agents that work on \"")
                .append(oneLine(context.planTitle()))
                .append("\" at the same time. Do the one task below and nothing else; the others do theirs.")
                .append(" All that you need is in this text.\n\n");
        fact(text, QueryFact.TASK, task.id().value());
        task.component().ifPresent(component -> fact(text, QueryFact.COMPONENT, component));
        task.operation().ifPresent(operation -> fact(text, QueryFact.OPERATION, operation));
        implementation().ifPresent(written -> fact(text, QueryFact.NEW_CLASS, written.path()));
        task.expectedFiles().forEach(path -> fact(text, QueryFact.EXPECTED_FILE, path));
        task.source().ifPresent(source -> fact(text, QueryFact.SOURCE, source.toString()));

        text.append("\n## ")
                .append(QuerySection.WORK.title)
                .append("\n\n")
                .append(quoted(task.description()))
                .append('\n');
        text.append(work()).append(' ').append(reason()).append("\n\n");
        list(text, QuerySection.CRITERIA.title, "", task.acceptanceCriteria());
        list(text, "Constraints", "They bind every task of this plan.\n\n", context.constraints());
        text.append("## Boundaries\n\n- Change only what this task needs; leave all other files as they are.\n");
        if (!context.contracts().isEmpty())
            text.append("- The files of the contracts below are agreed with others: do not change them.\n");
        context.boundaries()
                .forEach(boundary -> text.append("- ")
                        .append(indented("Out of scope: " + boundary))
                        .append('\n'));
        return text.append('\n').toString();
    }

    private String work() {
        if (task.kind() == Task.Kind.RECONCILE)
            return "Two results changed the same places of the files below. Bring them together: keep what each of them"
                    + " was meant to do, and give every file that is in conflict once, in whole.";
        return implementation()
                .map(written -> "Write the class `" + written.name() + "` in `" + written.path() + "`: it implements `"
                        + written.interfaceName() + "`, does the operation `"
                        + task.operation().orElseThrow() + "` itself, and passes every other operation on to a `"
                        + written.interfaceName()
                        + " next` that its constructor takes. Others write the other operations"
                        + " in the same way, each in a class of their own.")
                .orElse("Do it in whatever files it takes, in the style of those at hand.");
    }

    private String reason() {
        int waiting = context.dependents().size();
        String use = switch (waiting) {
            case 0 -> "Nothing else waits for it.";
            case 1 -> "One other task waits for it.";
            default -> waiting + " other tasks wait for it.";
        };
        String urgency =
                task.critical() ? " It lies on the critical path: the whole plan ends later if it is late." : "";
        return task.source()
                        .map(source -> "The requirement is in " + source + ". ")
                        .orElse("")
                + use
                + urgency;
    }

    private Optional<ImplementingClass> implementation() {
        if (task.kind() != Task.Kind.WORK) return Optional.empty();
        return own.flatMap(contract -> task.operation()
                .filter(operation -> !operation.isBlank())
                .flatMap(operation -> ImplementingClass.of(operation, contract)));
    }

    private void ownContract() {
        own.ifPresent(contract -> {
            for (Contract.Artifact artifact : contract.artifacts())
                if (artifact.kind() != Contract.Kind.MOCK)
                    part(
                            QuerySection.IMPLEMENTED,
                            artifact.path(),
                            artifact.kind() == Contract.Kind.INTERFACE
                                    ? QueryPart.Use.ESSENTIAL
                                    : QueryPart.Use.CONTRACT_DETAIL,
                            Heading.file(artifact.path()) + Fence.enclose(artifact.path(), artifact.content()));
        });
    }

    private void usedContracts() {
        context.contracts().stream()
                .filter(contract -> own.filter(contract::equals).isEmpty())
                .flatMap(contract -> contract.artifacts().stream())
                .filter(artifact -> artifact.kind() == Contract.Kind.INTERFACE || artifact.kind() == Contract.Kind.MOCK)
                .forEach(artifact -> part(
                        QuerySection.CALLABLE,
                        artifact.path(),
                        artifact.kind() == Contract.Kind.INTERFACE
                                ? QueryPart.Use.USED_CONTRACT
                                : QueryPart.Use.MENTIONED_FILE,
                        Heading.file(artifact.path()) + Fence.enclose(artifact.path(), artifact.content())));
    }

    private void conflicts() {
        for (FileConflict conflict : context.conflicts()) {
            String contributors = conflict.contributors().stream()
                    .map(Object::toString)
                    .sorted()
                    .collect(Collectors.joining(", "));
            part(
                    QuerySection.CONFLICTS,
                    conflict.path(),
                    QueryPart.Use.ESSENTIAL,
                    Heading.file(conflict.path())
                            + (contributors.isEmpty()
                                    ? ""
                                    : "The current text holds the results of " + contributors + ".\n")
                            + side(QuerySection.ANCESTOR, conflict.path(), conflict.base())
                            + side(QuerySection.CURRENT, conflict.path(), conflict.current())
                            + side(QuerySection.PROPOSED, conflict.path(), conflict.proposed()));
        }
    }

    private static String side(String title, String path, Optional<String> text) {
        return "\n#### " + title + "\n"
                + text.map(content -> Fence.enclose(path, content)).orElse("There is no such file on this side.\n");
    }

    private void files() {
        Set<String> shown = parts.stream().map(QueryPart::name).collect(Collectors.toSet());
        var use = new FileUse(context);
        new TreeMap<>(context.files()).forEach((path, content) -> {
            if (!shown.contains(path))
                part(QuerySection.FILES, path, use.of(path), Heading.file(path) + Fence.enclose(path, content));
        });
    }

    private void outlook() {
        if (context.dependents().isEmpty()) return;
        var text = new StringBuilder();
        new TreeMap<>(context.dependents())
                .forEach((id, title) ->
                        text.append("- ").append(oneLine(id + ": " + title)).append('\n'));
        parts.add(new QueryPart("What comes next", "what comes next", QueryPart.Use.OUTLOOK, text.toString()));
    }

    private void feedback(String text) {
        parts.add(
                new QueryPart("The last attempt failed", "feedback", QueryPart.Use.ESSENTIAL, quoted(shortened(text))));
    }

    private void part(QuerySection section, String path, QueryPart.Use use, String text) {
        parts.add(new QueryPart(section.title, path, use, text));
    }

    private static String introduction(String title) {
        return switch (title) {
            case "What comes next" ->
                "These tasks build on this one; leave them a clean start, but do not do them.\n\n";
            case "The last attempt failed" -> "This is why. Do the task so that it does not happen again.\n\n";
            default -> "";
        };
    }

    private static void fact(StringBuilder text, QueryFact fact, String value) {
        text.append("- ").append(fact.label).append(": ").append(oneLine(value)).append('\n');
    }

    private static void list(StringBuilder text, String title, String introduction, List<String> items) {
        if (items.isEmpty()) return;
        text.append("## ").append(title).append("\n\n").append(introduction);
        items.forEach(item -> text.append("- ").append(indented(item)).append('\n'));
        text.append('\n');
    }

    private static String quoted(String text) {
        return text.strip()
                .lines()
                .map(line -> ("> " + line).stripTrailing() + "\n")
                .collect(Collectors.joining());
    }

    private static String indented(String text) {
        return text.strip().lines().collect(Collectors.joining("\n    "));
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    /** Beginning and end: what failed is mostly named in one of them. */
    private static String shortened(String text) {
        if (text.length() <= LONGEST_FEEDBACK) return text;
        int half = LONGEST_FEEDBACK / 2;
        return text.substring(0, half) + "\n[... " + (text.length() - 2 * half) + " characters left out ...]\n"
                + text.substring(text.length() - half);
    }
}
