package io.taskweaver.prompts;

import io.taskweaver.model.Contract;
import io.taskweaver.model.FileConflict;
import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.Neighbourhood;
import io.taskweaver.model.Passage;
import io.taskweaver.model.Plan;
import io.taskweaver.model.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a context says, as variables of the templates: every value is safe to stand in a prompt. */
final class QueryModel {
    static final int LONGEST_FEEDBACK = 12_000;

    /** Facts in the list at the top of a query, one line each. */
    enum Fact {
        TASK("Task"),
        COMPONENT("Component"),
        OPERATION("Operation"),
        NEW_CLASS("New class"),
        EXPECTED_FILE("Expected file"),
        OUTPUT("Has to exist in the end"),
        COMMAND("Has to succeed in the end"),
        SECTION("Stands in"),
        SOURCE("Comes from");

        final String label;

        Fact(String label) {
            this.label = label;
        }
    }

    private final IsolatedContext context;
    private final Task task;
    private final Optional<Contract> own;
    private final List<QueryPart> parts = new ArrayList<>();

    QueryModel(IsolatedContext context) {
        this.context = context;
        this.task = context.task();
        this.own = task.component()
                .flatMap(component -> context.contracts().stream()
                        .filter(contract -> contract.component().equals(component))
                        .findFirst());
        binding();
        passages();
        ownContract();
        usedContracts();
        conflicts();
        files();
        surroundings();
        conventions();
    }

    /** All that may be left out, and the files that may not. */
    List<QueryPart> parts() {
        return parts;
    }

    /**
     * What stands in every prompt of the task.
     *
     * @param longest characters of the feedback
     */
    Map<String, Object> fixed(Optional<String> feedback, int longest) {
        var values = new LinkedHashMap<String, Object>();
        values.put("id", task.id().value());
        values.put("title", Quoting.oneLine(task.title()));
        values.put("plan", Quoting.oneLine(context.planTitle()));
        values.put("component", line(task.component()));
        values.put("operation", task.operation().map(Quoting::name).orElse(""));
        values.put("source", line(task.source().map(Objects::toString)));
        var written = implementation();
        values.put(
                "new_class_path",
                Quoting.name(written.map(ImplementingClass::path).orElse("")));
        values.put(
                "new_class_name",
                Quoting.name(written.map(ImplementingClass::name).orElse("")));
        values.put(
                "interface_name",
                Quoting.name(written.map(ImplementingClass::interfaceName).orElse("")));
        values.put("check_class", written.isEmpty() ? "" : checkClass());
        values.put("facts", facts(written));
        values.put("description", Quoting.quoted(task.description()));
        values.put("priority", task.priority().name().toLowerCase(Locale.ROOT));
        values.put("critical", task.critical());
        values.put("section", section());
        values.put("waiting", Integer.toString(context.dependents().size()));
        values.put("waiting_text", waiting());
        values.put("expected_files", items(task.expectedFiles()));
        values.put(
                "has_collisions",
                context.conflicts().stream()
                        .anyMatch(conflict -> conflict.proposedPath().isPresent()));
        values.put(
                "has_changed",
                context.conflicts().stream()
                        .anyMatch(conflict -> conflict.proposedPath().isEmpty()));
        values.put("is_fix", context.conflicts().isEmpty());
        values.put("has_contracts", !context.contracts().isEmpty());
        values.put("contract_files", context.contracts().stream().anyMatch(Contract::hasFiles));
        values.put(
                "feedback",
                feedback.filter(text -> !text.isBlank())
                        .map(text -> shortened(text, longest))
                        .map(Quoting::quoted)
                        .orElse(""));
        return values;
    }

    /** Adds a list, and whether it has anything in it. */
    static void list(Map<String, Object> values, String name, List<? extends Map<String, Object>> items) {
        values.put(name, items);
        values.put("has_" + name, !items.isEmpty());
    }

    static List<Map<String, Object>> items(List<String> texts) {
        return texts.stream().map(QueryModel::text).toList();
    }

    private static Map<String, Object> text(String text) {
        return Map.of("text", Quoting.item(text));
    }

    private static String line(Optional<String> text) {
        return text.map(Quoting::oneLine).orElse("");
    }

    private String facts(Optional<ImplementingClass> written) {
        var facts = new ArrayList<String>();
        facts.add(fact(Fact.TASK, task.id().value()));
        task.component().ifPresent(component -> facts.add(fact(Fact.COMPONENT, component)));
        task.operation().ifPresent(operation -> facts.add(fact(Fact.OPERATION, operation)));
        written.ifPresent(made -> facts.add(fact(Fact.NEW_CLASS, made.path())));
        task.expectedFiles().stream()
                .filter(path -> written.filter(made -> made.path().equals(path)).isEmpty())
                .forEach(path -> facts.add(fact(Fact.EXPECTED_FILE, path)));
        task.checks().outputs().forEach(path -> facts.add(fact(Fact.OUTPUT, path)));
        task.checks().command().ifPresent(command -> facts.add(fact(Fact.COMMAND, command)));
        if (!task.headings().isEmpty()) facts.add(fact(Fact.SECTION, section()));
        task.source().ifPresent(source -> facts.add(fact(Fact.SOURCE, source.toString())));
        return String.join("\n", facts);
    }

