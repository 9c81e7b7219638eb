package io.taskweaver.access;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A server whose limits a test lives to see. Not in a file: other modules' tests would have it on their class path. */
public class ShortLimits implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.http.host", "127.0.0.1",
                "quarkus.http.test-port", "0",
                "quarkus.thread-pool.max-threads", "24",
                "quarkus.http.limits.max-body-size", "1M",
                "taskweaver.http.head-timeout", "2s",
                "taskweaver.http.rate-window", "2s",
                "taskweaver.http.connections", "1500");
    }
}
