package io.taskweaver.reports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.model.OverlapMode;
import io.taskweaver.model.Plan;
import io.taskweaver.scheduling.priority.Priorities;
import io.taskweaver.scheduling.priority.Ranked;
import io.taskweaver.scheduling.simulation.Simulation;
import io.taskweaver.wire.json.ModelJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Simulated runs and priorities of a plan as JSON, for programs. Times are minutes from the start of the plan. */
public final class SimulationJson {

    private SimulationJson() {}

    /**
     * {@code {"plan", "title", "simulations": [{agents, makespan, bound, bounded_by, utilisation, speed_up, overlaps, loads:
     * [{agent, tasks, busy}], runs: [{task, agent, start, end}], contracts: [{task, start, end}]}], "overlap": [{agents, mode,
     * makespan, overlaps}]}}; {@code overlaps} counts pairs of tasks.
     *
     * @param comparison by the number of agents, what each choice for tasks that are expected to touch the same files leads to
     */
    public static String write(
            Plan plan, List<Simulation> simulations, Map<Integer, Map<OverlapMode, Simulation>> comparison) {
        var json = head(plan);
        var all = json.putArray("simulations");
        for (var simulation : simulations) add(all.addObject(), simulation);
        var overlap = json.putArray("overlap");
        comparison.forEach((agents, modes) -> modes.forEach((mode, simulation) -> overlap.addObject()
                .put("agents", agents)
                .put("mode", mode.name().toLowerCase(Locale.ROOT))
                .put("makespan", simulation.makespan())
                .put("overlaps", simulation.overlaps())));
        return ModelJson.document(json);
    }

    /**
     * The plan's JSON with {@code agents, makespan, widths, peak}; its tasks in the order of dispatch, each with {@code place,
     * estimate, earliest_start, slack, unlocks, dependents, dependent_minutes}, then contracts and what is done.
     */
    public static String write(Plan plan, Priorities priorities) {
        var json = PlanJson.of(plan).put("agents", priorities.agents()).put("makespan", priorities.makespan());
        var widths = json.putArray("widths");
        priorities.widths().forEach(widths::add);
        json.put("peak", priorities.peak());
        var planned = new LinkedHashMap<String, JsonNode>();
        json.withArray("tasks").forEach(task -> planned.put(task.path("id").asText(), task));
        var tasks = json.putArray("tasks");
        for (var ranked : priorities.tasks()) {
            var task = tasks.addObject();
            task.setAll((ObjectNode)
                    Objects.requireNonNull(planned.remove(ranked.task().id().value())));
            add(task, ranked);
        }
        planned.values().forEach(tasks::add);
        return ModelJson.document(json);
    }

    private static ObjectNode head(Plan plan) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("plan", plan.id().value())
                .put("title", plan.title());
    }

    private static void add(ObjectNode json, Simulation simulation) {
        json.put("agents", simulation.agents())
                .put("makespan", simulation.makespan())
                .put("bound", simulation.bound())
                .put("bounded_by", simulation.isBoundByPath() ? "longest path" : "work shared")
                .put("utilisation", rounded(simulation.utilisation()))
                .put("speed_up", rounded(simulation.speedUp()))
                .put("overlaps", simulation.overlaps());
        var loads = json.putArray("loads");
        for (var load : simulation.loads())
            loads.addObject()
                    .put("agent", load.agent())
                    .put("tasks", load.tasks())
                    .put("busy", load.busy());
        var runs = json.putArray("runs");
        for (var run : simulation.runs())
            runs.addObject()
                    .put("task", run.task().value())
                    .put("agent", run.agent())
                    .put("start", run.start())
                    .put("end", run.end());
        var contracts = json.putArray("contracts");
        for (var contract : simulation.contracts())
            contracts
                    .addObject()
                    .put("task", contract.task().value())
                    .put("start", contract.start())
                    .put("end", contract.end());
    }

    private static void add(ObjectNode json, Ranked ranked) {
        var task = ranked.task();
        json.put("place", ranked.place())
                .put("estimate", task.estimateMinutes())
                .put("earliest_start", ranked.earliestStart())
                .put("slack", ranked.slack())
                .put("unlocks", ranked.unlocks())
                .put("dependents", ranked.dependents())
                .put("dependent_minutes", ranked.dependentMinutes());
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
