package io.taskweaver.context;

import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.ContextChange.ClearContext;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent.ContextCommand;
import io.taskweaver.wire.context.ContextView;
import io.taskweaver.wire.json.ModelJson;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Removal of contexts that nothing needs any more. */
@Path("/api/plans/{plan}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Contexts")
public class ClearResource {
    private static final int OK = 200;
    private static final int TOO_EARLY = 425;

    private final ContextChanges changes;

    @Inject
    ClearResource(ContextChanges changes) {
        this.changes = changes;
    }

    @DELETE
    @Path("context")
    @Operation(
            operationId = "clearContext",
            summary = "Remove the contexts and the code of a plan, or what is stored for one of its tasks",
            description = "Refused while the plan runs, unless forced: its tasks need their contexts.")
    @APIResponse(
            responseCode = "202",
            description = "Accepted; takes effect shortly",
            content = @Content(schema = @Schema(implementation = ContextChanges.AcceptedContext.class)))
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    @APIResponse(responseCode = "410", ref = "Problem")
    public Response clear(
            @Parameter(description = "Id of the plan", example = "corner-shop") @PathParam("plan") String plan,
            @Parameter(description = "Id of a task", example = "FR-001") @QueryParam("task") @Nullable String task,
            @Parameter(description = "Whether to remove them while the plan runs", example = "true")
                    @QueryParam("force")
                    @Nullable
                    String force,
            @Context UriInfo uri) {
        var id = PlanQuery.parsed(plan, PlanId::new);
        if (id.isEmpty()) return HttpReplies.unknownPlan(plan);
        var of = Optional.ofNullable(task).map(text -> PlanQuery.parsed(text, TaskId::new));
        if (of.isPresent() && of.get().isEmpty()) return HttpReplies.noTaskId(String.valueOf(task));
        var command = new ClearContext(of.flatMap(given -> given), force != null && !force.equalsIgnoreCase("false"));
        var known = changes.known(id.get(), uri);
        if (known.getStatus() != OK && known.getStatus() != TOO_EARLY) return known;
        if (known.getStatus() == OK && known.getEntity() instanceof byte[] body) {
            var problem = problem(body, command);
            if (problem.isPresent()) return problem.get();
        } else if (!command.force()) return running(id.get());
        var meta = new Meta(UUID.randomUUID().toString(), id.get(), Instant.now(), Optional.empty());
        return changes.accepted(id.get(), List.of(new ContextCommand(meta, command)));
    }

    private static Optional<Response> problem(byte[] known, ClearContext clear) {
        ContextView context;
        try {
            context = ModelJson.read(ModelJson.SERVICES, ModelJson.SERVICES.readTree(known), ContextView.class);
        } catch (IOException e) {
            throw new UncheckedIOException("another instance answered with no context", e);
        }
        var plan = context.metadata().plan();
        var task = clear.task();
        if (task.isPresent()
                && context.requirements().tasks().stream()
                        .noneMatch(fact -> fact.task().id().equals(task.get())))
            return Optional.of(HttpReplies.unknownTask(plan, task.get()));
        return !clear.force() && context.metadata().isRunning() ? Optional.of(running(plan)) : Optional.empty();
    }

    private static Response running(PlanId plan) {
        return HttpReplies.conflict(
                "Plan " + plan + " is running, and its tasks need their contexts.",
                "Cancel the plan first. To remove them anyway, use ?force=true; the plan cannot continue afterwards.");
    }
}
