package io.taskweaver.client.output;

import io.taskweaver.client.TaskQuery;
import io.taskweaver.model.Plan;
import io.taskweaver.reports.PlanJson;
import io.taskweaver.wire.json.ModelJson;
import java.util.List;

/** A plan's JSON with a {@code queries} array: its prompts, in the order in which the tasks may run. */
public final class QueryJson {

    private QueryJson() {}

    /**
     * The whole document, indented, with a line break at its end.
     *
     * @param limit that the standalone prompts keep, tokens
     */
    public static String write(Plan plan, List<TaskQuery> queries, int limit) {
        var json = PlanJson.of(plan).put("limit", limit);
        var all = json.putArray("queries");
        for (var each : queries) {
            var task = each.task();
            var entry = all.addObject()
                    .put("task_id", task.id().value())
                    .put("title", task.title())
                    .put("phase", task.phase())
                    .put("tokens", each.query().tokens())
                    .put("bytes", each.query().bytes())
                    .put("prompt", each.query().text());
            var files = entry.putArray("files");
            each.query()
                    .aside()
                    .ifPresent(
                            file -> files.addObject().put("path", file.path()).put("text", file.text()));
            entry.put("standalone_prompt", each.standalone().text());
            var leftOut = entry.putArray("left_out");
            for (var part : each.standalone().leftOut())
                leftOut.addObject().put("name", part.name()).put("characters", part.characters());
            var needs = entry.putArray("depends_on");
            task.needs().forEach(need -> needs.add(need.on().value()));
        }
        return ModelJson.document(json);
    }
}
