package io.taskweaver.planner;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.taskweaver.runtime.embedded.EmbeddedBroker;
import io.taskweaver.wire.testing.BrokerSettings;
import io.taskweaver.wire.testing.SingleObjectSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A broker with the topics on it, for tests of the whole service. */
public final class BrokerForTest implements QuarkusTestResourceLifecycleManager {
    private @Nullable EmbeddedBroker broker;

    @Override
    public Map<String, String> start() {
        try {
            var folder = Files.createTempDirectory("planner-resource-test");
            var started = EmbeddedBroker.start(folder.resolve("kafka"));
            broker = started;
            TestTopics.create(started.clientSettings());
            var settings = new HashMap<>(SingleObjectSerializer.settings());
            settings.putAll(BrokerSettings.ofService(started.clientSettings()));
            settings.put("taskweaver.planner.state-dir", folder.resolve("state").toString());
            return settings;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        if (broker != null) broker.close();
    }
}
