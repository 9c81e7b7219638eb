package io.taskweaver.cli.offline;

import io.taskweaver.cli.CommandFailure;
import io.taskweaver.cli.ExitCode;
import io.taskweaver.cli.Surroundings;
import io.taskweaver.cli.VersionProvider;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.client.output.ReadingJson;
import io.taskweaver.domain.analysis.Component;
import io.taskweaver.domain.analysis.Structure;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskweaver parse-structure}: what was read in STRUCTURE.md. */
@Command(
        name = "parse-structure",
        description = {
            "Reads STRUCTURE.md and prints its components, who uses whom, interfaces, what it builds on and its directory trees.",
            "With --explain every line is accounted for."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false)
public final class ParseStructureCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private OfflineInput input;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private OfflineOutput output;

    @Option(names = "--explain", description = "Say for each line what it became, or why nothing was made of it.")
    private boolean explain;

    private final Surroundings surroundings;

    ParseStructureCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var read = input.read(surroundings);
        var documents = read.structure().map(List::of).orElse(read.documents());
        if (documents.size() != 1)
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    documents.size() + " documents were named, and one structure is read at a time.",
                    "Name one file, e.g. STRUCTURE.md.");
        var reading = TaskWeaver.parseStructure(documents.getFirst());
        if (output.json())
            output.write(
                    ReadingJson.structure(reading.structure(), explain ? List.of(reading.account()) : List.of()),
                    surroundings);
        else output.write(explain ? Accounts.text(reading.account()) : text(reading.structure()), surroundings);
        return ExitCode.DONE;
    }

    private static String text(Structure structure) {
        var text = new StringBuilder();
        named(text, "components", structure.components());
        text.append(structure.links().size()).append(" dependencies\n");
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
        text.append(structure.files().size()).append(" files and folders\n");
        structure.files().forEach(file -> text.append("  ").append(file).append('\n'));
        structure
                .requirements()
                .ifPresent(
                        analysis -> text.append(analysis.requirements().size()).append(" requirements\n"));
        return text.toString();
    }

    private static void named(StringBuilder text, String name, List<Component> components) {
        text.append(components.size()).append(' ').append(name).append('\n');
        for (var component : components) {
            text.append("  ").append(component.name());
            if (!component.description().isBlank()) text.append(": ").append(component.description());
            text.append('\n');
        }
    }
}
