package io.taskweaver.planner;

import io.taskweaver.access.Problem;
import io.taskweaver.access.ProblemException;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.effort.LimitExceeded;
import io.taskweaver.model.event.Command;
import io.taskweaver.scheduling.dispatch.PlanState;
import io.taskweaver.scheduling.dispatch.TaskState;
import io.taskweaver.scheduling.projection.OutputView;
import io.taskweaver.wire.RegistryUnavailableException;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.TraceContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Plans over REST: submit, read, command. An accepted request is on its topic. */
@Path("/api/plans")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Plans")
public class PlanResource {
    private final Ingest ingest;
    private final PlannerRuntime runtime;
    private final PlannerSettings settings;

    PlanResource(Ingest ingest, PlannerRuntime runtime, PlannerSettings settings) {
        this.ingest = ingest;
        this.runtime = runtime;
        this.settings = settings;
    }

    /** A submission was accepted under this id. */
    public record Accepted(String planId) {}

    @POST
    @Operation(
            operationId = "submit",
            summary = "Submit documents to be planned and executed",
            description =
                    "The answer is sent when the submission is stored on its topic. A submission that cannot be planned"
                            + " is accepted, and its status says why it was rejected.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = SubmissionBody.class),
                            examples =
                                    @ExampleObject(
                                            name = "one document",
                                            value = "{\"documents\": [{\"path\": \"REQUIREMENTS.md\", \"content\": \"#"
                                                    + " Shop\\n"
                                                    + "\\n"
                                                    + "- FR-1: Customers shall see all products.\\n"
                                                    + "\"}]}")))
    @APIResponse(
            responseCode = "202",
            description = "Accepted",
            content = @Content(schema = @Schema(implementation = Accepted.class)))
    public Response submit(@Context HttpHeaders headers, @Nullable SubmissionBody body) {
        if (body == null) throw invalid("the body is missing");
        if (body.bytes() > Topics.MAX_SUBMISSION_BYTES)
            throw problem(
                    413,
                    "The texts of the submission, including paths, have " + body.bytes() + " bytes; the limit is "
                            + Topics.MAX_SUBMISSION_BYTES + " bytes.",
                    "Split the documents into several submissions, or leave files out of the code inventory.");
        return answered(() -> {
            var submission = body.submission();
            var refused = settings.limits().limits().refused(submission.documents(), submission.structure());
            if (!refused.isEmpty())
                throw problem(
                        413, refused.getFirst().message(), refused.getFirst().hint());
            ingest.submit(submission, body.planChanges(), traceOf(headers));
            return Response.accepted(new Accepted(submission.plan().value())).build();
        });
    }

    @GET
    @Operation(operationId = "plans", summary = "List the plans, the newest first")
    @APIResponse(
            responseCode = "200",
            description = "The plans",
            content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = PlanStatus.Line.class)))
    public Response list() {
        return answered(() -> withPlans(views -> Response.ok(views.list()).build()));
    }

    @GET
    @Path("{plan}")
    @Operation(operationId = "plan", summary = "Status of a plan and of its tasks")
    @APIResponse(
            responseCode = "200",
            description = "The plan",
            content = @Content(schema = @Schema(implementation = PlanStatus.class)))
    @APIResponse(responseCode = "404", ref = "Problem")
    public Response status(
            @Parameter(description = "Id of the plan", example = "corner-shop") @PathParam("plan") String plan) {
        return answered(() -> {
            var id = new PlanId(plan);
            return withPlans(views ->
                    views.status(id).map(status -> Response.ok(status).build()).orElseThrow(() -> unknown(id)));
        });
    }

    @GET
    @Path("{plan}/conflicts")
    @Operation(
            operationId = "conflicts",
            summary = "Open conflicts of a plan",
            description =
                    "Results that conflict with merged ones, or with which the plan's command fails, until they are"
                            + " reconciled. The command resolve settles one; if what it names cannot be merged, the conflict"
                            + " is open again, and says why in refused.")
    @APIResponse(
            responseCode = "200",
            description = "The conflicts, in the order of the plan's tasks",
            content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = ConflictStatus.class)))
    @APIResponse(responseCode = "404", ref = "Problem")
    public Response conflicts(
            @Parameter(description = "Id of the plan", example = "corner-shop") @PathParam("plan") String plan) {
        return answered(() -> {
            var id = new PlanId(plan);
            return withPlans(views ->
                    views.conflicts(id).map(open -> Response.ok(open).build()).orElseThrow(() -> unknown(id)));
        });
    }

    /**
     * What an attempt printed, or the command that verified its result.
     *
     * @param source {@code agent} or {@code verification}
     * @param executor who read it
     * @param since when it began
     * @param whole whether nothing follows
     * @param parts in their order
     */
    public record Output(
            int attempt, String source, String executor, Instant since, boolean whole, List<OutputView.Part> parts) {
        static Output of(OutputView.Output output) {
            return new Output(
                    output.attempt(),
                    output.source().word(),
                    output.executor(),
                    output.since(),
                    output.isWhole(),
                    output.parts());
        }
    }

    @GET
    @Path("{plan}/tasks/{task}/output")
    @Operation(
            operationId = "output",
            summary = "What a task's agents printed",
            description =
                    "By attempt, of paid, long and failed ones, for a week, with what verified their results. Of a"
                            + " long output, beginning and end are kept; leftOut of a part says how many characters before"
                            + " it are not. Secrets are masked; control characters are as they were printed.")
    @APIResponse(
            responseCode = "200",
            description = "The outputs, the oldest first",
            content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = Output.class)))
    @APIResponse(responseCode = "404", ref = "Problem")
    public Response output(
            @Parameter(description = "Id of the plan", example = "corner-shop") @PathParam("plan") String plan,
            @Parameter(description = "Id of the task", example = "FR-001") @PathParam("task") String task,
            @Parameter(description = "Number of an attempt; all if absent", example = "1")
                    @QueryParam("attempt")
                    @Nullable
                    Integer attempt) {
        return answered(() -> {
            var id = new PlanId(plan);
            var node = new TaskId(task);
            var plans = runtime.plans().orElseThrow(PlanResource::notReady);
            var head = plans.head(id).orElseThrow(() -> unknown(id));
            if (head instanceof PlanHead.Archived archived)
                throw problem(
                        404,
                        "Plan " + id + " was archived at " + archived.at() + ".",
                        "What its agents printed is in its archive, the file with the SHA-256 " + archived.digest()
                                + ".");
            if (!plans.has(id, node))
                throw problem(
                        404, "Plan " + id + " has no task " + node + ".", "GET /api/plans/" + id + " lists its tasks.");
            var view = runtime.outputs()
                    .of(id, node, head.at())
                    .orElseThrow(
                            () -> problem(503, "Many outputs are being read already.", "Try again in a few seconds."));
            return Response.ok(view.outputs().stream()
                            .filter(output -> attempt == null || output.attempt() == attempt)
                            .map(Output::of)
                            .toList())
                    .build();
        });
    }

    @POST
    @Path("{plan}/commands/{command}")
    @Operation(
            operationId = "command",
            summary = "Send a command to a plan or one of its tasks",
            description = "cancel and pause take a reason, and a taskId for a single task; resume takes new limits or a"
                    + " taskId; retry, approve and reject need a taskId; approve takes an answer for the task's"
                    + " prompt; reject needs a reason, which is for the prompt of the next attempt; resolve needs"
                    + " a taskId and a resolution; approve, reject and resolve may name the attempt that is meant;"
                    + " priority needs a priority; options needs the options that change; archive removes a plan that"
                    + " has ended, and needs the digest of its archive.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = CommandBody.class),
                            examples = @ExampleObject(name = "retry", value = "{\"taskId\": \"FR-001\"}")))
    @APIResponse(
            responseCode = "202",
            description = "Accepted; takes effect shortly",
            content = @Content(schema = @Schema(implementation = Accepted.class)))
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    public Response command(
            @Parameter(description = "Id of the plan", example = "corner-shop") @PathParam("plan") String plan,
            @Parameter(
                            description = "Name of the command",
                            example = "pause",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {
                                                "cancel",
                                                "pause",
                                                "resume",
                                                "retry",
                                                "approve",
                                                "reject",
                                                "resolve",
                                                "priority",
                                                "options",
                                                "archive"
                                            }))
                    @PathParam("command")
                    String command,
            @Context HttpHeaders headers,
            @Nullable CommandBody body) {
        return answered(() -> {
            var id = new PlanId(plan);
            var plans = runtime.plans();
            var given =
                    named(body == null ? CommandBody.EMPTY : body, id, plans).command(command);
            if (plans.isPresent()) {
                var head = plans.get().head(id).orElse(null);
                if (head == null || head instanceof PlanHead.Refused) throw unknown(id);
                if (head instanceof PlanHead.Archived && !(given instanceof Command.ArchivePlan))
                    throw problem(
                            409,
                            "Plan " + id + " is archived.",
                            "For a new plan, submit its documents with another planId.");
                if (given instanceof Command.ArchivePlan && !mayBeArchived(head))
                    throw problem(
                            409,
                            "Plan " + id + " is " + head.stage().word() + ".",
                            "Only a plan that was completed, failed or cancelled can be archived.");
                if (head instanceof PlanHead.Waiting
                        && !(given instanceof Command.CancelPlan)
                        && plans.get().isFull(id))
                    throw problem(
                            503,
                            StoredPlans.MOST_COMMANDS + " commands wait for the plan " + id
                                    + ", which is still being planned.",
                            "Send the command when GET /api/plans/" + id + " shows its tasks.");
                if (head instanceof PlanHead.Made
                        && given instanceof Command.OfTask about
                        && !plans.get().has(id, about.task()))
                    throw problem(
                            404,
                            "Plan " + id + " has no task " + about.task() + ".",
                            "GET /api/plans/" + id + " lists its tasks.");
            }
            ingest.command(id, given, traceOf(headers));
            return Response.accepted(new Accepted(id.value())).build();
        });
    }

    private static boolean mayBeArchived(PlanHead head) {
        return head instanceof PlanHead.Archived
                || (head instanceof PlanHead.Made made && made.state() instanceof PlanState.Closed);
    }

    /** A result that waits for review is meant as it is now, and not what may come after it. */
    private static CommandBody named(CommandBody body, PlanId plan, Optional<StoredPlans> plans) {
        return plans.flatMap(stored -> body.named().flatMap(task -> stored.state(plan, task)))
                .map(state -> switch (state) {
                    case TaskState.InReview review ->
                        body.about(review.attempts().number());
                    case TaskState.Conflicted conflicted ->
                        body.about(conflicted.attempts().number());
                    case TaskState.Failed failed -> body.about(failed.attempts().number());
                    default -> body;
                })
                .orElse(body);
    }

    /** Repeated headers form one list (RFC 9110 section 5.3). */
    private static Optional<TraceContext> traceOf(HttpHeaders headers) {
        return TraceContext.of((String name) -> Optional.ofNullable(headers.getRequestHeader(name))
                .filter(values -> !values.isEmpty())
                .map(values -> String.join(",", values)));
    }

    private Response withPlans(Function<PlanViews, Response> answer) {
        return runtime.plans()
                .map(plans -> answer.apply(new PlanViews(plans, runtime.fleet().condition(Instant.now()))))
                .orElseThrow(PlanResource::notReady);
    }

    private static ProblemException notReady() {
        return problem(
                503,
                "The planner is not ready: it is waiting for the broker or restoring its state.",
                "Try again in a few seconds; /q/health says what it waits for.");
    }

    private static Response answered(Supplier<Response> answer) {
        try {
            return answer.get();
        } catch (InvalidStateStoreException e) {
            throw notReady(); // Kafka Streams closed the store while it was read.
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        } catch (LimitExceeded e) {
            throw problem(413, e.message(), e.hint());
        } catch (Ingest.TooLarge e) {
            throw problem(
                    413,
                    "The request is too large for a Kafka message: " + e.getMessage(),
                    "Send less, or in several requests.");
        } catch (KafkaException | RegistryUnavailableException e) {
            throw problem(
                    503,
                    "The broker or the schema registry does not answer: " + e.getMessage(),
                    "Check that both run, then try again.");
        } catch (Ingest.Unavailable e) {
            throw problem(
                    503,
                    "The broker or the schema registry does not answer: " + e.getMessage(),
                    "Nothing was accepted. Check that both run, then send it again.");
        }
    }

    private static ProblemException unknown(PlanId plan) {
        return problem(
                404,
                "There is no plan " + plan + ".",
                "A plan appears shortly after its submission was accepted. GET /api/plans lists the plans.");
    }

    private static ProblemException invalid(String what) {
        return problem(400, "The request is invalid: " + what + ".", "Correct it and send it again.");
    }

    private static ProblemException problem(int status, String detail, String hint) {
        return new ProblemException(Problem.of(status, detail, hint));
    }
}
