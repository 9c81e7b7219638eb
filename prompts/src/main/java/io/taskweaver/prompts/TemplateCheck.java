package io.taskweaver.prompts;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import io.taskweaver.prompts.TemplateReading.Fault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds what is wrong with templates before anything is written by them. */
final class TemplateCheck {
    /** Variables of the items of each list. */
    private static final Map<String, Set<String>> ITEMS = new TreeMap<>(Map.ofEntries(
            Map.entry("criteria", Set.of("text")),
            Map.entry("constraints", Set.of("text")),
            Map.entry("boundaries", Set.of("text")),
            Map.entry("assumptions", Set.of("text")),
            Map.entry("conventions", Set.of("text")),
            Map.entry("left_out", Set.of("text")),
            Map.entry("in_tree", Set.of("text")),
            Map.entry("terms", Set.of("text")),
            Map.entry("commands", Set.of("text")),
            Map.entry("passages", Set.of("from", "quote")),
            Map.entry("expected_files", Set.of("text")),
            Map.entry("their_criteria", Set.of("text")),
            Map.entry("implemented", Set.of("path", "block")),
            Map.entry("callable", Set.of("path", "block")),
            Map.entry("conflicts", Set.of("path", "block")),
            Map.entry("files", Set.of("path", "block")),
            Map.entry("foundations", Set.of("id", "title", "because")),
            Map.entry("siblings", Set.of("id", "title", "concurrent", "their_files")),
            Map.entry("dependents", Set.of("id", "title", "caller", "because", "shared_files", "their_criteria")),
            Map.entry("later", Set.of("id", "title"))));

    private static final Set<String> TEXTS = new TreeSet<>(Set.of(
            "id",
            "title",
            "plan",
            "component",
            "operation",
            "source",
            "new_class_path",
            "new_class_name",
            "interface_name",
            "check_class",
            "facts",
            "description",
            "priority",
            "waiting",
            "waiting_text",
            "feedback",
            "section",
            "aside_path",
            "aside_about",
            "more_dependents",
            "remote_url",
            "remote_branch"));
    private static final Set<String> FLAGS = Set.of(
            "critical",
            "has_contracts",
            "contract_files",
            "has_changed",
            "has_collisions",
            "is_fix",
            "in_folder",
            "on_remote");
    private static final Set<String> ALWAYS = Set.of(".", "this", "-first", "-last", "-index");
    private static final Pattern AT_LINE = Pattern.compile("(?: @ line | on line )(\\d+)");

    private final Map<String, String> sources;
    private final List<Fault> faults = new ArrayList<>();
    private final Map<String, Tags> read = new HashMap<>();
    private final Set<String> unreadable = new HashSet<>();

    TemplateCheck(Map<String, String> sources) {
        this.sources = sources;
    }

    /** All that is wrong with the named files. */
    List<Fault> faultsOf(Collection<String> files) {
        var included = included();
        for (var file : files) {
            if (!included.contains(file))
                faults.add(
                        new Fault(
                                file,
                                1,
                                "no template uses it; a template is called task.mustache, reconcile.mustache,"
                                        + " answer.mustache, folder.mustache, remote.mustache or aside.mustache, or is included by one of them with {{>name}}"));
            else names(file);
        }
        if (faults.isEmpty()) samples();
        return faults;
    }

    /** Files that the templates are made of; what cannot be read is a fault. */
    private Set<String> included() {
        var included = new LinkedHashSet<String>();
        for (var root : List.of(QueryTemplates.WORK, QueryTemplates.RECONCILE, QueryTemplates.ASIDE))
            include(root + QueryTemplates.SUFFIX, new ArrayList<>(), included);
        return included;
    }

    private void include(String file, List<String> path, Set<String> included) {
        boolean known = !included.add(file);
        if (path.contains(file)) {
            if (faults.stream().noneMatch(fault -> fault.file().equals(file)))
                faults.add(new Fault(file, 1, "it includes itself: " + String.join(" > ", path) + " > " + file));
            return;
        }
        if (known) return;
        var inner = new ArrayList<>(path);
        inner.add(file);
        for (var name : tags(file).includes) {
            var other = name + QueryTemplates.SUFFIX;
            if (sources.containsKey(other)) include(other, inner, included);
            else
                faults.add(new Fault(
                        file,
                        line(file, name),
                        "it includes '" + name + "', and there is no " + other + "; there are "
                                + String.join(", ", new TreeSet<>(sources.keySet()))));
        }
    }

