package io.taskweaver.planner;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.taskweaver.wire.Tickets;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.testing.BrokerSettings;
import io.taskweaver.wire.testing.SingleObjectSerializer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The planner in a process of its own, to be killed. */
final class PlannerProcess {
    private PlannerProcess() {}

    static Process start(Map<String, String> broker, Path state, Path log) {
        var java = ProcessHandle.current().info().command().orElse("java");
        var classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var command = List.of(
                java,
                "-Xmx300m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                classPath,
                PlannerProcess.class.getName(),
                state.toString());
        try {
            var builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log.toString())));
            // A password does not belong on a command line, which everybody on the machine may read.
            BrokerSettings.ofService(broker)
                    .forEach((name, value) -> builder.environment()
                            .put(name.toUpperCase(Locale.ROOT).replace('.', '_'), value));
            return builder.start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void main(String[] args) throws InterruptedException {
        Map<String, String> properties = new HashMap<>(SingleObjectSerializer.settings());
        properties.put("taskweaver.planner.state-dir", args[0]);
        properties.put("taskweaver.planner.instance-id", "planner");
        properties.put("taskweaver.ticket.key", "a-key-of-tickets-that-tests-have");
        var config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(PlannerSettings.class)
                .withSources(
                        new io.smallrye.config.PropertiesConfigSource(properties, "test", 500),
                        new io.smallrye.config.EnvConfigSource(System.getenv(), 300))
                .build();
        var settings = config.getConfigMapping(PlannerSettings.class);
        var runtime = new PlannerRuntime(
                ClusterSettings.ofService(
                        config.getPropertyNames(), name -> config.getOptionalValue(name, String.class)),
                Tickets.configured(name -> config.getOptionalValue(name, String.class)),
                settings,
                new SimpleMeterRegistry(),
                SomePlans::plan);
        runtime.onStart(new StartupEvent());
        Thread.currentThread().join();
    }
}
