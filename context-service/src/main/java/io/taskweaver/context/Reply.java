package io.taskweaver.context;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** HTTP answers. */
final class Reply {
    private static final int TOO_EARLY = 425;

    private Reply() {}

    static Response found(byte[] json) {
        return json(200, json);
    }

    static Response invalid(String error, String hint) {
        return json(400, ContextJson.problem(error, hint));
    }

    static Response unknownPlan(String plan) {
        return json(
                404,
                ContextJson.problem(
                        "Nothing is known of a plan '" + plan + "'.",
                        "Check the id; a plan that was submitted just now may take a moment."));
    }

    static Response tooEarly(String awaited) {
        return json(TOO_EARLY, ContextJson.problem("Not there yet: " + awaited + ".", "Ask again in a moment."));
    }

    static Response unavailable(String reason) {
        return json(
                503,
                ContextJson.problem(
                        "The plan can not be read now: " + reason + ".",
                        "Ask again in a moment. If it stays so, look at /q/health/ready, and with several instances at"
                                + " taskweaver.context-service.advertised-address."));
    }

    /** Another instance's answer. */
    static Response passedOn(int status, byte[] json) {
        return json(status, json);
    }

    private static Response json(int status, byte[] json) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(json)
                .build();
    }
}
