package io.taskweaver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class HelpTest {
    private static String optionsOnTop(String command) {
        var help = Typed.command(command, "--help").out();
        return help.substring(0, help.indexOf("--help"));
    }

    @Test
    void every_command_is_listed_below_one_heading() {
        var commands =
                CommandLines.of(CommandContext.ofThisProcess()).getSubcommands().keySet();

        assertThat(HelpLayout.COMMANDS.keySet())
                .containsExactly("Plan", "Run", "Observe", "Control", "Formats", "Operate");
        assertThat(HelpLayout.COMMANDS.values().stream().flatMap(Collection::stream))
                .containsExactlyInAnyOrderElementsOf(commands);
        assertThat(Typed.command("--help").out())
                .contains("Plan:\n", "Operate:\n")
                .contains(commands);
    }

    @Test
    void the_ten_options_of_run_that_people_need_first_are_on_top() {
        var top = optionsOnTop("run");

        assertThat(List.of(
                        "--structure",
                        "--code",
                        "--agent",
                        "--verify",
                        "--since",
                        "--budget",
                        "--max-concurrent",
                        "--out",
                        "--plan-only",
                        "--retry-failed"))
                .allSatisfy(option -> assertThat(top).contains("      " + option));
        assertThat(top.lines().filter(line -> line.startsWith("      --"))).hasSize(10);
    }

    @Test
    void commands_with_many_options_list_them_in_groups() {
        commands(CommandLines.of(CommandContext.ofThisProcess())).forEach(command -> {
            var help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
            var options = command.getCommandSpec().options();
            assertThat(options)
                    .as(command.getCommandName())
                    .allSatisfy(option -> assertThat(help).contains(option.longestName()));
            if (options.size() > 12)
                assertThat(help).as(command.getCommandName()).containsPattern("\n\n[A-Z].*:\n");
        });
    }

    private static Stream<CommandLine> commands(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(HelpTest::commands));
    }
}
