package io.taskweaver.cli.offline;

import io.taskweaver.cli.CommandFailure;
import io.taskweaver.cli.ContractsOption;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.model.OverlapMode;
import io.taskweaver.model.Plan;
import io.taskweaver.model.TaskId;
import io.taskweaver.reports.Durations;
import io.taskweaver.reports.SimulationJson;
import io.taskweaver.reports.picture.GanttPicture;
import io.taskweaver.scheduling.simulation.Simulation;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskweaver simulate}: how long a plan takes on so many agents. */
@Command(
        name = "simulate",
        description = {
            "Predicts how long a plan takes with different numbers of agents.",
            "Runs the scheduler of real plans with simulated agents, as if every estimate were right. Prints makespan,"
                    + " utilisation, speed-up and the lower bound; with a single number of agents also who runs what."
                    + " Where tasks are expected to touch the same files, compares what --overlap costs and saves."
        })
public final class SimulateCommand extends OfflineCommand {
    @Mixin
    private ContractsOption contracts;

    private static final int MOST_AGENTS = 10_000;

    @Option(
            names = "--agents",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,2,4,8,16",
            description = "Numbers of agents; each runs one task at a time (default: ${DEFAULT-VALUE}).")
    private List<Integer> agents = List.of();

    @Option(
            names = "--overlap",
            paramLabel = "HOW",
            defaultValue = "avoid",
            description =
                    "What tasks do that are expected to touch the same files: allow, avoid, or forbid, as in taskweaver run"
                            + " (default: ${DEFAULT-VALUE}).")
    private OverlapMode overlap = OverlapMode.AVOID;

    @Option(
            names = "--gantt",
            paramLabel = "FILE",
            description = "Write a Gantt chart (SVG) for the last number of agents.")
    private @Nullable Path gantt;

    @Override
    String result() {
        for (int number : agents)
            if (number < 1 || number > MOST_AGENTS)
                throw CommandFailure.badInput(
                        "--agents is " + number + ".",
                        "Use numbers from 1 to " + MOST_AGENTS + ", e.g. --agents 1,4,16.");
        var plan = input().plan(contracts.options());
        var simulations = agents.stream()
                .map(number -> TaskWeaver.simulate(plan, number, overlap))
                .toList();
        if (gantt != null) OfflineOutput.write(gantt, GanttPicture.write(plan, simulations.getLast()), "--gantt");
        var comparison = comparison(plan);
        return output().json()
                ? SimulationJson.write(plan, simulations, comparison)
                : text(simulations) + text(comparison);
    }

    /** All choices of --overlap, by the number of agents; empty if no two tasks name the same file. */
    private Map<Integer, Map<OverlapMode, Simulation>> comparison(Plan plan) {
        var seen = new HashSet<String>();
        boolean shares = plan.tasks().stream()
                .filter(task -> !task.done())
                .flatMap(task -> task.expectedFiles().stream().distinct())
                .anyMatch(file -> !seen.add(file));
        var comparison = new LinkedHashMap<Integer, Map<OverlapMode, Simulation>>();
        if (!shares) return comparison;
        for (int number : agents) {
            var modes = new EnumMap<OverlapMode, Simulation>(OverlapMode.class);
            for (var mode : OverlapMode.values()) modes.put(mode, TaskWeaver.simulate(plan, number, mode));
            comparison.put(number, modes);
        }
        return comparison;
    }

    private static String text(Map<Integer, Map<OverlapMode, Simulation>> comparison) {
        if (comparison.isEmpty()) return "";
        var text = new StringBuilder("\nTasks that name the same files at the same time, in pairs, by --overlap:\n")
                .append(String.format(Locale.ROOT, "%6s", "agents"));
        for (var mode : OverlapMode.values())
            text.append(String.format(Locale.ROOT, "  %-20s", mode.name().toLowerCase(Locale.ROOT)));
        comparison.forEach((number, modes) -> {
            text.append(String.format(Locale.ROOT, "%n%6d", number));
            for (var simulation : modes.values())
                text.append(String.format(
                        Locale.ROOT,
                        "  %-20s",
                        simulation.overlaps() + ", " + Durations.ofMinutes((int) simulation.makespan())));
        });
        return text.toString().replaceAll(" +(?=\\R|$)", "") + "\n";
    }

    private static String text(List<Simulation> simulations) {
        var text = new StringBuilder("agents  makespan        utilisation  speed-up  lower bound\n");
        for (var simulation : simulations)
            text.append(String.format(
                    Locale.ROOT,
                    "%6d  %-14s  %9.0f %%  %8.1f  %s (%s)%n",
                    simulation.agents(),
                    Durations.ofMinutes((int) simulation.makespan()),
                    100 * simulation.utilisation(),
                    simulation.speedUp(),
                    Durations.ofMinutes((int) simulation.bound()),
                    simulation.isBoundByPath() ? "longest path" : "total work"));
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
