package io.taskweaver.bench.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskweaver.scheduling.inference.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Tasks with the needs that their authors gave them.
 *
 * @param name file's name without its ending
 * @param ids of the tasks, in their order
 * @param needs for each subject the indices of those that it needs
 */
record LabelledPlan(String name, List<String> ids, List<Subject> subjects, List<Set<Integer>> needs) {

    /** All {@code *.json} of a folder, by name: {@code {"tasks":[{id,title,description,details,priority,dependencies}]}}. */
    static List<LabelledPlan> in(Path folder) throws IOException {
        var json = new ObjectMapper();
        try (var files = Files.list(folder)) {
            var plans = new ArrayList<LabelledPlan>();
            for (var file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList())
                plans.add(of(file.getFileName().toString().replace(".json", ""), json.readTree(file.toFile())));
            return plans;
        }
    }

    private static LabelledPlan of(String name, JsonNode json) {
        var indices = new HashMap<String, Integer>();
        var ids = new ArrayList<String>();
        var subjects = new ArrayList<Subject>();
        for (var task : json.path("tasks")) {
            ids.add(task.path("id").asText());
            indices.put(task.path("id").asText(), subjects.size());
            var text = task.path("description").asText("") + ".\n"
                    + task.path("details").asText("");
            subjects.add(new Subject(
                    task.path("title").asText(),
                    text,
                    urgency(task.path("priority").asText(""))));
        }
        var needs = new ArrayList<Set<Integer>>();
        for (var task : json.path("tasks")) {
            var own = new HashSet<Integer>();
            for (var on : task.path("dependencies")) {
                var index = indices.get(on.asText());
                if (index != null) own.add(index);
            }
            needs.add(own);
        }
        return new LabelledPlan(name, ids, subjects, needs);
    }

    private static int urgency(String priority) {
        return switch (priority) {
            case "critical" -> 3;
            case "high" -> 2;
            case "low" -> 0;
            default -> 1;
        };
    }

    /** The same tasks in another order. */
    LabelledPlan shuffled(long seed) {
        var order = new ArrayList<Integer>();
        for (int i = 0; i < subjects.size(); i++) order.add(i);
        Collections.shuffle(order, new Random(seed));
        var place = new int[order.size()];
        for (int i = 0; i < place.length; i++) place[order.get(i)] = i;
        var moved = new ArrayList<Set<Integer>>();
        for (int old : order) {
            var own = new HashSet<Integer>();
            for (int on : needs.get(old)) own.add(place[on]);
            moved.add(own);
        }
        return new LabelledPlan(
                name,
                order.stream().map(ids::get).toList(),
                order.stream().map(subjects::get).toList(),
                moved);
    }
}
