package io.taskweaver.runtime.embedded;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Login of all clients of an embedded broker and registry: SCRAM-SHA-512 (RFC 5802, RFC 7677) for the broker, HTTP
 * basic authentication (RFC 7617) for the registry.
 *
 * @param username the principal, letters and digits
 * @param password letters and digits
 */
public record Credential(String username, String password) {
    /** The principal of the local runtime. */
    public static final String USERNAME = "taskweaver";

    private static final int PASSWORD_BYTES = 32;

    /** Needs no quoting in Kafka's JAAS settings, in properties files and in user info. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9]+");

    public Credential {
        if (!PLAIN.matcher(username).matches() || !PLAIN.matcher(password).matches())
            throw new IllegalArgumentException("A user name and a password consist of letters and digits.");
    }

    /** A credential of the local runtime's principal with a password of 256 random bits. */
    public static Credential random() {
        var bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Credential(USERNAME, HexFormat.of().formatHex(bytes));
    }

    /** Settings with which any Kafka client logs in. */
    public Map<String, String> kafkaSettings() {
        return Map.of(
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "SCRAM-SHA-512",
                "sasl.jaas.config", scramLogin());
    }

    String scramLogin() {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + username
                + "\" password=\"" + password + "\";";
    }

    /** {@code username:password}, in the format of Confluent's registry clients. */
    public String userInfo() {
        return username + ":" + password;
    }

    /** Value of an HTTP request's header {@code Authorization}. */
    public String basicAuthorization() {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo().getBytes(StandardCharsets.UTF_8));
    }

    /** Omits the password. */
    @Override
    public String toString() {
        return "Credential[username=" + username + "]";
    }
}
