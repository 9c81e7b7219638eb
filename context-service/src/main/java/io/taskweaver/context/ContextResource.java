package io.taskweaver.context;

import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.TaskId;
import io.taskweaver.wire.rest.LineView;
import io.taskweaver.wire.rest.MergedView;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
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
@APIResponse(responseCode = "404", ref = "Problem")
@APIResponse(responseCode = "410", ref = "Problem")
@APIResponse(responseCode = "425", ref = "Problem")
public class ContextResource {
    private static final String BUNDLE = "application/x-git-bundle";

    private final PlanReader plans;
    private final ContextQueries queries;

    /** @param settings with the limits of isolated contexts */
    @Inject
    public ContextResource(PlanReader plans, ContextStreams streams, ContextSettings settings) {
        this.plans = plans;
        this.queries = new ContextQueries(settings, streams.repositories());
    }

    /** All merged files; with {@code changed=true} without unchanged files of the code base. */
    @GET
    @Path("context")
    @Operation(operationId = "mergedContext", summary = "Merged context of a plan")
    @APIResponse(
            responseCode = "200",
            description = "The context",
            content = @Content(schema = @Schema(implementation = MergedView.class)))
    public Response merged(
            @BeanParam PlanRequest request,
            @Parameter(description = "Version of the merged context; the newest if absent", example = "1")
                    @QueryParam("version")
                    @Nullable
                    String version,
            @Parameter(description = "Whether to omit unchanged files of the code base", example = "true")
                    @QueryParam("changed")
                    @Nullable
                    String changed) {
        boolean changedOnly = changed != null && !changed.equalsIgnoreCase("false");
        return request.answered(
                plans,
                version,
                (question, stored) ->
                        question.reply(queries.merged(stored, question.plan(), question.version(), changedOnly)));
    }

    /** Where the plan's code starts and how far it has come, as commits. */
    @GET
    @Path("line")
    @Operation(operationId = "line", summary = "Base and head of a plan's code")
    @APIResponse(
            responseCode = "200",
            description = "The commits",
            content = @Content(schema = @Schema(implementation = LineView.class)))
    public Response line(@BeanParam PlanRequest request) {
        return request.answered(plans, (question, stored) -> question.reply(queries.line(stored)));
    }

    /** The plan's code as a Git bundle: {@code git fetch} reads it. */
    @GET
    @Path("line.bundle")
    @Produces({BUNDLE, MediaType.APPLICATION_JSON})
    @Operation(operationId = "lineBundle", summary = "A plan's commits as a Git bundle")
    @APIResponse(
            responseCode = "200",
            description = "The bundle, with the branches base and line",
            content = @Content(mediaType = BUNDLE))
    public Response bundle(
            @BeanParam PlanRequest request,
            @Parameter(description = "Commit that the caller has with its files") @QueryParam("have") @Nullable
                    String have,
            @Parameter(description = "Commit of a result that is not merged, in place of the head")
                    @QueryParam("result")
                    @Nullable
                    String result) {
        for (var commit : new String[] {have, result})
            if (commit != null && !commit.matches("[0-9a-f]{40}"))
                return HttpReplies.invalid(
                        "'" + commit + "' is not the name of a commit.", "Use 40 hexadecimal digits.");
        return request.answered(
                plans,
                (question, stored) -> question.reply(
                        queries.bundle(stored, question.plan(), Optional.ofNullable(result), Optional.ofNullable(have)),
                        BUNDLE,
                        bytes -> bytes));
    }

    /** The task's context at a version of the merged context. */
    @GET
    @Path("tasks/{task}/context")
    @Operation(operationId = "isolatedContext", summary = "Isolated context of a task")
    @APIResponse(
            responseCode = "200",
            description = "The context",
            content = @Content(schema = @Schema(implementation = IsolatedContext.class)))
    public Response isolated(
            @BeanParam PlanRequest request,
            @Parameter(description = "Id of the task", example = "FR-001") @PathParam("task") String task,
            @Parameter(description = "Version of the merged context; the newest if absent", example = "1")
                    @QueryParam("version")
                    @Nullable
                    String version) {
        var id = PlanQuery.parsed(task, TaskId::new);
        if (id.isEmpty()) return HttpReplies.noTaskId(task);
        return request.answered(
                plans,
                version,
                (question, stored) ->
                        question.reply(queries.isolated(stored, question.plan(), id.get(), question.version())));
    }
}
