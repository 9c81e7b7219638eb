package io.taskweaver.runtime;

import io.taskweaver.wire.EventSerdes;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;

/**
 * Settings of the process. Each setting is a system property, or an environment variable of the same name in capitals
 * with '_' for '.' and '-'.
 *
 * @param dataFolder {@code taskweaver.data-dir}: all persistent data, {@code .taskweaver} by default
 * @param httpPort {@code quarkus.http.port}: of the services, 0 for a free one
 * @param brokerPort {@code taskweaver.broker.port}: of the broker, 0 for a free one
 * @param registryPort {@code taskweaver.registry.port}: of the registry, 0 for a free one
 * @param partitions {@code taskweaver.partitions}: of each new topic, 1 by default; existing topics keep theirs and new
 *     ones get the same
 * @param topicPrefix {@code taskweaver.topic-prefix}: of topic and group names
 * @param serdes {@code taskweaver.event.serializer} and {@code .deserializer}: classes that write and read events, as
 *     far as they are named
 * @param simulator {@code taskweaver.simulator.*}: settings of the simulated agent by their names there; empty when
 *     {@code taskweaver.simulator.enabled} is false
 * @param training {@code taskweaver.training}: exit when ready, so that the JVM writes its AOT cache
 */
record Settings(
        Path dataFolder,
        int httpPort,
        int brokerPort,
        int registryPort,
        OptionalInt partitions,
        String topicPrefix,
        Map<String, String> serdes,
        Optional<Map<String, String>> simulator,
        boolean training) {
    private static final String SIMULATOR = "taskweaver.simulator.";

    Settings {
        dataFolder = dataFolder.toAbsolutePath().normalize();
        serdes = Map.copyOf(serdes);
        simulator = simulator.map(Map::copyOf);
    }

    /**
     * Settings of this process.
     *
     * @throws IllegalArgumentException with the name of the invalid setting
     */
    static Settings of(Properties properties, Map<String, String> environment) {
        var named = new Named(properties, environment);
        var dataFolder = Path.of(named.text("taskweaver.data-dir").orElse(".taskweaver"));
        return new Settings(
                dataFolder,
                named.port("quarkus.http.port"),
                named.port("taskweaver.broker.port"),
                named.port("taskweaver.registry.port"),
                named.text("taskweaver.partitions").isPresent()
                        ? OptionalInt.of(named.number("taskweaver.partitions", 1, 1, 1000))
                        : OptionalInt.empty(),
                named.text("taskweaver.topic-prefix").orElse(""),
                named.texts(EventSerdes.SERIALIZER, EventSerdes.DESERIALIZER),
                named.text(SIMULATOR + "enabled").map(Boolean::parseBoolean).orElse(true)
                        ? Optional.of(named.below(
                                SIMULATOR, dataFolder.toAbsolutePath().resolve("simulator")))
                        : Optional.empty(),
                named.text("taskweaver.training").map(Boolean::parseBoolean).orElse(false));
    }

    private record Named(Properties properties, Map<String, String> environment) {

        Optional<String> text(String name) {
            return Optional.ofNullable(properties.getProperty(name))
                    .or(() -> Optional.ofNullable(environment.get(variable(name))))
                    .map(String::strip)
                    .filter(value -> !value.isEmpty());
        }

        Map<String, String> texts(String... names) {
            var texts = new HashMap<String, String>();
            for (var name : names) text(name).ifPresent(text -> texts.put(name, text));
            return texts;
        }

        int port(String name) {
            return number(name, 0, 0, 65_535);
        }

        int number(String name, int otherwise, int least, int most) {
            var text = text(name);
            if (text.isEmpty()) return otherwise;
            try {
                int number = Integer.parseInt(text.get());
                if (number >= least && number <= most) return number;
            } catch (NumberFormatException e) {
                throw wrong(name, text.get(), least, most, e);
            }
            throw wrong(name, text.get(), least, most, null);
        }

        private static IllegalArgumentException wrong(
                String name, String text, int least, int most, @org.jspecify.annotations.Nullable Throwable cause) {
            return new IllegalArgumentException(
                    "The setting " + name + " is '" + text + "'. It must be a number from " + least + " to " + most
                            + ".",
                    cause);
        }

        /** All settings whose names start alike, without that start; variables first, for properties win. */
        Map<String, String> below(String start, Path dataFolder) {
            var found = new HashMap<String, String>();
            found.put("data-dir", dataFolder.toString());
            var variables = variable(start);
            matching(environment.keySet(), variables)
                    .forEach(name -> found.put(
                            name.substring(variables.length())
                                    .toLowerCase(Locale.ROOT)
                                    .replace('_', '-'),
                            environment.getOrDefault(name, "")));
            matching(properties.stringPropertyNames(), start)
                    .forEach(name -> found.put(name.substring(start.length()), properties.getProperty(name, "")));
            found.remove("enabled");
            return found;
        }

        private static Collection<String> matching(Collection<String> names, String start) {
            return names.stream().filter(name -> name.startsWith(start)).toList();
        }

        private static String variable(String name) {
            return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        }
    }
}
