package io.taskweaver.access.testing;

/** The tokens in {@code access/src/test/tokens}, which the services take in their tests. */
public final class TestTokens {
    public static final String VIEWER = "viewer-of-the-tests";
    public static final String OPERATOR = "operator-of-the-tests";
    public static final String ADMIN = "administrator-of-the-tests";

    private TestTokens() {}

    /** The value of the header {@code Authorization}. */
    public static String bearer(String token) {
        return "Bearer " + token;
    }
}
