package io.taskweaver.access;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Logs once, in one line, the settings of a service; of secrets, only that they are set. */
@ApplicationScoped
public class StartupLog {
    private static final Logger LOG = Logger.getLogger(StartupLog.class);
    private static final List<String> OURS = List.of("taskweaver.", "kafka.");
    private static final Set<String> ADDRESS = Set.of("quarkus.http.host", "quarkus.http.port");
    private static final Pattern SECRET =
            Pattern.compile("token|secret|password|passwd|credential|jaas|user\\.info|auth|(?:^|[.-])key(?:$|[.-])");
    private static final Pattern LOCATION = Pattern.compile("(?:file|url|location)$");
    private static final Pattern USER_IN_URL = Pattern.compile("(?<=//)[^/@]*@");

    private final Config config;

    StartupLog(Config config) {
        this.config = config;
    }

    void onStart(@Observes StartupEvent event) {
        LOG.infof("settings %s", line(config.getPropertyNames(), name -> config.getOptionalValue(name, String.class)));
    }

    /**
     * The line.
     *
     * @param names of all settings, in the form of their source
     * @param values looks one up
     */
    static String line(Iterable<String> names, Function<String, Optional<String>> values) {
        var ours = new TreeSet<String>();
        for (var name : names) {
            var dotted = dotted(name);
            if (ADDRESS.contains(dotted) || OURS.stream().anyMatch(dotted::startsWith)) ours.add(name);
        }
        // A variable is listed under its own name only if it does not set a dotted name.
        ours.removeIf(name -> name.contains("_")
                && ours.stream()
                        .anyMatch(
                                other -> !other.equals(name) && variable(other).equals(name)));
        return ours.stream()
                .flatMap(name -> values.apply(name).filter(value -> !value.isBlank()).stream()
                        .map(value -> name + "=" + shown(dotted(name), value)))
                .collect(Collectors.joining(" "));
    }

    private static String shown(String name, String value) {
        if (SECRET.matcher(name).find() && !LOCATION.matcher(name).find()) return "(set)";
        var line = USER_IN_URL.matcher(value).replaceAll("(set)@").replaceAll("\\s+", " ");
        return line.contains(" ") ? '"' + line + '"' : line;
    }

    private static String dotted(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    private static String variable(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
