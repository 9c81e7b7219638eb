package io.taskweaver.runtime;

import io.taskweaver.runtime.embedded.Loopback;
import io.taskweaver.runtime.embedded.StartException;
import io.taskweaver.wire.files.OwnerFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * Ports of this runtime, stored in the file {@code ports} of the data folder: free ones at the first start, then the
 * same at each start, so that programs find the runtime again.
 *
 * @param http of the services
 * @param broker of the broker
 * @param registry of the registry
 */
record Ports(int http, int broker, int registry) {
    private static final String FILE = "ports";
    private static final String HTTP = "services";
    private static final String BROKER = "broker";
    private static final String REGISTRY = "registry";

    /**
     * Ports for this start: configured ones, else those of the last start, else free ones.
     *
     * @param note receives a message about a port that cannot be kept
     * @throws StartException.PortInUse if a configured one is in use
     */
    static Ports choose(Path dataFolder, Settings settings, Consumer<String> note) throws IOException {
        var kept = new Properties();
        var file = dataFolder.resolve(FILE);
        if (Files.exists(file)) kept.load(new StringReader(Files.readString(file)));
        var ports = new Ports(
                choose(HTTP, settings.httpPort(), kept, note),
                choose(BROKER, settings.brokerPort(), kept, note),
                choose(REGISTRY, settings.registryPort(), kept, note));
        OwnerFile.write(
                file,
                HTTP + "=" + ports.http + "\n" + BROKER + "=" + ports.broker + "\n" + REGISTRY + "=" + ports.registry
                        + "\n");
        return ports;
    }

    private static int choose(String what, int set, Properties kept, Consumer<String> note) {
        if (set != 0) return Loopback.freePort(what, set);
        int before = port(kept.getProperty(what, ""));
        if (before == 0) return Loopback.freePort(what, 0);
        try {
            return Loopback.freePort(what, before);
        } catch (StartException.PortInUse taken) {
            int other = Loopback.freePort(what, 0);
            note.accept("Port " + before + " of the " + what + " is in use by another program: the " + what
                    + " now uses port " + other + ".");
            return other;
        }
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port > 0 && port <= 65_535 ? port : 0;
        } catch (NumberFormatException noPort) {
            return 0;
        }
    }
}
