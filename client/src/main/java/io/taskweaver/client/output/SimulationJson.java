package io.taskweaver.client.output;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.domain.plan.Plan;
import io.taskweaver.domain.priority.Priorities;
import io.taskweaver.domain.priority.Ranked;
import io.taskweaver.domain.simulation.Simulation;
import io.taskweaver.wire.json.ModelJson;
import java.util.List;
import java.util.Locale;

/** Simulated runs and priorities of a plan as JSON, for programs. Times are minutes from the start of the plan. */
public final class SimulationJson {

    private SimulationJson() {}

    /**
     * {@code {"plan", "title", "simulations": [{agents, makespan, bound, bounded_by, utilisation, speed_up, loads: [{agent,
     * tasks, busy}], runs: [{task, agent, start, end}], contracts: [{task, start, end}]}]}}.
     */
    public static String write(Plan plan, List<Simulation> simulations) {
        var json = head(plan);
        var all = json.putArray("simulations");
        for (var simulation : simulations) add(all.addObject(), simulation);
        return ModelJson.document(json);
    }

    /**
     * {@code {"plan", "title", "agents", "makespan", "critical_path", "widths", "peak", "tasks": [{id, title, place, phase,
     * priority, estimate, earliest_start, slack, critical, unlocks, dependents, dependent_minutes}], "notices"}}.
     */
    public static String write(Plan plan, Priorities priorities) {
        var json = head(plan).put("agents", priorities.agents()).put("makespan", priorities.makespan());
        var path = json.putArray("critical_path");
        plan.criticalPath().forEach(id -> path.add(id.value()));
        var widths = json.putArray("widths");
        priorities.widths().forEach(widths::add);
        json.put("peak", priorities.peak());
        var tasks = json.putArray("tasks");
        for (var ranked : priorities.tasks()) add(tasks.addObject(), ranked);
        var notices = json.putArray("notices");
        for (var notice : plan.notices())
            notices.addObject().put("code", notice.code()).put("message", notice.message());
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
                .put("speed_up", rounded(simulation.speedUp()));
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
        json.put("id", task.id().value())
                .put("title", task.title())
                .put("place", ranked.place())
                .put("phase", task.phase())
                .put("priority", task.priority().name().toLowerCase(Locale.ROOT))
                .put("estimate", task.estimateMinutes())
                .put("earliest_start", ranked.earliestStart())
                .put("slack", ranked.slack())
                .put("critical", task.critical())
                .put("unlocks", ranked.unlocks())
                .put("dependents", ranked.dependents())
                .put("dependent_minutes", ranked.dependentMinutes());
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
