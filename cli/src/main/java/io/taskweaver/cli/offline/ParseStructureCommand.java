package io.taskweaver.cli.offline;

import io.taskweaver.cli.CommandFailure;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.reports.Counts;
import io.taskweaver.reports.ReadingJson;
import io.taskweaver.requirements.analysis.Component;
import io.taskweaver.requirements.analysis.Structure;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code taskweaver parse-structure}: what was read in STRUCTURE.md. */
@Command(
        name = "parse-structure",
        description = {
            "Prints the components and interfaces found in a STRUCTURE.md.",
            "Also their dependencies, external systems and directory trees. With --explain, accounts for every line."
        })
public final class ParseStructureCommand extends OfflineCommand {
    @Option(names = "--explain", description = "Account for every line: what it became, or why it was ignored.")
    private boolean explain;

    @Override
    String result() {
        var read = input().read();
        var documents = read.structure().map(List::of).orElse(read.documents());
        if (documents.size() != 1)
            throw CommandFailure.badInput(
                    documents.size() + " documents are named; this command reads one.",
                    "Name one file, e.g. STRUCTURE.md.");
        var reading = TaskWeaver.parseStructure(documents.getFirst());
        if (output().json())
            return ReadingJson.structure(reading.structure(), explain ? List.of(reading.account()) : List.of());
        return explain ? LineAccounts.text(reading.account()) : text(reading.structure());
    }

    private static String text(Structure structure) {
        var text = new StringBuilder();
        named(text, "components", structure.components());
        text.append(structure.links().size())
                .append(structure.links().size() == 1 ? " dependency\n" : " dependencies\n");
        structure
                .links()
                .forEach(link -> text.append("  ")
                        .append(link.from())
                        .append(" -> ")
                        .append(link.to())
                        .append("  ")
                        .append(link.at())
                        .append('\n'));
        named(text, "interfaces", structure.interfaces());
        named(text, "external", structure.externals());
        text.append(Counts.of(structure.files().size(), "path")).append('\n');
        structure.files().forEach(file -> text.append("  ").append(file).append('\n'));
        structure
                .requirements()
                .ifPresent(analysis -> text.append(
                                Counts.of(analysis.requirements().size(), "requirement"))
                        .append('\n'));
        return text.toString();
    }

    private static void named(StringBuilder text, String name, List<Component> components) {
        text.append(components.size()).append(' ').append(name).append('\n');
        for (var component : components) {
            text.append("  ").append(component.name());
            if (!component.description().isBlank()) text.append(": ").append(component.description());
            if (!component.paths().isEmpty()) text.append("  ").append(String.join(", ", component.paths()));
            text.append('\n');
        }
    }
}
