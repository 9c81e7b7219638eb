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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program itself: says what it can do. */
@Command(
        name = "taskweaver",
        description = "Turns a requirements document into working software by running many coding agents at once.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
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
            UpCommand.class,
            DownCommand.class,
            SubmitCommand.class,
            WatchCommand.class,
            StatusCommand.class,
            EventsCommand.class,
            ControlCommands.CancelCommand.class,
            ControlCommands.PauseCommand.class,
            ControlCommands.ResumeCommand.class,
            ControlCommands.RetryCommand.class,
            ControlCommands.ApproveCommand.class,
            ControlCommands.PriorityCommand.class,
            AgentsCommand.class,
            DoctorCommand.class,
            TopicsCommand.class,
            TokenCommand.class,
            AutoComplete.GenerateCompletion.class
        },
        footer = {"", "Begin with:  taskweaver run REQUIREMENTS.md"})
final class RootCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do.");
    }
}