    private static String fact(Fact fact, String value) {
        return "- " + fact.label + ": " + Quoting.oneLine(value);
    }

    private String section() {
        return Quoting.oneLine(String.join(" > ", task.headings()));
    }

    /** Who waits for a result, which callers of a contract do not. */
    private String waiting() {
        int waiting = context.dependents().size();
        boolean isCalled = context.neighbourhood().dependents().stream().anyMatch(Neighbourhood.Dependent::caller);
        return switch (waiting) {
            case 0 ->
                isCalled
                        ? "No other task waits for it, but others call what it makes, by the contract."
                        : "No other task of the plan waits for it.";
            case 1 -> "One other task starts only when this one is done.";
            default -> waiting + " other tasks start only when this one is done.";
        };
    }

    /** What has to hold, and what binds every task. */
    private void binding() {
        for (String criterion : task.acceptanceCriteria())
            parts.add(QueryPart.of("criteria", "criteria", QueryPart.Use.CRITERION, text(criterion)));
        for (String constraint : context.constraints())
            parts.add(QueryPart.of("constraints", "constraints", QueryPart.Use.CONSTRAINT, text(constraint)));
        for (String boundary : context.boundaries()) {
            boolean assumed = boundary.startsWith(Plan.ASSUMED);
            var said = assumed ? boundary.substring(Plan.ASSUMED.length()) : boundary;
            parts.add(QueryPart.of(
                    assumed ? "assumptions" : "boundaries", "boundaries", QueryPart.Use.BOUNDARY, text(said)));
        }
    }

    /** What else the documents say about the task, in quotes. */
    private void passages() {
        for (Passage passage : task.passages()) {
            var from = Quoting.oneLine((passage.section().isEmpty() ? "" : String.join(" > ", passage.section()) + ", ")
                    + passage.source());
            switch (passage.kind()) {
                case TERM ->
                    parts.add(QueryPart.of("terms", "meanings of words", QueryPart.Use.TERM, text(passage.text())));
                case COMMAND ->
                    parts.add(QueryPart.of(
                            "commands",
                            "commands",
                            QueryPart.Use.COMMAND,
                            Map.of("text", "`" + Quoting.name(passage.text()) + "`")));
                case DATA, TEXT ->
                    parts.add(QueryPart.of(
                            "passages",
                            passage.source().toString(),
                            passage.kind() == Passage.Kind.DATA ? QueryPart.Use.DATA : QueryPart.Use.TEXT,
                            Map.of("from", from, "quote", Quoting.quoted(passage.text()))));
            }
        }
    }

    private Optional<ImplementingClass> implementation() {
        if (task.kind() != Task.Kind.WORK) return Optional.empty();
        return own.flatMap(contract -> task.operation()
                .filter(operation -> !operation.isBlank())
                .flatMap(operation -> ImplementingClass.of(operation, contract)));
    }

    /** Simple name of the class with the checks that an implementation has to pass. */
    private String checkClass() {
        return own.stream()
                .flatMap(contract -> contract.artifacts().stream())
                .filter(artifact -> artifact.kind() == Contract.Kind.VALIDATION
                        && artifact.path().endsWith(".java"))
                .map(artifact -> Quoting.name(artifact.path()
                        .substring(
                                artifact.path().lastIndexOf('/') + 1,
                                artifact.path().length() - ".java".length())))
                .findFirst()
                .orElse("");
    }

    private void ownContract() {
        own.ifPresent(contract -> {
            for (Contract.Artifact artifact : contract.artifacts())
                if (artifact.kind() != Contract.Kind.MOCK)
                    artifact(
                            "implemented",
                            contract,
                            artifact,
                            switch (artifact.kind()) {
                                case INTERFACE -> QueryPart.Use.ESSENTIAL;
                                case VALIDATION -> QueryPart.Use.CONTRACT_CHECK;
                                case MOCK, DATA_FORMAT, API -> QueryPart.Use.CONTRACT_DETAIL;
                            });
        });
    }

    private void usedContracts() {
        for (Contract contract : context.contracts()) {
            if (own.filter(contract::equals).isPresent()) continue;
            for (Contract.Artifact artifact : contract.artifacts())
                if (artifact.kind() == Contract.Kind.INTERFACE || artifact.kind() == Contract.Kind.MOCK)
                    artifact(
                            "callable",
                            contract,
                            artifact,
                            artifact.kind() == Contract.Kind.INTERFACE
                                    ? QueryPart.Use.USED_CONTRACT
                                    : QueryPart.Use.MENTIONED_FILE);
        }
    }

    /** A file of a contract under its path; a text under its name, so that nobody looks for the file. */
    private void artifact(String list, Contract contract, Contract.Artifact artifact, QueryPart.Use use) {
        var path = artifact.path();
        if (contract.hasFiles()) {
            parts.add(QueryPart.file(list, path, use, block(path, artifact.content()), true));
            return;
        }
        var name = Heading.textOf(artifact.kind(), contract.component());
        var text = "### " + name + "\n" + Fence.enclose(path, artifact.content());
        parts.add(QueryPart.file(list, name, use, text.stripTrailing(), false));
    }

