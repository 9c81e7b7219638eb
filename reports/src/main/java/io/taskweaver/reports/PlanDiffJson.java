package io.taskweaver.reports;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.model.Task;
import io.taskweaver.scheduling.replan.FieldChange;
import io.taskweaver.scheduling.replan.PlanDiff;
import io.taskweaver.wire.json.ModelJson;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** A difference between two plans as JSON, for programs. */
public final class PlanDiffJson {

    private PlanDiffJson() {}

    /** The whole difference, indented, with a line break at its end. */
    public static String write(PlanDiff diff) {
        return ModelJson.document(of(diff));
    }

    static ObjectNode of(PlanDiff diff) {
        var json = JsonNodeFactory.instance.objectNode().put("same", diff.isEmpty());
        tasks(json.putArray("added"), diff.added());
        var changed = json.putArray("changed");
        for (var change : diff.changed()) changed(changed.addObject(), change);
        tasks(json.putArray("removed"), diff.removed());
        needs(json.putArray("added_needs"), diff.addedNeeds());
        needs(json.putArray("removed_needs"), diff.removedNeeds());
        var contracts = json.putArray("contracts");
        for (var contract : diff.contracts()) {
            var entry = contracts
                    .addObject()
                    .put("component", contract.component())
                    .put("breaks_callers", contract.breaksCallers());
            texts(entry.putArray("added"), contract.added());
            texts(entry.putArray("removed"), contract.removed());
            texts(entry.putArray("changed"), contract.changed());
        }
        var touched = json.putArray("affected");
        for (var one : diff.touched())
            touched.addObject()
                    .put("id", one.task().id().value())
                    .put("title", one.task().title())
                    .put("because", one.because());
        return json.put("unchanged", diff.unchanged());
    }

    private static void changed(ObjectNode json, PlanDiff.Changed change) {
        json.put("id", change.after().id().value())
                .put("old_id", change.before().id().value())
                .put("title", change.after().title())
                .put("asks_for_work", change.asksForWork());
        var fields = json.putArray("fields");
        for (FieldChange field : change.fields())
            fields.addObject()
                    .put("field", field.field().name().toLowerCase(Locale.ROOT))
                    .put("before", field.before())
                    .put("after", field.after());
    }

    private static void tasks(ArrayNode json, List<Task> tasks) {
        for (var task : tasks) json.addObject().put("id", task.id().value()).put("title", task.title());
    }

    private static void needs(ArrayNode json, List<PlanDiff.Edge> edges) {
        for (var edge : edges)
            json.addObject()
                    .put("task", edge.task().value())
                    .put("needs", edge.need().on().value())
                    .put("kind", edge.need().kind().name().toLowerCase(Locale.ROOT))
                    .put("reason", edge.need().reason().name().toLowerCase(Locale.ROOT))
                    .put("because", edge.need().because());
    }

    private static void texts(ArrayNode json, Collection<String> texts) {
        texts.forEach(json::add);
    }
}
