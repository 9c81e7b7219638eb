package io.taskweaver.planner;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** Somebody who signs tokens and whom the service trusts. */
public final class IssuerForTest implements QuarkusTestResourceLifecycleManager {
    static final String ISSUER = "https://issuer.test";

    static final String AUDIENCE = "taskweaver";

    /** Setting that hands the key to the test. */
    static final String PRIVATE_KEY = "test.issuer.private-key";

    @Override
    public Map<String, String> start() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var keys = generator.generateKeyPair();
            var encoder = Base64.getEncoder();
            return Map.of(
                    "quarkus.oidc.tenant-enabled",
                    "true",
                    "quarkus.oidc.public-key",
                    encoder.encodeToString(keys.getPublic().getEncoded()),
                    "quarkus.oidc.token.issuer",
                    ISSUER,
                    "quarkus.oidc.token.audience",
                    AUDIENCE,
                    PRIVATE_KEY,
                    encoder.encodeToString(keys.getPrivate().getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {}
}
