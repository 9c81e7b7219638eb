package io.taskweaver.cli;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** How help looks: commands and options below headings, with a short synopsis. */
final class HelpLayout {
    private static final int WIDTH = 100;

    /** Commands in the order in which people meet them. */
    static final Map<String, List<String>> COMMANDS = commands();

    private HelpLayout() {}

    private static Map<String, List<String>> commands() {
        var groups = new LinkedHashMap<String, List<String>>();
        groups.put(
                "Plan",
                List.of(
                        "plan",
                        "create-requirements",
                        "create-structure",
                        "parse-requirements",
                        "parse-structure",
                        "analyze",
                        "identify-dependencies",
                        "prioritize-tasks",
                        "simulate",
                        "generate-queries",
                        "graph",
                        "diff"));
        groups.put("Run", List.of("run", "submit", "execute-queries", "execute-tasks", "apply", "patch"));
        groups.put("Observe", List.of("status", "watch", "logs", "changes", "conflicts", "context", "events"));
        groups.put(
                "Control", List.of("cancel", "pause", "resume", "retry", "approve", "reject", "resolve", "priority"));
        groups.put("Formats", List.of("import", "export"));
        groups.put(
                "Operate",
                List.of("up", "down", "agents", "archive", "doctor", "topics", "token", "generate-completion"));
        return groups;
    }

    /** Gives a command and all below it this layout. */
    static void apply(CommandLine line) {
        var sections = line.getHelpSectionMap();
        sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpLayout::options);
        sections.put(
                UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
                help -> help.commandSpec().parent() == null ? groups(help) : help.commandList());
        line.setHelpSectionMap(sections).setUsageHelpAutoWidth(false).setUsageHelpWidth(WIDTH);
        complete(line.getCommandSpec());
        Objects.requireNonNull(line.getSubcommands().get("generate-completion"))
                .getCommandSpec()
                .usageMessage()
                .description(
                        "Prints a completion script for bash and zsh.",
                        "To use it in the current shell: source <(taskweaver generate-completion)");
    }

    private static void complete(CommandSpec command) {
        if (!command.mixinStandardHelpOptions()) command.mixinStandardHelpOptions(true);
        command.versionProvider(new VersionProvider());
        command.usageMessage().abbreviateSynopsis(true).sortOptions(false);
        command.subcommands().values().forEach(each -> complete(each.getCommandSpec()));
    }

    private static String groups(Help help) {
        int longest = help.subcommands().keySet().stream()
                .mapToInt(String::length)
                .max()
                .orElse(0);
        var text = new StringBuilder();
        COMMANDS.forEach((heading, names) -> {
            var table = TextTable.forColumns(
                    help.colorScheme(),
                    new Column(longest + 4, 2, Overflow.SPAN),
                    new Column(WIDTH - longest - 4, 1, Overflow.WRAP));
            for (var name : names) {
                var command = Objects.requireNonNull(help.subcommands().get(name), name);
                var description = command.commandSpec().usageMessage().description()[0];
                table.addRowValues(
                        command.commandNamesText(", "), help.colorScheme().text(description));
            }
            text.append(help.createHeading("%n" + heading + ":%n")).append(table);
        });
        return text.toString();
    }

    private static String options(Help help) {
        var all = help.commandSpec().options().stream()
                .filter(option -> !option.hidden())
                .toList();
        var groups = new LinkedHashMap<String, List<OptionSpec>>();
        groups.put("", new ArrayList<>());
        for (var option : all)
            groups.computeIfAbsent(heading(option), key -> new ArrayList<>()).add(option);
        var text = new StringBuilder();
        groups.forEach((heading, options) -> {
            var layout = help.createDefaultLayout(all, help.commandSpec().positionalParameters(), help.colorScheme());
            layout.addOptions(options, help.parameterLabelRenderer());
            if (!heading.isEmpty()) text.append(help.createHeading("%n" + heading + ":%n"));
            text.append(layout);
        });
        return text.toString();
    }

    private static String heading(OptionSpec option) {
        if (!(option.userObject() instanceof Field field)) return "";
        return Optional.ofNullable(field.getAnnotation(HelpHeading.class))
                .or(() -> Optional.ofNullable(field.getDeclaringClass().getAnnotation(HelpHeading.class)))
                .map(HelpHeading::value)
                .orElse("");
    }
}
