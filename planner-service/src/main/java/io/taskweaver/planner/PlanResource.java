package io.taskweaver.planner;

import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.schedule.Report;
import io.taskweaver.topics.Topics;
import io.taskweaver.topics.TraceContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Plans over REST: hand one in, look at it, order something. What is accepted is on its topic. */
@Path("/api/plans")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PlanResource {
    private static final int TOO_LARGE = 413;

    private final Ingest ingest;
    private final PlannerRuntime runtime;

    PlanResource(Ingest ingest, PlannerRuntime runtime) {
        this.ingest = ingest;
        this.runtime = runtime;
    }

    /** An error as a user gets it. */
    public record Problem(String error, String hint) {}

    /** A submission was accepted under this id. */
    public record Accepted(String planId) {}

    @POST
    public Response submit(@Context HttpHeaders headers, @Nullable SubmissionBody body) {
        if (body == null) return invalid("the body is empty");
        if (body.bytes() > Topics.MAX_SUBMISSION_BYTES)
            return problem(
                    TOO_LARGE,
                    "The texts of the submission are " + body.bytes() + " bytes; at most " + Topics.MAX_SUBMISSION_BYTES
                            + " are allowed.",
                    "Split the documents into several submissions, or leave files out of the code inventory.");
        return answered(() -> {
            var submission = body.submission();
            ingest.submit(submission, traceOf(headers));
            return Response.accepted(new Accepted(submission.plan().value())).build();
        });
    }

    @GET
    public Response list() {
        return withPlans(views -> Response.ok(views.list()).build());
    }

    @GET
    @Path("{plan}")
    public Response status(@PathParam("plan") String plan) {
        return answered(() -> {
            var id = new PlanId(plan);
            return withPlans(views ->
                    views.status(id).map(status -> Response.ok(status).build()).orElseGet(() -> unknown(id)));
        });
    }

    @POST
    @Path("{plan}/commands/{command}")
    public Response command(
            @PathParam("plan") String plan,
            @PathParam("command") String command,
            @Context HttpHeaders headers,
            @Nullable CommandBody body) {
        return answered(() -> {
            var id = new PlanId(plan);
            var order = (body == null ? CommandBody.EMPTY : body).order(command);
            var plans = runtime.plans();
            if (plans.isPresent()) {
                if (!(plans.get().head(id).orElse(null) instanceof PlanHead.Made)) return unknown(id);
                if (order instanceof Report.OfTask about && !plans.get().has(id, about.task()))
                    return problem(
                            Response.Status.NOT_FOUND.getStatusCode(),
                            "Plan " + id + " has no task " + about.task() + ".",
                            "GET /api/plans/" + id + " lists its tasks.");
            }
            ingest.order(id, order, traceOf(headers));
            return Response.accepted(new Accepted(id.value())).build();
        });
    }

    /** A header that comes more than once is one list (RFC 9110 section 5.3). */
    private static Optional<TraceContext> traceOf(HttpHeaders headers) {
        return TraceContext.of((String name) -> Optional.ofNullable(headers.getRequestHeader(name))
                .filter(values -> !values.isEmpty())
                .map(values -> String.join(",", values)));
    }

    private Response withPlans(Function<PlanViews, Response> answer) {
        return runtime.plans()
                .map(plans -> answer.apply(new PlanViews(plans, runtime.fleet().condition(Instant.now()))))
                .orElseGet(() -> problem(
                        Response.Status.SERVICE_UNAVAILABLE.getStatusCode(),
                        "The planner is not ready: it waits for the broker, or restores its state.",
                        "Try again in a few seconds; /q/health says what it waits for."));
    }

    private static Response answered(Supplier<Response> answer) {
        try {
            return answer.get();
        } catch (IllegalArgumentException e) {
            return invalid(String.valueOf(e.getMessage()));
        } catch (Ingest.Unavailable e) {
            return problem(
                    Response.Status.SERVICE_UNAVAILABLE.getStatusCode(),
                    "The broker or the schema registry does not answer: " + e.getMessage(),
                    "Nothing was accepted. Check that both run, then send it again.");
        }
    }

    private static Response unknown(PlanId plan) {
        return problem(
                Response.Status.NOT_FOUND.getStatusCode(),
                "There is no plan " + plan + ".",
                "A submission shows up a moment after it was accepted. GET /api/plans lists the plans.");
    }

    private static Response invalid(String what) {
        return problem(
                Response.Status.BAD_REQUEST.getStatusCode(),
                "The request can not be used: " + what + ".",
                "Correct it and send it again.");
    }

    private static Response problem(int status, String error, String hint) {
        return Response.status(status).entity(new Problem(error, hint)).build();
    }
}
