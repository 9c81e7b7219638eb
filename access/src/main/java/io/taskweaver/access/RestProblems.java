package io.taskweaver.access;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Problem documents for exceptions in resources and in routing. */
public class RestProblems {
    /** A problem as a JAX-RS response. */
    public static Response response(Problem problem) {
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .header("X-Content-Type-Options", "nosniff")
                .entity(problem.json())
                .build();
    }

    @ServerExceptionMapper
    public Response expected(ProblemException e) {
        return response(e.problem());
    }

    @ServerExceptionMapper
    public Response ofStatus(WebApplicationException e, RoutingContext context) {
        var given = e.getResponse();
        if (given.getStatus() < 400) return given;
        var answer = Response.fromResponse(response(
                Problems.of(given.getStatus(), context.request().method().name(), context.normalizedPath())));
        var allow = given.getHeaderString(HttpHeaders.ALLOW);
        if (allow != null) answer.header(HttpHeaders.ALLOW, allow);
        return answer.build();
    }

    @ServerExceptionMapper
    public Response unexpected(Throwable e, RoutingContext context) {
        return response(Problems.of(e, context.normalizedPath()));
    }
}
