package io.taskweaver.cli;

import io.taskweaver.cli.offline.AnalyzeCommand;
import io.taskweaver.cli.offline.CreateRequirementsCommand;
import io.taskweaver.cli.offline.CreateStructureCommand;
import io.taskweaver.cli.offline.DiffCommand;
import io.taskweaver.cli.offline.ExportCommand;
import io.taskweaver.cli.offline.GenerateQueriesCommand;
import io.taskweaver.cli.offline.GraphCommand;
import io.taskweaver.cli.offline.IdentifyDependenciesCommand;
import io.taskweaver.cli.offline.ImportCommand;
import io.taskweaver.cli.offline.ParseRequirementsCommand;
import io.taskweaver.cli.offline.ParseStructureCommand;
import io.taskweaver.cli.offline.PlanCommand;
import io.taskweaver.cli.offline.PrioritizeTasksCommand;
import io.taskweaver.cli.offline.SimulateCommand;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** The program itself; help lists its commands as {@link HelpLayout} says. */
@Command(
        name = "taskweaver",
        description = "Turns a requirements document into working software by running many coding agents at once.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "",
        subcommands = {
            RunCommand.class,
            PlanCommand.class,
            GraphCommand.class,
            SimulateCommand.class,
            PrioritizeTasksCommand.class,
            DiffCommand.class,
            IdentifyDependenciesCommand.class,
            CreateRequirementsCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            CreateStructureCommand.class,
            AnalyzeCommand.class,
            ParseRequirementsCommand.class,
            ParseStructureCommand.class,
            GenerateQueriesCommand.class,
            ExecuteQueriesCommand.class,
            ExecuteTasksCommand.class,
            ApplyCommand.class,
            PatchCommand.class,
            UpCommand.class,
            DownCommand.class,
            SubmitCommand.class,
            WatchCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            ChangesCommand.class,
            ConflictsCommand.class,
            ContextCommands.class,
            ArchiveCommand.class,
            EventsCommand.class,
            ControlCommands.CancelCommand.class,
            ControlCommands.PauseCommand.class,
            ControlCommands.ResumeCommand.class,
            ControlCommands.RetryCommand.class,
            ControlCommands.ApproveCommand.class,
            ControlCommands.RejectCommand.class,
            ResolveCommand.class,
            ControlCommands.PriorityCommand.class,
            AgentsCommand.class,
            DoctorCommand.class,
            TopicsCommand.class,
            TokenCommand.class,
            AutoComplete.GenerateCompletion.class
        },
        footer = {"", "Start with:  taskweaver run REQUIREMENTS.md", "Help for a command:  taskweaver COMMAND --help"})
final class RootCommand {}
