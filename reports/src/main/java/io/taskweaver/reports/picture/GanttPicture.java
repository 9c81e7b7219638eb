package io.taskweaver.reports.picture;

import io.taskweaver.model.Plan;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.reports.Counts;
import io.taskweaver.scheduling.simulation.Simulation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Draws a simulated run as a Gantt chart in SVG: a lane for each agent, contracts above, minutes from left to right. */
public final class GanttPicture {
    private static final int LEFT = 96;
    private static final int RIGHT = 24;
    private static final int ABOVE = 96;
    private static final int BELOW = 44;
    private static final int LANE = 34;
    private static final int BAR = 28;
    private static final double NARROWEST = 900;
    private static final double WIDEST = 20_000;

    /** Wide enough for most ids. */
    private static final double USUAL_BAR = 72;

    private static final double LEAST_TICK = 84;
    private static final int[] TICKS = {1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 960, 1920, 4800, 9600};

    private final Plan plan;
    private final Simulation simulation;
    private final Map<TaskId, Task> tasks = new HashMap<>();
    private final Map<String, Integer> colours = new HashMap<>();
    private final Set<TaskId> critical;
    private final double scale;
    private final StringBuilder out = new StringBuilder();

    private GanttPicture(Plan plan, Simulation simulation) {
        this.plan = plan;
        this.simulation = simulation;
        for (var task : plan.tasks()) {
            tasks.put(task.id(), task);
            task.component().ifPresent(name -> colours.putIfAbsent(name, colours.size()));
        }
        critical = new HashSet<>(plan.criticalPath());
        double span = Math.max(1, simulation.makespan());
        scale = Math.clamp(USUAL_BAR / usualDuration(), NARROWEST / span, Math.max(NARROWEST, WIDEST) / span);
    }

    /** A task of a lane. */
    private record Bar(TaskId task, long start, long end) {}

    /** The chart; its width follows from the makespan and the usual duration of a task. */
    public static String write(Plan plan, Simulation simulation) {
        return new GanttPicture(plan, simulation).write();
    }

    private double usualDuration() {
        var durations = simulation.runs().stream()
                .mapToLong(run -> run.end() - run.start())
                .sorted()
                .toArray();
        return durations.length == 0 ? 1 : Math.max(1, durations[durations.length / 2]);
    }

    private String write() {
        int above = simulation.contracts().isEmpty() ? 0 : 1;
        int lanes = above + simulation.agents();
        double width = LEFT + simulation.makespan() * scale + RIGHT;
        int height = ABOVE + lanes * LANE + BELOW;
        out.append(SvgHead.of(plan, Math.max(width, NARROWEST), height, figures()));
        ticks(lanes);
        if (above > 0) contracts(lane(0, "contracts"));
        for (int agent = 1; agent <= simulation.agents(); agent++) {
            double y = lane(above + agent - 1, "agent " + agent);
            for (var bar : runs(agent)) bar(bar, y);
        }
        out.append("<text class=\"remark\" x=\"24\" y=\"").append(height - 16).append("\">");
        out.append("Framed in red: the critical path. Colours: components. Hover over a bar for its task.</text>\n");
        return out.append("</svg>\n").toString();
    }

    private String figures() {
        return Counts.of(simulation.agents(), "agent") + ": " + Figures.minutes((int) simulation.makespan())
                + String.format(
                        Locale.ROOT,
                        ", %.0f %% of their time at work; no order takes less than ",
                        100 * simulation.utilisation())
                + Figures.minutes((int) simulation.bound());
    }

    private void ticks(int lanes) {
        int step = TICKS[TICKS.length - 1];
        for (int i = TICKS.length - 1; i >= 0 && TICKS[i] * scale >= LEAST_TICK; i--) step = TICKS[i];
        for (long minute = 0; minute <= simulation.makespan(); minute += step) {
            out.append("""
                    <path class="edge own" d="M%s,%sv%s"/><text class="remark" x="%s" y="%s">%s</text>
                    """.formatted(
                            Layout.number(x(minute)),
                            ABOVE - 10,
                            lanes * LANE + 10,
                            Layout.number(x(minute) + 3),
                            ABOVE - 14,
                            minute == 0 ? "0" : Figures.minutes((int) minute)));
        }
    }

    /** Contracts occupy nobody, and many are written at once: those that overlap share a bar. */
    private void contracts(double y) {
        var together = new ArrayList<Simulation.Contract>();
        long end = 0;
        for (var contract : simulation.contracts()) {
            if (!together.isEmpty() && contract.start() >= end) {
                contracts(together, end, y);
                together.clear();
            }
            together.add(contract);
            end = Math.max(end, contract.end());
        }
        if (!together.isEmpty()) contracts(together, end, y);
    }

    private void contracts(List<Simulation.Contract> together, long end, double y) {
        var names = together.stream().map(contract -> contract.task().value()).collect(Collectors.joining("\n"));
        long start = together.getFirst().start();
        boolean isCritical = together.stream().anyMatch(contract -> critical.contains(contract.task()));
        open("contract" + (isCritical ? " critical" : ""), start, y, names);
        double width = box(start, end);
        label("id", Counts.of(together.size(), "contract"), 17, width, 10.0);
        out.append("</g>\n");
    }

    private List<Bar> runs(int agent) {
        return simulation.runs().stream()
                .filter(run -> run.agent() == agent)
                .map(run -> new Bar(run.task(), run.start(), run.end()))
                .toList();
    }

    /** @return where its bars lie */
    private double lane(int lane, String name) {
        double y = ABOVE + lane * LANE;
        out.append("<text class=\"remark\" x=\"24\" y=\"%s\">%s</text>\n".formatted(Layout.number(y + 19), name));
        return y;
    }

    private void bar(Bar bar, double y) {
        var task = tasks.get(bar.task());
        if (task == null) return;
        var colour = task.component()
                .map(name -> "c" + colours.getOrDefault(name, 0) % SvgElements.COLOURS)
                .orElse("");
        open(
                colour + (critical.contains(task.id()) ? " critical" : ""),
                bar.start(),
                y,
                task.id() + ": " + task.title() + "\nfrom " + Figures.minutes((int) bar.start()) + " to "
                        + Figures.minutes((int) bar.end()));
        double width = box(bar.start(), bar.end());
        rectangle("stripe", 2, Math.min(4, width));
        label("id", task.id().value(), 12, width, 10.0);
        label("t", task.title(), 24, width, 12.0);
        out.append("</g>\n");
    }

    private void open(String style, long start, double y, String title) {
        out.append("<g class=\"node %s\" transform=\"translate(%s,%s)\"><title>%s</title>"
                .formatted(style.strip(), Layout.number(x(start)), Layout.number(y), Escape.xml(title)));
    }

    /** @return its width */
    private double box(long start, long end) {
        double width = Math.max(2, (end - start) * scale - 1);
        rectangle("card", 4, width);
        return width;
    }

    /** A line of text, if there is room for some of it. */
    private void label(String style, String text, int y, double width, double size) {
        double ems = (width - 12) / (size * 1.08);
        if (ems < 2) return;
        out.append("<text class=\"%s\" x=\"8\" y=\"%s\">%s</text>"
                .formatted(style, y, Escape.xml(Wrapping.cut(text, ems))));
    }

    private double x(long minute) {
        return LEFT + minute * scale;
    }

    private void rectangle(String style, int radius, double width) {
        out.append("<rect class=\"%s\" rx=\"%s\" width=\"%s\" height=\"%s\"/>"
                .formatted(style, radius, Layout.number(width), BAR));
    }
}
