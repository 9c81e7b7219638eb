package io.taskweaver.access;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.json.JsonObject;

/**
 * An error over REST, a problem document (RFC 9457).
 *
 * @param type URI of the kind of problem, {@code about:blank} if the status suffices
 * @param title the kind of problem, as a constant text
 * @param status of the answer
 * @param detail cause
 * @param hint remedy; our extension member
 */
public record Problem(String type, String title, int status, String detail, String hint) {
    private static final int LONGEST_DETAIL = 2_000;

    public Problem {
        // May quote client input.
        if (detail.length() > LONGEST_DETAIL)
            detail = detail.substring(0, detail.offsetByCodePoints(0, LONGEST_DETAIL / 2)) + "...";
    }

    /** The media type of a problem document. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** A problem whose kind is that of its status. */
    public static Problem of(int status, String title, String detail, String hint) {
        return new Problem("about:blank", title, status, detail, hint);
    }

    /** A problem whose kind, and title, is that of its status. */
    public static Problem of(int status, String detail, String hint) {
        return of(status, HttpResponseStatus.valueOf(status).reasonPhrase(), detail, hint);
    }

    /** The document, UTF-8 when it is sent. */
    public String json() {
        return new JsonObject()
                .put("type", type)
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .put("hint", hint)
                .encode();
    }
}
