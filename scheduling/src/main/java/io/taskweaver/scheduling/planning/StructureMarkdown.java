package io.taskweaver.scheduling.planning;

import io.taskweaver.model.Plan;
import io.taskweaver.model.Task;
import io.taskweaver.requirements.code.CodeMap;
import io.taskweaver.requirements.code.Declaration;
import io.taskweaver.requirements.code.Module;
import io.taskweaver.requirements.code.Modules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes a STRUCTURE.md as {@link io.taskweaver.requirements.analysis.StructureReader} reads it: components with what each is for,
 * their interfaces, who depends on whom, and the folders in a fence. From a plan, from code, or from both: then parts of the
 * same name are one.
 */
public final class StructureMarkdown {
    private static final int MOST_OPERATIONS = 12;
    private static final int DEEPEST_FOLDER = 6;
    private static final int MOST_FOLDERS = 400;

    private final Map<String, Part> parts = new LinkedHashMap<>();

    private StructureMarkdown() {}

    /** A component, and what is known of it so far. */
    private static final class Part {
        final String name;
        String description;
        final Set<String> operations = new LinkedHashSet<>();
        final Set<String> uses = new LinkedHashSet<>();

        Part(String name, String description) {
            this.name = name;
            this.description = description;
        }
    }

    /** The document; its title is the plan's. */
    public static String write(Optional<Plan> plan, CodeMap code) {
        var structure = new StructureMarkdown();
        plan.ifPresent(structure::add);
        var modules = Modules.of(code);
        modules.forEach(structure::add);
        modules.forEach(structure::addUses);
        return structure.text(
                "Structure" + plan.map(made -> " of " + made.title()).orElse(""), code);
    }

    private void add(Plan plan) {
        for (var component : plan.components()) {
            var part = part(component.name(), component.description());
            component.operations().forEach(operation -> part.operations.add(operation.name()));
        }
        for (var task : plan.tasks()) {
            var own = task.component().map(StructureMarkdown::key);
            if (own.isEmpty() || task.kind() != Task.Kind.WORK) continue;
            for (var component : plan.components()) {
                boolean uses = component.consumers().contains(task.id())
                        && !key(component.name()).equals(own.get());
                if (uses) Optional.ofNullable(parts.get(own.get())).ifPresent(part -> part.uses.add(component.name()));
            }
        }
    }

    private void add(Module module) {
        var part = part(plain(module.name()), "code in " + module.place());
        module.open().stream()
                .filter(declaration ->
                        declaration.isType() && declaration.owner().isEmpty()
                                || declaration.kind() == Declaration.Kind.OPERATION)
                .map(Declaration::symbol)
                .limit(MOST_OPERATIONS)
                .forEach(part.operations::add);
    }

    private void addUses(Module module) {
        var part = part(plain(module.name()), "");
        for (var used : module.uses()) {
            var other = part(plain(used), "");
            if (other != part) part.uses.add(other.name);
        }
    }

    private Part part(String name, String description) {
        var part = parts.computeIfAbsent(key(name), key -> new Part(name, description));
        if (part.description.isBlank()) part.description = description;
        return part;
    }

    /** A module's path with words between its parts: what a component is called has no slashes. */
    private static String plain(String module) {
        return module.equals(".")
                ? "root"
                : module.replace('/', ' ').replace(':', ' ').strip();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
    }

    private String text(String title, CodeMap code) {
        var text = new StringBuilder("# ").append(title).append("\n\n## Components\n\n");
        for (var part : parts.values()) text.append("- %s: %s\n".formatted(part.name, oneLine(part)));
        if (parts.values().stream().anyMatch(part -> !part.operations.isEmpty())) interfaces(text);
        if (parts.values().stream().anyMatch(part -> !part.uses.isEmpty())) dependencies(text);
        if (!code.paths().isEmpty()) tree(code, text);
        return text.toString();
    }

    private static String oneLine(Part part) {
        return part.description.isBlank()
                ? "part of the product"
                : part.description.replaceAll("\\s+", " ").strip();
    }

    private void interfaces(StringBuilder text) {
        text.append("\n## Interfaces\n\n");
        for (var part : parts.values())
            if (!part.operations.isEmpty())
                text.append("- %s: `%s`\n".formatted(part.name, String.join("`, `", part.operations)));
    }

    private void dependencies(StringBuilder text) {
        text.append("\n## Dependencies\n\n");
        for (var part : parts.values())
            for (var used : part.uses)
                text.append("- ").append(part.name).append(" -> ").append(used).append('\n');
    }

    private static void tree(CodeMap code, StringBuilder text) {
        var folders =
                new TreeSet<List<String>>((one, other) -> String.join("/", one).compareTo(String.join("/", other)));
        for (var path : code.paths()) {
            var names = List.of(path.split("/"));
            for (int depth = 1; depth < Math.min(names.size(), DEEPEST_FOLDER + 1); depth++)
                folders.add(names.subList(0, depth));
        }
        if (folders.isEmpty()) return;
        text.append("\n## Directory tree\n\n```\n");
        for (var folder : new ArrayList<>(folders).subList(0, Math.min(MOST_FOLDERS, folders.size())))
            text.append("  ".repeat(folder.size() - 1)).append(folder.getLast()).append("/\n");
        if (folders.size() > MOST_FOLDERS)
            text.append("... ").append(folders.size() - MOST_FOLDERS).append(" more\n");
        text.append("```\n");
    }
}
