package io.taskweaver.context;

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

/** What a plan's tasks have made so far. */
@Path("/api/plans/{plan}/context")
public class MergedContextResource {
    private final PlanReader plans;
    private final ContextQueries queries;

    /** @param settings with the limits of what a task is shown */
    @Inject
    public MergedContextResource(PlanReader plans, ContextSettings settings) {
        this.plans = plans;
        this.queries = new ContextQueries(settings);
    }

    /** All merged files, with {@code changed=true} without those of the code base that no task has touched. */
    @GET
    public Response merged(
            @PathParam("plan") String plan,
            @QueryParam("version") @Nullable String version,
            @QueryParam("changed") @Nullable String changed,
            @HeaderParam(PlanReader.PASSED_ON) @Nullable String passedOn,
            @Context UriInfo uri) {
        boolean changedOnly = changed != null && !changed.equalsIgnoreCase("false");
        return Question.answered(
                plan,
                version,
                passedOn,
                uri.getRequestUri(),
                question -> plans.answer(
                        question,
                        stored -> question.reply(
                                queries.merged(stored, question.version(), changedOnly), ContextJson::of)));
    }
}