    private void conflicts() {
        for (FileConflict conflict : context.conflicts()) {
            String contributors = conflict.contributors().stream()
                    .map(Object::toString)
                    .sorted()
                    .collect(Collectors.joining(", "));
            String block = Heading.file(conflict.path())
                    + (contributors.isEmpty() ? "" : "The current text holds the results of " + contributors + ".\n")
                    + conflict.proposedPath()
                            .map(name -> collision(conflict.path(), name))
                            .orElse("")
                    + side(QuerySection.ANCESTOR, conflict.path(), conflict.base())
                    + side(QuerySection.CURRENT, conflict.path(), conflict.current())
                    + side(QuerySection.PROPOSED, conflict.path(), conflict.proposed());
            parts.add(QueryPart.file(
                    "conflicts", conflict.path(), QueryPart.Use.ESSENTIAL, block.stripTrailing(), false));
        }
    }

    private static String collision(String path, String name) {
        return "The proposed text is that of a new file, `" + Quoting.name(name) + "`. On Windows and macOS it would be"
                + " one file with `" + Quoting.name(path)
                + "`, so it is not in the code. Nobody changed the same lines:"
                + " put it into a file of another name, with what refers to it, or bring both texts together in `"
                + Quoting.name(path) + "`.\n";
    }

    private static String side(String title, String path, Optional<String> text) {
        return "\n#### " + title + "\n"
                + text.map(content -> Fence.enclose(path, content)).orElse("There is no such file on this side.\n");
    }

    private void files() {
        var shown = parts.stream().map(QueryPart::name).collect(Collectors.toSet());
        var use = new FileRelevance(context);
        // In the order of paths.
        context.files().forEach((path, content) -> {
            if (!shown.contains(path))
                parts.add(QueryPart.file("files", path, use.of(path), block(path, content), true));
        });
    }

    private static String block(String path, String content) {
        return (Heading.file(path) + Fence.enclose(path, content)).stripTrailing();
    }

    private void surroundings() {
        var around = context.neighbourhood();
        for (Neighbourhood.Foundation on : around.foundations())
            part("foundations", QueryPart.Use.FOUNDATION, on.id(), on.title(), Map.of("because", line(on.because())));
        for (Neighbourhood.Sibling beside : around.siblings())
            part(
                    "siblings",
                    QueryPart.Use.SIBLING,
                    beside.id(),
                    beside.title(),
                    Map.of("concurrent", beside.concurrent(), "their_files", paths(beside.files())));
        var detailed = new TreeSet<String>();
        for (Neighbourhood.Dependent waiting : around.dependents()) {
            detailed.add(waiting.id().value());
            part(
                    "dependents",
                    QueryPart.Use.DEPENDENT,
                    waiting.id(),
                    waiting.title(),
                    Map.of(
                            "caller",
                            waiting.caller(),
                            "because",
                            line(waiting.because()),
                            "shared_files",
                            paths(waiting.files()),
                            "their_criteria",
                            oneLiners(waiting.criteria())));
        }
        context.dependents().forEach((id, title) -> {
            if (!detailed.contains(id))
                part(
                        "dependents",
                        QueryPart.Use.LATER,
                        id,
                        title,
                        Map.of("caller", false, "because", "", "shared_files", "", "their_criteria", List.of()));
        });
        for (Neighbourhood.Later after : around.later())
            part("later", QueryPart.Use.LATER, after.id(), after.title(), Map.of());
    }

    private void conventions() {
        for (String convention : context.conventions())
            parts.add(QueryPart.of(
                    "conventions",
                    "how the code base is written",
                    convention.startsWith("Build") ? QueryPart.Use.COMMAND : QueryPart.Use.CONVENTION,
                    text(convention)));
    }

    private void part(String list, QueryPart.Use use, Object id, String title, Map<String, Object> more) {
        var values = new LinkedHashMap<>(more);
        values.put("id", Quoting.oneLine(id.toString()));
        values.put("title", Quoting.oneLine(title));
        parts.add(QueryPart.of(list, "task " + id, use, values));
    }

    private static List<Map<String, Object>> oneLiners(List<String> texts) {
        return texts.stream()
                .map(text -> Map.<String, Object>of("text", Quoting.oneLine(text)))
                .toList();
    }

    private static String line(String text) {
        return Quoting.oneLine(text);
    }

    private static String paths(List<String> paths) {
        return paths.stream().map(path -> "`" + Quoting.name(path) + "`").collect(Collectors.joining(", "));
    }

    /** Beginning and end: what failed is mostly named in one of them. */
    private static String shortened(String text, int longest) {
        if (text.length() <= longest) return text;
        int half = longest / 2;
        return text.substring(0, half) + "\n[... " + (text.length() - 2 * half) + " characters left out ...]\n"
                + text.substring(text.length() - half);
    }
}
