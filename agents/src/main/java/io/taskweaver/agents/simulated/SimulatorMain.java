package io.taskweaver.agents.simulated;

import java.io.IOException;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * Runs the simulated agent as a process of its own: {@code --port 8150 --data-dir DIR --failure-rate 0.1}. Flags are
 * the names of {@link SimulatorSettings#from}; other settings come from the environment, e.g. {@code
 * TASKWEAVER_SIMULATOR_DATA_DIR}; the token comes only from there, and is required. Exits with 2 for invalid settings
 * and 1 if it cannot start.
 */
public final class SimulatorMain {
    private static final String ENVIRONMENT = "TASKWEAVER_SIMULATOR_";
    private static final String TOKEN = "token";

    private SimulatorMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        Optional<SimulatedCodegenServer> server = Optional.empty();
        int exit = 0;
        try {
            var values = values(arguments, System.getenv());
            if (values.getOrDefault(TOKEN, "").isBlank())
                throw new IllegalArgumentException("there is no token; set " + ENVIRONMENT
                        + "TOKEN, and the same for those who use this agent, e.g. TASKWEAVER_AGENT_SIMULATED_TOKEN of"
                        + " executors");
            server = Optional.of(SimulatedCodegenServer.start(SimulatorSettings.from(values)));
        } catch (IllegalArgumentException e) {
            exit = failed(System.err, e, 2);
        } catch (IOException e) {
            exit = failed(System.err, e, 1);
        }
        if (server.isEmpty()) System.exit(exit);
        else serve(server.get());
    }

    private static int failed(PrintStream err, Exception e, int exit) {
        err.println("error: " + e.getMessage());
        return exit;
    }

    private static void serve(SimulatedCodegenServer server) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        System.out.println("simulated agent: " + server.baseUrl());
        new CountDownLatch(1).await();
    }

    /** Settings by name, flags before the environment. */
    static Map<String, String> values(String[] arguments, Map<String, String> environment) {
        var values = new HashMap<String, String>();
        environment.forEach((name, value) -> {
            if (name.startsWith(ENVIRONMENT))
                values.put(
                        name.substring(ENVIRONMENT.length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '-'),
                        value);
        });
        for (int i = 0; i < arguments.length; i++) {
            String flag = arguments[i];
            if (!flag.startsWith("--"))
                throw new IllegalArgumentException("not a flag: '" + flag + "'; write --name value or --name=value");
            int equals = flag.indexOf('=');
            if (flag.equals("--" + TOKEN) || flag.startsWith("--" + TOKEN + "="))
                throw new IllegalArgumentException(
                        "the token cannot be a flag, because every user of the machine can read a command"
                                + " line; set " + ENVIRONMENT + "TOKEN");
            if (equals > 0) {
                values.put(flag.substring(2, equals), flag.substring(equals + 1));
            } else if (i + 1 < arguments.length && !arguments[i + 1].startsWith("--")) {
                values.put(flag.substring(2), arguments[++i]);
            } else {
                values.put(flag.substring(2), "true");
            }
        }
        return values;
    }
}
