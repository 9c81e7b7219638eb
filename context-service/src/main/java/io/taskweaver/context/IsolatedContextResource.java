package io.taskweaver.context;

import io.taskweaver.domain.plan.TaskId;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/** What a task is given to work with. */
@Path("/api/plans/{plan}/tasks/{task}/context")
public class IsolatedContextResource {
    private final PlanReader plans;
    private final ContextQueries queries;

    /** @param settings with the limits of what a task is shown */
    @Inject
    public IsolatedContextResource(PlanReader plans, ContextSettings settings) {
        this.plans = plans;
        this.queries = new ContextQueries(settings);
    }

    /** The task's context, its files as of a version of the merged context. */
    @GET
    public Response isolated(
            @PathParam("plan") String plan,
            @PathParam("task") String task,
            @QueryParam("version") @Nullable String version,
            @HeaderParam(PlanReader.PASSED_ON) @Nullable String passedOn,
            @Context UriInfo uri) {
        var id = Question.parsed(task, TaskId::new);
        if (id.isEmpty()) return Reply.invalid("'" + task + "' is no id of a task.", "Take the id from the plan.");
        return Question.answered(
                plan,
                version,
                passedOn,
                uri.getRequestUri(),
                question -> plans.answer(
                        question,
                        stored -> question.reply(
                                queries.isolated(stored, id.get(), question.version()), ContextJson::of)));
    }
}
