package io.taskweaver.access;

/**
 * An error over REST, a problem document (RFC 9457).
 *
 * @param type URI of the kind of problem, {@code about:blank} where the status says it all
 * @param title the kind of problem in words, the same each time
 * @param status of the answer
 * @param detail what is wrong with this request
 * @param hint what to do about it; our extension
 */
public record Problem(String type, String title, int status, String detail, String hint) {
    /** The media type of a problem document. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** A problem whose kind is that of its status. */
    public static Problem of(int status, String title, String detail, String hint) {
        return new Problem("about:blank", title, status, detail, hint);
    }
}
