package io.taskweaver.reports;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.scheduling.refine.PlanningPass.Outcome;
import io.taskweaver.scheduling.refine.RefinementReport;

/** What came of asking an agent about a plan as JSON, for programs. */
public final class RefinementJson {
    private RefinementJson() {}

    /** The report, with the difference that {@link PlanDiffJson} writes. */
    public static ObjectNode of(RefinementReport report) {
        var json = JsonNodeFactory.instance.objectNode().put("by", report.by());
        json.putObject("asked")
                .put("statements", report.questions().statements().size())
                .put("needs", report.questions().needs().size())
                .put("left_out", report.questions().leftOut());
        json.put("failure", report.failure().orElse(null));
        var changed = json.putArray("changed");
        var confirmed = json.putArray("confirmed");
        var refused = json.putArray("refused");
        for (var outcome : report.outcomes()) add(outcome, changed, confirmed, refused);
        report.problems().forEach(json.putArray("not_understood")::add);
        json.set("diff", PlanDiffJson.of(report.diff()));
        return json;
    }

    private static void add(Outcome outcome, ArrayNode changed, ArrayNode confirmed, ArrayNode refused) {
        switch (outcome) {
            case Outcome.Changed(var answer) -> changed.add(answer.toString());
            case Outcome.Confirmed(var answer) -> confirmed.add(answer.toString());
            case Outcome.Refused(var answer, var reason) ->
                refused.addObject().put("answer", answer.toString()).put("reason", reason);
        }
    }
}