    private void names(String file) {
        var known = known();
        for (var name : tags(file).names)
            if (!known.contains(name))
                faults.add(new Fault(
                        file,
                        line(file, name),
                        "there is no variable '" + name + "'; there are " + String.join(", ", known)));
    }

    /** Names of variables that a template may use somewhere. */
    private static Set<String> known() {
        var known = new TreeSet<>(TEXTS);
        known.addAll(FLAGS);
        ITEMS.forEach((list, items) -> {
            known.add(list);
            if (!list.equals("their_criteria") && !list.equals("expected_files")) known.add("has_" + list);
            known.addAll(items);
        });
        known.addAll(ALWAYS);
        return known;
    }

    /** Whether it can be written with everything there, and with nothing: items have variables that a list lacks. */
    private void samples() {
        for (var root : List.of(QueryTemplates.WORK, QueryTemplates.RECONCILE, QueryTemplates.ASIDE))
            for (boolean full : new boolean[] {true, false}) {
                try {
                    QueryTemplates.compiler(sources).loadTemplate(root).execute(sample(full));
                } catch (MustacheException.Context e) {
                    faults.add(misplaced(root, e.key));
                    return;
                } catch (MustacheException e) {
                    faults.add(new Fault(root + QueryTemplates.SUFFIX, 1, "" + e.getMessage()));
                    return;
                }
            }
    }

    private Fault misplaced(String root, String name) {
        var file = sources.keySet().stream()
                .filter(other -> tags(other).names.contains(name))
                .findFirst()
                .orElse(root + QueryTemplates.SUFFIX);
        var lists = ITEMS.entrySet().stream()
                .filter(list -> list.getValue().contains(name))
                .map(Map.Entry::getKey)
                .toList();
        return new Fault(
                file,
                line(file, name),
                "the variable '" + name + "' is available only within " + String.join(", ", lists) + ", e.g. {{#"
                        + lists.getFirst() + "}}{{" + name + "}}{{/" + lists.getFirst() + "}}");
    }

    private static Map<String, Object> sample(boolean full) {
        var values = new HashMap<String, Object>();
        TEXTS.forEach(name -> values.put(name, full ? "x" : ""));
        FLAGS.forEach(name -> values.put(name, full));
        ITEMS.keySet().forEach(list -> {
            if (!list.equals("their_criteria")) QueryModel.list(values, list, full ? List.of(item(list)) : List.of());
        });
        return values;
    }

    private static Map<String, Object> item(String list) {
        var item = new LinkedHashMap<String, Object>();
        for (var name : ITEMS.getOrDefault(list, Set.of()))
            item.put(
                    name,
                    switch (name) {
                        case "their_criteria" -> List.of(item("their_criteria"));
                        case "caller", "concurrent" -> true;
                        default -> "x";
                    });
        return item;
    }

    /** The tags of a template. */
    private static final class Tags implements Mustache.Visitor {
        private final Set<String> names = new LinkedHashSet<>();
        private final Set<String> includes = new LinkedHashSet<>();

        @Override
        public void visitText(String text) {}

        @Override
        public void visitVariable(String name) {
            names.add(name);
        }

        @Override
        public boolean visitInclude(String name) {
            includes.add(name);
            return false;
        }

        @Override
        public boolean visitSection(String name) {
            names.add(name);
            return true;
        }

        @Override
        public boolean visitInvertedSection(String name) {
            names.add(name);
            return true;
        }
    }

    private Tags tags(String file) {
        return read.computeIfAbsent(file, name -> {
            var tags = new Tags();
            compile(name, tags);
            return tags;
        });
    }

    private void compile(String file, Tags tags) {
        try {
            Template template = QueryTemplates.compiler(sources).compile(sources.getOrDefault(file, ""));
            template.visit(tags);
        } catch (MustacheException e) {
            if (!unreadable.add(file)) return;
            var message = String.valueOf(e.getMessage());
            var at = AT_LINE.matcher(message);
            int line = at.find() ? Integer.parseInt(at.group(1)) : 1;
            faults.add(new Fault(file, line, AT_LINE.matcher(message).replaceAll("")));
        }
    }

    /** Where a tag of that name is first. */
    private int line(String file, String name) {
        var source = sources.getOrDefault(file, "");
        var tag = Pattern.compile("\\{\\{[{#^&>]?\\s*" + Pattern.quote(name) + "\\s*\\}")
                .matcher(source);
        int end = tag.find() ? tag.start() : 0;
        return 1 + (int) source.substring(0, end).chars().filter(c -> c == '\n').count();
    }
}
