package io.taskweaver.reports.picture;

import io.taskweaver.model.Need;
import io.taskweaver.model.Plan;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.dispatch.TaskStage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What of a plan is drawn, before it has a place: nodes in bands, and the edges that no other edges imply.
 *
 * @param nodes in the plan's order
 * @param bands from left to right: contracts, what is done already, then a band for each phase
 * @param edges by source, then target
 * @param implied how many needs are not drawn, because a longer way leads to the same node
 */
record Picture(Plan plan, List<Node> nodes, List<Band> bands, List<Edge> edges, int implied) {
    Picture {
        nodes = List.copyOf(nodes);
        bands = List.copyOf(bands);
        edges = List.copyOf(edges);
    }

    /** @param band index of its band */
    record Node(Task task, TaskStage stage, int band) {}

    /** @param nodes indexes of its nodes, in the plan's order */
    record Band(String name, List<Integer> nodes) {
        Band {
            nodes = List.copyOf(nodes);
        }
    }

    /** What an edge stands for. */
    enum Sort {
        /** Implements the contract: the contract is of the task's own component. */
        OWN,
        /** Uses the contract of another component. */
        CONTRACT,
        /** Needs the merged result. */
        RESULT
    }

    /**
     * A need.
     *
     * @param from index of the node that is needed
     * @param to index of the node that waits
     * @param critical whether it lies on the critical path
     */
    record Edge(int from, int to, Sort sort, boolean critical, double confidence) {}

    /** @param stages of tasks; one that is not named is where the plan puts it */
    static Picture of(Plan plan, Map<TaskId, TaskStage> stages) {
        var known = new HashMap<>(planned(plan));
        known.putAll(stages);
        var bandOf = bands(plan);
        var names = new ArrayList<String>();
        var members = new ArrayList<List<Integer>>();
        var bandAt = new HashMap<Integer, Integer>();
        bandOf.forEach((key, name) -> {
            bandAt.put(key, names.size());
            names.add(name);
            members.add(new ArrayList<>());
        });
        var nodes = new ArrayList<Node>();
        var index = new HashMap<TaskId, Integer>();
        for (var task : plan.tasks()) {
            int band = bandAt.getOrDefault(key(task), 0);
            members.get(band).add(nodes.size());
            index.put(task.id(), nodes.size());
            nodes.add(new Node(task, known.getOrDefault(task.id(), TaskStage.WAITING), band));
        }
        var bands = new ArrayList<Band>();
        for (int i = 0; i < names.size(); i++) bands.add(new Band(names.get(i), members.get(i)));
        var edges = edges(plan, index);
        var reduced = Reduction.of(nodes.size(), edges);
        return new Picture(plan, nodes, bands, reduced, edges.size() - reduced.size());
    }

    /** Names of the bands that have nodes, by their key. */
    private static Map<Integer, String> bands(Plan plan) {
        var bands = new TreeMap<Integer, String>();
        for (var task : plan.tasks()) {
            int key = key(task);
            bands.put(key, key == -1 ? "Contracts" : key == 0 ? "Done already" : "Phase " + key);
        }
        return bands;
    }

    private static int key(Task task) {
        if (isContract(task)) return -1;
        return task.done() ? 0 : Math.max(1, task.phase());
    }

    private static List<Edge> edges(Plan plan, Map<TaskId, Integer> index) {
        var critical = criticalPairs(plan);
        var edges = new ArrayList<Edge>();
        for (var task : plan.tasks()) {
            int to = index.getOrDefault(task.id(), -1);
            var drawn = new HashSet<Integer>();
            for (var need : task.needs()) {
                int from = index.getOrDefault(need.on(), -1);
                if (from < 0 || from == to || !drawn.add(from)) continue;
                boolean isCritical = critical.contains(List.of(need.on(), task.id()));
                edges.add(new Edge(from, to, sort(need, task, plan.tasks().get(from)), isCritical, need.confidence()));
            }
        }
        edges.sort(java.util.Comparator.comparingInt(Edge::from).thenComparingInt(Edge::to));
        return edges;
    }

    private static Set<List<TaskId>> criticalPairs(Plan plan) {
        var pairs = new HashSet<List<TaskId>>();
        for (int i = 1; i < plan.criticalPath().size(); i++)
            pairs.add(plan.criticalPath().subList(i - 1, i + 1));
        return pairs;
    }

    private static Sort sort(Need need, Task task, Task needed) {
        if (need.kind() == Need.Kind.RESULT) return Sort.RESULT;
        return isContract(needed) && needed.component().equals(task.component()) ? Sort.OWN : Sort.CONTRACT;
    }

    /** Where every task stands before anything has run: a published contract counts as given. */
    private static Map<TaskId, TaskStage> planned(Plan plan) {
        var done = new HashSet<TaskId>();
        for (var task : plan.tasks()) if (task.done()) done.add(task.id());
        var stages = new HashMap<TaskId, TaskStage>();
        for (var task : plan.tasks()) {
            boolean waits = task.needs().stream()
                    .anyMatch(need -> need.kind() == Need.Kind.RESULT && !done.contains(need.on()));
            stages.put(task.id(), task.done() ? TaskStage.DONE : waits ? TaskStage.WAITING : TaskStage.READY);
        }
        return stages;
    }

    static boolean isContract(Task task) {
        return task.kind() == Task.Kind.CONTRACT;
    }
}
