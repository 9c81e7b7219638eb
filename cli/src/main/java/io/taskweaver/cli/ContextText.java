package io.taskweaver.cli;

import io.taskweaver.model.FileEntry;
import io.taskweaver.model.Need;
import io.taskweaver.reports.Counts;
import io.taskweaver.wire.context.ContextDifference;
import io.taskweaver.wire.context.ContextView;
import io.taskweaver.wire.context.ContextView.DependencyFact;
import io.taskweaver.wire.context.ContextView.FileFact;
import io.taskweaver.wire.context.ContextView.InterfaceFact;
import io.taskweaver.wire.context.ContextView.TaskFact;
import io.taskweaver.wire.context.Contribution;
import io.taskweaver.wire.context.FileHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Contexts as lines for people: a heading for each section, a line for each fact, with who contributed it. */
final class ContextText {
    /** Lines of a section, and what is asked for. */
    static final int MOST_LINES = 200;

    private static final int SHORT = 10;

    private ContextText() {}

    static List<String> of(ContextView view) {
        var lines = new ArrayList<String>();
        var about = view.metadata();
        lines.add(about.title() + " (" + about.plan() + ")"
                + about.task().map(task -> ", task " + task).orElse("") + ": version " + about.version()
                + (about.version() == about.newest() ? ", the newest" : " of " + about.newest()) + "; "
                + about.state());
        lines.add("  commit " + about.commit() + ", " + about.at());
        about.awaited().ifPresent(what -> lines.add("  waits for: " + what));
        var counts = view.counts();
        section(lines, "Files", counts.files(), view.files(), ContextText::line);
        var codebase = view.codebase();
        lines.add("Codebase: " + Counts.of(counts.codebase(), "text file") + "  " + by(codebase.by()));
        lines.add("  base " + codebase.base().start()
                + (codebase.base().prefix().isEmpty()
                        ? ""
                        : ", folder " + codebase.base().prefix()));
        codebase.conventions().forEach(convention -> lines.add("  " + convention));
        var asked = view.requirements();
        section(lines, "Requirements", counts.tasks(), asked.tasks(), ContextText::line);
        asked.constraints().forEach(text -> lines.add("  constraint: " + text + "  " + by(asked.by())));
        asked.boundaries().forEach(text -> lines.add("  boundary: " + text + "  " + by(asked.by())));
        section(lines, "Interfaces", counts.interfaces(), view.interfaces(), ContextText::line);
        section(lines, "Dependencies", counts.dependencies(), view.dependencies(), ContextText::line);
        return lines;
    }

    /** What there is, in numbers. */
    static String counts(ContextView view) {
        var counts = view.counts();
        return Counts.of(Math.toIntExact(view.metadata().newest()) + 1, "version") + ", "
                + Counts.of(counts.files(), "changed file") + ", "
                + Counts.of(counts.tasks(), "task") + ", "
                + Counts.of(counts.interfaces(), "contract");
    }

    static List<String> of(ContextDifference difference) {
        var lines = new ArrayList<String>();
        lines.add("Plan " + difference.plan()
                + difference.task().map(task -> ", task " + task).orElse("") + ": version " + difference.from() + " to "
                + difference.to());
        var counts = difference.counts();
        section(
                lines,
                "Files",
                counts.files(),
                difference.files(),
                change -> sign(change.before(), change.after()) + " " + change.path() + "  " + hash(change.before())
                        + " -> " + hash(change.after()) + "  " + by(change.by()));
        section(
                lines,
                "Requirements",
                counts.tasks(),
                difference.requirements(),
                change -> change.task() + ": " + change.before().orElse("unknown") + " -> "
                        + change.after().orElse("unknown") + "  " + change.title());
        section(
                lines,
                "Interfaces",
                counts.interfaces(),
                difference.interfaces(),
                change -> sign(change.before(), change.after()) + " " + change.component() + ": "
                        + change.before().map(version -> "version " + version).orElse("none") + " -> "
                        + change.after().map(version -> "version " + version).orElse("none") + "  "
                        + by(change.by()));
        section(
                lines,
                "Dependencies",
                counts.dependencies(),
                difference.dependencies(),
                change -> change.task() + " needs " + change.on() + ": " + met(change.before()) + " -> "
                        + met(change.after()));
        return lines;
    }

    static List<String> of(FileHistory history) {
        var lines = new ArrayList<String>();
        lines.add(history.path() + " in plan " + history.plan() + ": "
                + Counts.of(history.changes().size(), "change"));
        lines.add("  base     " + hash(history.base()));
        for (var change : history.changes())
            lines.add(String.format(
                    "  %-8d %s  %s  %s  commit %s",
                    change.version(),
                    hash(change.entry()),
                    change.at(),
                    change.tasks().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                    change.commit().substring(0, SHORT)));
        return lines;
    }

    private static <F> void section(
            List<String> lines, String name, int count, List<F> facts, Function<F, String> line) {
        lines.add(name + ": " + count);
        facts.forEach(fact -> lines.add("  " + line.apply(fact)));
        if (count > facts.size()) lines.add("  and " + (count - facts.size()) + " more; --json prints all");
    }

    private static String line(FileFact fact) {
        return fact.path() + "  "
                + fact.entry()
                        .map(entry -> Integer.toOctalString(entry.mode()) + " " + hash(fact.entry()) + " "
                                + entry.bytes() + " bytes")
                        .orElse("deleted")
                + "  " + by(fact.by());
    }

    private static String line(TaskFact fact) {
        var task = fact.task();
        return task.id() + "  " + fact.state() + "  " + task.title()
                + fact.result()
                        .map(result -> result.version() > 0
                                ? "  (version " + result.version() + ", attempt " + result.attempt() + ")"
                                : "  (attempt " + result.attempt()
                                        + result.reason().map(why -> ": " + why).orElse("")
                                        + (result.conflicts().isEmpty()
                                                ? ""
                                                : ": " + String.join(", ", result.conflicts()))
                                        + ")")
                        .orElse("");
    }

    private static String line(InterfaceFact fact) {
        var contract = fact.contract();
        return contract.component() + "  version " + contract.version() + ", "
                + (contract.hasFiles() ? Counts.of(contract.artifacts().size(), "file") : "text") + "  "
                + by(fact.by());
    }

    private static String line(DependencyFact fact) {
        return fact.task() + " needs the "
                + (fact.need().kind() == Need.Kind.CONTRACT ? "contract" : "result") + " of "
                + fact.need().on() + ": " + (fact.met() ? "met" : "unmet") + "  " + by(fact.by());
    }

    private static String by(Contribution by) {
        var who = Stream.concat(by.tasks().stream().map(task -> "task " + task), Stream.of("service " + by.service()))
                .collect(Collectors.joining(", "));
        return "[" + who + (by.version() > 0 ? ", version " + by.version() : "") + "]";
    }

    private static String hash(Optional<FileEntry> entry) {
        return entry.map(held -> held.object().substring(0, SHORT)).orElse("(none)    ");
    }

    private static String sign(Optional<?> before, Optional<?> after) {
        return before.isEmpty() ? "A" : after.isEmpty() ? "D" : "M";
    }

    private static String met(Optional<Boolean> met) {
        return met.map(is -> is ? "met" : "unmet").orElse("unknown");
    }
}
