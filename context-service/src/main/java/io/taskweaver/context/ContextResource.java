package io.taskweaver.context;

import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.TaskId;
import io.taskweaver.wire.json.ModelJson;
import io.taskweaver.wire.rest.MergedView;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a plan's tasks have made so far, and what a task is given to work with. */
@Path("/api/plans/{plan}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Contexts")
public class ContextResource {
    private final PlanReader plans;
    private final ContextQueries queries;

    /** @param settings with the limits of isolated contexts */
    @Inject
    public ContextResource(PlanReader plans, ContextSettings settings) {
        this.plans = plans;
        this.queries = new ContextQueries(settings);
    }

    /** All merged files; with {@code changed=true} without unchanged files of the code base. */
    @GET
    @Path("context")
    @Operation(operationId = "mergedContext", summary = "Merged context of a plan")
    @APIResponse(
            responseCode = "200",
            description = "The context",
            content = @Content(schema = @Schema(implementation = MergedView.class)))
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "425", ref = "Problem")
    public Response merged(
            @Parameter(description = "Id of the plan", example = "corner-shop") @PathParam("plan") String plan,
            @Parameter(description = "Version of the merged context; the newest if absent", example = "1")
                    @QueryParam("version")
                    @Nullable
                    String version,
            @Parameter(description = "Whether to omit unchanged files of the code base", example = "true")
                    @QueryParam("changed")
                    @Nullable
                    String changed,
            @Parameter(hidden = true) @HeaderParam(PlanReader.PASSED_ON) @Nullable String passedOn,
            @Context UriInfo uri) {
        boolean changedOnly = changed != null && !changed.equalsIgnoreCase("false");
        return PlanQuery.answered(
                plan,
                version,
                passedOn,
                uri.getRequestUri(),
                question -> plans.answer(
                        question,
                        stored -> question.reply(
                                queries.merged(stored, question.version(), changedOnly), ModelJson::bytes)));
    }

    /** The task's context at a version of the merged context. */
    @GET
    @Path("tasks/{task}/context")
    @Operation(operationId = "isolatedContext", summary = "Isolated context of a task")
    @APIResponse(
            responseCode = "200",
            description = "The context",
            content = @Content(schema = @Schema(implementation = IsolatedContext.class)))
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "425", ref = "Problem")
    public Response isolated(
            @Parameter(description = "Id of the plan", example = "corner-shop") @PathParam("plan") String plan,
            @Parameter(description = "Id of the task", example = "FR-001") @PathParam("task") String task,
            @Parameter(description = "Version of the merged context; the newest if absent", example = "1")
                    @QueryParam("version")
                    @Nullable
                    String version,
            @Parameter(hidden = true) @HeaderParam(PlanReader.PASSED_ON) @Nullable String passedOn,
            @Context UriInfo uri) {
        var id = PlanQuery.parsed(task, TaskId::new);
        if (id.isEmpty()) return HttpReplies.invalid("'" + task + "' is not a task id.", "Use an id from the plan.");
        return PlanQuery.answered(
                plan,
                version,
                passedOn,
                uri.getRequestUri(),
                question -> plans.answer(
                        question,
                        stored -> question.reply(
                                queries.isolated(stored, id.get(), question.version()), ModelJson::bytes)));
    }
}
