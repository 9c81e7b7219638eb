package io.taskweaver.context;

import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.ContextChange.ClearContext;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent.ContextCommand;
import io.taskweaver.wire.context.ContextDifference;
import io.taskweaver.wire.context.ContextDocument;
import io.taskweaver.wire.context.ContextView;
import io.taskweaver.wire.context.FileHistory;
import io.taskweaver.wire.json.ModelJson;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The contexts of a plan for people and programs: facts and who contributed them, differences, exports. */
@Path("/api/plans/{plan}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Contexts")
public class FactResource {
    private static final int OK = 200;
    private static final int TOO_EARLY = 425;

    private final PlanReader plans;
    private final ContextChanges changes;
    private final FactQueries queries;

    @Inject
    FactResource(PlanReader plans, ContextChanges changes) {
        this.plans = plans;
        this.changes = changes;
        this.queries = changes.queries();
    }

    @GET
    @Path("context/facts")
    @Operation(operationId = "contextOfPlan", summary = "What is known of a plan, in sections, and who contributed it")
    @APIResponse(
            responseCode = "200",
            description = "The context",
            content = @Content(schema = @Schema(implementation = ContextView.class)))
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "410", ref = "Problem")
    @APIResponse(responseCode = "425", ref = "Problem")
    public Response plan(
            @Parameter(description = "Id of the plan", example = "corner-shop") @PathParam("plan") String plan,
            @Parameter(description = "Version of the plan's code; the newest if absent", example = "1")
                    @QueryParam("version")
                    @Nullable
                    String version,
            @Parameter(hidden = true) @HeaderParam(PlanReader.PASSED_ON) @Nullable String passedOn,
            @Context UriInfo uri) {
        return PlanQuery.answered(
                plan,
                version,
                passedOn,
                uri.getRequestUri(),
                question -> plans.answer(
                        question, stored -> question.reply(queries.plan(stored, question.plan(), question.version()))));
    }

    @GET
    @Path("tasks/{task}/context/facts")
    @Operation(operationId = "contextOfTask", summary = "What a task is given, in sections, and who contributed it")
    @APIResponse(
            responseCode = "200",
            description = "The context",
            content = @Content(schema = @Schema(implementation = ContextView.class)))
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "410", ref = "Problem")
    @APIResponse(responseCode = "425", ref = "Problem")
    public Response task(
            @Parameter(description = "Id of the plan", example = "corner-shop") @PathParam("plan") String plan,
            @Parameter(description = "Id of the task", example = "FR-001") @PathParam("task") String task,
            @Parameter(description = "Version of the plan's code; the newest if absent", example = "1")
                    @QueryParam("version")
                    @Nullable
                    String version,
            @Parameter(hidden = true) @HeaderParam(PlanReader.PASSED_ON) @Nullable String passedOn,
            @Context UriInfo uri) {
        var id = PlanQuery.parsed(task, TaskId::new);
        if (id.isEmpty()) return noTaskId(task);
        return PlanQuery.answered(
                plan,
                version,
                passedOn,
                uri.getRequestUri(),
                question -> plans.answer(
                        question,
                        stored -> question.reply(queries.task(stored, question.plan(), id.get(), question.version()))));
    }

    @GET
    @Path("context/diff")
    @Operation(operationId = "contextDifference", summary = "What differs between two versions of a context")
    @APIResponse(
            responseCode = "200",
            description = "The difference",
            content = @Content(schema = @Schema(implementation = ContextDifference.class)))
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "410", ref = "Problem")
    @APIResponse(responseCode = "425", ref = "Problem")
    public Response difference(
            @Parameter(description = "Id of the plan", example = "corner-shop") @PathParam("plan") String plan,
            @Parameter(description = "Version before", required = true, example = "0") @QueryParam("from") @Nullable
                    String from,
            @Parameter(description = "Version after", required = true, example = "1") @QueryParam("to") @Nullable
                    String to,
            @Parameter(description = "Id of a task: its context instead of the plan's", example = "FR-001")
                    @QueryParam("task")
                    @Nullable
                    String task,
            @Parameter(hidden = true) @HeaderParam(PlanReader.PASSED_ON) @Nullable String passedOn,
            @Context UriInfo uri) {
        var id = Optional.ofNullable(task).map(text -> PlanQuery.parsed(text, TaskId::new));
        if (id.isPresent() && id.get().isEmpty()) return noTaskId(String.valueOf(task));
        var before = PlanQuery.number(from);
        var after = PlanQuery.number(to);
        if (before.isEmpty() || after.isEmpty())
            return HttpReplies.invalid("from and to have to be versions.", "Use numbers from 0, as ?from=0&to=3.");
        return PlanQuery.answered(
                plan,
                null,
                passedOn,
                uri.getRequestUri(),
                question -> plans.answer(
                        question,
                        stored -> question.reply(queries.difference(
                                stored,
                                question.plan(),
                                id.flatMap(given -> given),
                                before.getAsLong(),
                                after.getAsLong()))));
    }

    @GET
    @Path("context/history")
    @Operation(operationId = "fileHistory", summary = "Which tasks changed a file, at which version, with hashes")
    @APIResponse(
            responseCode = "200",
            description = "The changes; none if no task changed the file",
            content = @Content(schema = @Schema(implementation = FileHistory.class)))
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "410", ref = "Problem")
    @APIResponse(responseCode = "425", ref = "Problem")
    public Response history(
            @Parameter(description = "Id of the plan", example = "corner-shop") @PathParam("plan") String plan,
            @Parameter(description = "Path of the file", required = true, example = "src/Shop.java")
                    @QueryParam("path")
                    @Nullable
                    String path,
            @Parameter(hidden = true) @HeaderParam(PlanReader.PASSED_ON) @Nullable String passedOn,
            @Context UriInfo uri) {
        if (path == null || path.isBlank() || path.indexOf('\u0000') >= 0)
            return HttpReplies.invalid(
                    "The parameter path is missing, or no path.", "Name a file, as ?path=src/shop.js.");
        return PlanQuery.answered(
                plan,
                null,
                passedOn,
                uri.getRequestUri(),
                question -> plans.answer(
                        question, stored -> question.reply(queries.history(stored, question.plan(), path))));
    }

    @GET
    @Path("context/export")
    @Operation(
            operationId = "exportContext",
            summary = "All contexts of a plan, with its code, as one document",
            description = "docs/contexts.md describes the format, taskweaver-context.")
    @APIResponse(
            responseCode = "200",
            description = "The document",
            content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "410", ref = "Problem")
    @APIResponse(responseCode = "425", ref = "Problem")
    public Response export(
            @Parameter(description = "Id of the plan", example = "corner-shop") @PathParam("plan") String plan,
            @Parameter(hidden = true) @HeaderParam(PlanReader.PASSED_ON) @Nullable String passedOn,
            @Context UriInfo uri) {
        return PlanQuery.answered(
                plan,
                null,
                passedOn,
                uri.getRequestUri(),
                question -> plans.answer(
                        question,
                        stored -> question.reply(
                                queries.document(stored, question.plan()),
                                MediaType.APPLICATION_JSON,
                                ContextDocument::bytes)));
    }

    @DELETE
    @Path("context")
    @Operation(
            operationId = "clearContext",
            summary = "Remove the contexts of a plan, with its code, or what is kept of one of its tasks",
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
        if (of.isPresent() && of.get().isEmpty()) return noTaskId(String.valueOf(task));
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
                "Plan " + plan + " runs, and its tasks need their contexts.",
                "Cancel the plan first, or clear them nevertheless with ?force=true: the plan cannot go on then.");
    }

    private static Response noTaskId(String text) {
        return HttpReplies.invalid("'" + text + "' is not a task id.", "Use an id from the plan.");
    }
}
