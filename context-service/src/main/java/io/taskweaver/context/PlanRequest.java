package io.taskweaver.context;

import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What each request for something of a plan says. */
@SuppressWarnings("NullAway.Init") // Set by Quarkus REST.
public class PlanRequest {
    @Parameter(description = "Id of the plan", example = "corner-shop")
    @PathParam("plan")
    String plan;

    @Parameter(hidden = true)
    @HeaderParam(PlanReader.PASSED_ON)
    @Nullable
    String passedOn;

    @Context
    UriInfo uri;

    /** The answer, where the plan is. */
    @FunctionalInterface
    interface Answer {
        Response of(PlanQuery question, StoredPlan stored) throws IOException, InterruptedException;
    }

    /** Answers for the newest version of the plan's code. */
    Response answered(PlanReader plans, Answer answer) {
        return answered(plans, null, answer);
    }

    /**
     * Answers here, or lets the instance answer that has the plan.
     *
     * @param version of the plan's code, as it was written; null for the newest
     */
    Response answered(PlanReader plans, @Nullable String version, Answer answer) {
        return PlanQuery.answered(
                plan,
                version,
                passedOn,
                uri.getRequestUri(),
                question -> plans.answer(question, stored -> answer.of(question, stored)));
    }
}
