package io.taskweaver.context;

import io.taskweaver.model.TaskId;
import io.taskweaver.wire.context.ContextDifference;
import io.taskweaver.wire.context.ContextDocument;
import io.taskweaver.wire.context.ContextView;
import io.taskweaver.wire.context.FileHistory;
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
import java.util.OptionalInt;
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
@APIResponse(responseCode = "404", ref = "Problem")
@APIResponse(responseCode = "410", ref = "Problem")
@APIResponse(responseCode = "425", ref = "Problem")
public class FactResource {
    private final PlanReader plans;
    private final FactQueries queries;

    @Inject
    FactResource(PlanReader plans, ContextChanges changes) {
        this.plans = plans;
        this.queries = changes.queries();
    }

    @GET
    @Path("context/facts")
    @Operation(operationId = "contextOfPlan", summary = "What is known of a plan, in sections, and who contributed it")
    @APIResponse(
            responseCode = "200",
            description = "The context",
            content = @Content(schema = @Schema(implementation = ContextView.class)))
    public Response plan(
            @BeanParam PlanRequest request,
            @Parameter(description = "Version of the plan's code; the newest if absent", example = "1")
                    @QueryParam("version")
                    @Nullable
                    String version,
            @Parameter(description = "Most entries of each list; all if absent", example = "200")
                    @QueryParam("limit")
                    @Nullable
                    String limit) {
        var most = limit(limit);
        if (most.isEmpty()) return noLimit(limit);
        return request.answered(
                plans,
                version,
                (question, stored) -> question.reply(queries.plan(stored, question.plan(), question.version())
                        .map(view -> view.limited(most.getAsInt()))));
    }

    @GET
    @Path("tasks/{task}/context/facts")
    @Operation(operationId = "contextOfTask", summary = "What a task is given, in sections, and who contributed it")
    @APIResponse(
            responseCode = "200",
            description = "The context",
            content = @Content(schema = @Schema(implementation = ContextView.class)))
    public Response task(
            @BeanParam PlanRequest request,
            @Parameter(description = "Id of the task", example = "FR-001") @PathParam("task") String task,
            @Parameter(description = "Version of the plan's code; the newest if absent", example = "1")
                    @QueryParam("version")
                    @Nullable
                    String version,
            @Parameter(description = "Most entries of each list; all if absent", example = "200")
                    @QueryParam("limit")
                    @Nullable
                    String limit) {
        var id = PlanQuery.parsed(task, TaskId::new);
        if (id.isEmpty()) return HttpReplies.noTaskId(task);
        var most = limit(limit);
        if (most.isEmpty()) return noLimit(limit);
        return request.answered(
                plans,
                version,
                (question, stored) -> question.reply(queries.task(stored, question.plan(), id.get(), question.version())
                        .map(view -> view.limited(most.getAsInt()))));
    }

    @GET
    @Path("context/diff")
    @Operation(operationId = "contextDifference", summary = "What differs between two versions of a context")
    @APIResponse(
            responseCode = "200",
            description = "The difference",
            content = @Content(schema = @Schema(implementation = ContextDifference.class)))
    public Response difference(
            @BeanParam PlanRequest request,
            @Parameter(description = "Version before", required = true, example = "0") @QueryParam("from") @Nullable
                    String from,
            @Parameter(description = "Version after", required = true, example = "1") @QueryParam("to") @Nullable
                    String to,
            @Parameter(description = "Id of a task: its context instead of the plan's", example = "FR-001")
                    @QueryParam("task")
                    @Nullable
                    String task,
            @Parameter(description = "Most entries of each list; all if absent", example = "200")
                    @QueryParam("limit")
                    @Nullable
                    String limit) {
        var id = Optional.ofNullable(task).map(text -> PlanQuery.parsed(text, TaskId::new));
        if (id.isPresent() && id.get().isEmpty()) return HttpReplies.noTaskId(String.valueOf(task));
        var before = PlanQuery.number(from);
        var after = PlanQuery.number(to);
        if (before.isEmpty() || after.isEmpty())
            return HttpReplies.invalid("from and to have to be versions.", "Use numbers from 0, as ?from=0&to=3.");
        var most = limit(limit);
        if (most.isEmpty()) return noLimit(limit);
        return request.answered(
                plans,
                (question, stored) -> question.reply(queries.difference(
                                stored,
                                question.plan(),
                                id.flatMap(given -> given),
                                before.getAsLong(),
                                after.getAsLong())
                        .map(difference -> difference.limited(most.getAsInt()))));
    }

    @GET
    @Path("context/history")
    @Operation(operationId = "fileHistory", summary = "Which tasks changed a file, at which version, with hashes")
    @APIResponse(
            responseCode = "200",
            description = "The changes; none if no task changed the file",
            content = @Content(schema = @Schema(implementation = FileHistory.class)))
    public Response history(
            @BeanParam PlanRequest request,
            @Parameter(description = "Path of the file", required = true, example = "src/Shop.java")
                    @QueryParam("path")
                    @Nullable
                    String path) {
        if (path == null || path.isBlank() || path.indexOf('\u0000') >= 0)
            return HttpReplies.invalid(
                    "The parameter path is missing, or no path.", "Name a file, as ?path=src/shop.js.");
        return request.answered(
                plans, (question, stored) -> question.reply(queries.history(stored, question.plan(), path)));
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
    public Response export(@BeanParam PlanRequest request) {
        return request.answered(
                plans,
                (question, stored) -> question.reply(
                        queries.document(stored, question.plan()), MediaType.APPLICATION_JSON, ContextDocument::bytes));
    }

    /** How many entries a list may have; empty if the text is no number. */
    private static OptionalInt limit(@Nullable String text) {
        if (text == null) return OptionalInt.of(Integer.MAX_VALUE);
        return text.matches("[1-9][0-9]{0,8}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }

    private static Response noLimit(@Nullable String text) {
        return HttpReplies.invalid(
                "'" + text + "' is not a limit.", "Use a number from 1, or omit it for all entries.");
    }
}
