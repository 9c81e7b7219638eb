package io.taskweaver.context;

import io.taskweaver.access.Problem;
import io.taskweaver.access.RestProblems;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.wire.rest.ContextHeaders;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** HTTP answers. */
final class HttpReplies {
    private static final int RETRY_SECONDS = 1;

    private HttpReplies() {}

    static Response found(String type, byte[] body) {
        return answer(200, type, body);
    }

    static Response noTaskId(String text) {
        return invalid("'" + text + "' is not a task id.", "Use an id from the plan.");
    }

    static Response invalid(String detail, String hint) {
        return problem(400, detail, hint);
    }

    static Response unknownPlan(String plan) {
        return problem(
                404, "There is no plan '" + plan + "'.", "Check the id; a new plan may take a moment to appear.");
    }

    static Response unknownTask(PlanId plan, TaskId task) {
        return problem(
                404, "Plan " + plan + " has no task " + task + ".", "GET /api/plans/" + plan + " lists its tasks.");
    }

    static Response archived(PlanId plan, PlanMark mark) {
        return problem(
                410,
                "Plan " + plan + " was archived at " + mark.at() + ", and its contexts are removed.",
                "Import them from its archive: taskweaver context import FILE.");
    }

    static Response conflict(String detail, String hint) {
        return problem(409, detail, hint);
    }

    static Response accepted(byte[] body) {
        return answer(202, "application/json", body);
    }

    static Response tooEarly(String awaited) {
        return problem(425, "Not available yet: " + awaited + ".", "Retry shortly.");
    }

    /** To be asked again after a second. */
    static Response unavailable(String reason) {
        var answer = problem(
                503,
                "The plan cannot be read now: " + reason + ".",
                "Retry shortly. If the problem persists, check /q/health/ready and, with several instances,"
                        + " taskweaver.context-service.advertised-address.");
        return Response.fromResponse(answer)
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .build();
    }

    /** An answer of a copy of the state, which may lack what happened last. */
    static Response stale(Response answer) {
        return Response.fromResponse(answer)
                .header(ContextHeaders.STALE, "true")
                .build();
    }

    /** An answer with the instance whose state it comes from. */
    static Response of(String instance, Response answer) {
        return Response.fromResponse(answer)
                .header(ContextHeaders.INSTANCE, instance)
                .build();
    }

    /** Forwards another instance's answer. */
    static Response passedOn(int status, String type, byte[] body, Map<String, String> headers) {
        var answer = Response.status(status).type(type).entity(body);
        headers.forEach(answer::header);
        return answer.build();
    }

    private static Response problem(int status, String detail, String hint) {
        return RestProblems.response(Problem.of(status, detail, hint));
    }

    private static Response answer(int status, String type, byte[] body) {
        return Response.status(status).type(type).entity(body).build();
    }
}
