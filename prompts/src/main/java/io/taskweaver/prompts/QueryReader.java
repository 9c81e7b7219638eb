package io.taskweaver.prompts;

import io.taskweaver.model.FileConflict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds in a query what a program needs to answer it, e.g. a simulated agent. It goes by the facts and headings of the
 * templates that come with the program. Of a query by other templates it finds what is written in the same way: facts
 * before the first heading of a section, and files, which count as implemented where they lie beside the class to write,
 * and else as at hand. Of any other text it takes the first line for the title.
 */
public final class QueryReader {
    private static final String HOW_TO_WORK = "How to work";
    private static final String REPOSITORY = "- Repository: ";
    private static final String BRANCH = "- Branch: ";

    private final List<String> lines;
    private final Map<QueryModel.Fact, List<String>> facts = new EnumMap<>(QueryModel.Fact.class);
    private final Map<QuerySection, Map<String, String>> files = new EnumMap<>(QuerySection.class);
    /** Files below headings that mean nothing here. */
    private final Map<String, String> elsewhere = new LinkedHashMap<>();
    /** Path of a conflict to its sides by their titles. */
    private final Map<String, Map<String, String>> conflicts = new LinkedHashMap<>();

    private final StringBuilder description = new StringBuilder();
    private final List<String> criteria = new ArrayList<>();
    private String title = "";
    private Optional<QuerySection> section = Optional.empty();
    private boolean inFacts = true;
    private Optional<String> path = Optional.empty();
    private String side = "";
    /** What follows {@code - Repository:} and {@code - Branch:} in the section about how to work. */
    private final Map<String, String> remote = new HashMap<>();

    private boolean isAboutWork;

    private QueryReader(List<String> lines) {
        this.lines = lines;
    }

    public static QueryParts read(String query) {
        return new QueryReader(List.of(query.split("\n", -1))).read();
    }

    private QueryParts read() {
        int at = 0;
        while (at < lines.size()) {
            if (Fence.opening(lines.get(at)).isPresent()) {
                Optional<Fence.Block> block = Fence.read(lines, at, false);
                block.ifPresent(this::keep);
                at = block.map(Fence.Block::next).orElse(at + 1);
            } else {
                line(lines.get(at++));
            }
        }
        return new QueryParts(
                first(QueryModel.Fact.TASK).orElse(""),
                title,
                description.toString().strip(),
                criteria,
                first(QueryModel.Fact.COMPONENT),
                first(QueryModel.Fact.OPERATION),
                first(QueryModel.Fact.NEW_CLASS),
                facts.getOrDefault(QueryModel.Fact.EXPECTED_FILE, List.of()),
                facts.getOrDefault(QueryModel.Fact.OUTPUT, List.of()),
                implemented(),
                files.getOrDefault(QuerySection.CALLABLE, Map.of()),
                conflicts.entrySet().stream()
                        .map(entry -> conflict(entry.getKey(), entry.getValue()))
                        .toList(),
                atHand(),
                Optional.ofNullable(remote.get(REPOSITORY))
                        .flatMap(url -> Optional.ofNullable(remote.get(BRANCH))
                                .map(branch -> new Delivery.OnRemote(url, branch))));
    }

    private Map<String, String> implemented() {
        var found = files.get(QuerySection.IMPLEMENTED);
        if (found != null) return found;
        var beside = new LinkedHashMap<String, String>();
        first(QueryModel.Fact.NEW_CLASS)
                .ifPresent(written -> elsewhere.forEach((other, text) -> {
                    if (folder(other).equals(folder(written))) beside.put(other, text);
                }));
        return beside;
    }

    private Map<String, String> atHand() {
        var found = files.get(QuerySection.FILES);
        if (found != null) return found;
        var rest = new LinkedHashMap<>(elsewhere);
        rest.keySet().removeAll(implemented().keySet());
        return rest;
    }

    private static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private void line(String line) {
        if (title.isEmpty() && !line.isBlank()) title = line.startsWith("# ") ? line.substring(2) : line.strip();
        else if (line.startsWith("## ")) enter(line.substring("## ".length()));
        else if (line.startsWith("#### ")) side = line.substring("#### ".length());
        else if (isAboutWork) work(line);
        else if (section.isPresent()) line(section.get(), line);
        else if (!heading(line) && inFacts) fact(line);
    }

    private void work(String line) {
        for (var name : List.of(REPOSITORY, BRANCH))
            if (line.startsWith(name + "`") && line.endsWith("`"))
                remote.putIfAbsent(name, line.substring(name.length() + 1, line.length() - 1));
    }

    /** Whether it names a file below a heading that means nothing here. */
    private boolean heading(String line) {
        Optional<Heading> named = Heading.of(line).filter(found -> found.kind() == Heading.Kind.FILE);
        named.ifPresent(found -> file(WorkPath.cleaned(found.text())));
        return named.isPresent();
    }

    private void line(QuerySection within, String line) {
        switch (within) {
            case WORK -> {
                if (line.startsWith(">"))
                    description.append(line.substring(1).strip()).append('\n');
            }
            case CRITERIA -> {
                if (line.startsWith("- ")) criteria.add(line.substring(2));
                else if (!line.isBlank() && !criteria.isEmpty())
                    criteria.add(criteria.removeLast() + "\n" + line.strip());
            }
            case IMPLEMENTED, CALLABLE, CONFLICTS, FILES ->
                Heading.of(line)
                        .filter(heading -> heading.kind() == Heading.Kind.FILE)
                        .ifPresent(heading -> file(WorkPath.cleaned(heading.text())));
        }
    }

    private void enter(String heading) {
        inFacts = false;
        isAboutWork = heading.equals(HOW_TO_WORK);
        section = Optional.empty();
        path = Optional.empty();
        for (QuerySection known : QuerySection.values()) if (known.title.equals(heading)) section = Optional.of(known);
    }

    private void file(String named) {
        path = Optional.of(named);
        side = "";
        if (section.filter(QuerySection.CONFLICTS::equals).isPresent()) conflicts.put(named, new LinkedHashMap<>());
    }

    private void fact(String line) {
        for (QueryModel.Fact fact : QueryModel.Fact.values()) {
            String start = "- " + fact.label + ": ";
            if (line.startsWith(start))
                facts.computeIfAbsent(fact, key -> new ArrayList<>()).add(line.substring(start.length()));
        }
    }

    private void keep(Fence.Block block) {
        if (path.isEmpty()) return;
        if (section.isEmpty()) elsewhere.put(path.get(), block.text());
        else if (section.get() == QuerySection.CONFLICTS) {
            Map<String, String> sides = conflicts.get(path.get());
            if (sides != null) sides.put(side, block.text());
        } else {
            files.computeIfAbsent(section.get(), key -> new LinkedHashMap<>()).put(path.get(), block.text());
        }
    }

    private static FileConflict conflict(String path, Map<String, String> sides) {
        return new FileConflict(
                path,
                Optional.ofNullable(sides.get(QuerySection.ANCESTOR)),
                Optional.ofNullable(sides.get(QuerySection.CURRENT)),
                Optional.ofNullable(sides.get(QuerySection.PROPOSED)),
                List.of());
    }

    private Optional<String> first(QueryModel.Fact fact) {
        return facts.getOrDefault(fact, List.of()).stream().findFirst();
    }
}
