package io.taskweaver.cli.offline;

import io.taskweaver.cli.CommandFailure;
import io.taskweaver.cli.ExitCode;
import io.taskweaver.cli.Surroundings;
import io.taskweaver.cli.VersionProvider;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.client.output.Durations;
import io.taskweaver.client.output.SimulationJson;
import io.taskweaver.domain.picture.GanttPicture;
import io.taskweaver.domain.plan.TaskId;
import io.taskweaver.domain.simulation.Simulation;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskweaver simulate}: how long a plan takes on so many agents. */
@Command(
        name = "simulate",
        description = {
            "Says how long the plan takes on so many agents, how busy they are, and what bounds it.",
            "Plays the agents against the scheduler that runs real plans, with every estimate right. With one number of"
                    + " agents it says who does what."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false)
public final class SimulateCommand implements Callable<Integer> {
    private static final int MOST_AGENTS = 10_000;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private OfflineInput input;

    @Option(
            names = "--agents",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,2,4,8,16",
            description = "Numbers of agents, each with one task at a time (default: ${DEFAULT-VALUE}).")
    private List<Integer> agents = List.of();

    @Option(
            names = "--gantt",
            paramLabel = "FILE",
            description = "File for a Gantt chart as SVG, of the last number of agents.")
    private @Nullable Path gantt;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private OfflineOutput output;

    private final Surroundings surroundings;

    SimulateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        for (int number : agents)
            if (number < 1 || number > MOST_AGENTS)
                throw new CommandFailure(
                        ExitCode.BAD_INPUT,
                        "--agents is " + number + ".",
                        "Use numbers from 1 to " + MOST_AGENTS + ", e.g. --agents 1,4,16.");
        var plan = input.plan(surroundings);
        var simulations =
                agents.stream().map(number -> TaskWeaver.simulate(plan, number)).toList();
        if (gantt != null) OfflineOutput.write(gantt, GanttPicture.write(plan, simulations.getLast()), "--gantt");
        output.write(output.json() ? SimulationJson.write(plan, simulations) : text(simulations), surroundings);
        return ExitCode.DONE;
    }

    private static String text(List<Simulation> simulations) {
        var text = new StringBuilder("agents  makespan        at work  speed-up  no order takes less than\n");
        for (var simulation : simulations)
            text.append(String.format(
                    Locale.ROOT,
                    "%6d  %-14s  %6.0f %%  %8.1f  %s (%s)%n",
                    simulation.agents(),
                    Durations.ofMinutes((int) simulation.makespan()),
                    100 * simulation.utilisation(),
                    simulation.speedUp(),
                    Durations.ofMinutes((int) simulation.bound()),
                    simulation.isBoundByPath() ? "longest path" : "all work, shared evenly"));
        if (simulations.size() == 1) assignment(text, simulations.getFirst());
        return text.toString();
    }

    private static void assignment(StringBuilder text, Simulation simulation) {
        var tasks = simulation.runs().stream()
                .collect(Collectors.groupingBy(
                        Simulation.Run::agent,
                        Collectors.mapping(
                                Simulation.Run::task, Collectors.mapping(TaskId::value, Collectors.joining(", ")))));
        text.append('\n');
        for (var load : simulation.loads())
            text.append(String.format(
                    Locale.ROOT,
                    "agent %d: %s, %s%s%n",
                    load.agent(),
                    load.tasks() == 1 ? "1 task" : load.tasks() + " tasks",
                    Durations.ofMinutes((int) load.busy()),
                    load.tasks() == 0 ? "" : ": " + tasks.getOrDefault(load.agent(), "")));
    }
}
