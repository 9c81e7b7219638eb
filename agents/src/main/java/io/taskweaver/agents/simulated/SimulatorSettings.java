package io.taskweaver.agents.simulated;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.taskweaver.agents.NamedValues;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * How the simulated agent behaves.
 *
 * @param host address to listen on; anything but a loopback address offers it to other machines
 * @param port to listen on; 0 takes a free one
 * @param dataDirectory folder of persistent runs; empty to keep them in memory
 * @param flush whether each creation is synced to disk; otherwise it survives the process, but not the machine
 * @param organization id that it answers to
 * @param token required of requests
 * @param attemptKey metadata key of the attempt's id
 * @param seed of all random outcomes, together with the attempt's id
 * @param shortest duration of a run at least
 * @param longest duration of a run at most
 * @param durations fixed durations of runs, by {@code plan/task}
 * @param lateness delay of late answers
 * @param rates rates of failures
 */
@RecordBuilder
@RecordBuilder.Options(enableWither = false)
public record SimulatorSettings(
        InetAddress host,
        int port,
        Optional<Path> dataDirectory,
        boolean flush,
        String organization,
        String token,
        String attemptKey,
        long seed,
        Duration shortest,
        Duration longest,
        Map<String, Duration> durations,
        Duration lateness,
        Rates rates) {

    /**
     * Rates of failures, each from 0 to 1. Failures of a creation apply only to the first request of an attempt, so
     * that a retry succeeds.
     *
     * @param failure the run fails
     * @param needsInput the run stops and waits for a person's answer
     * @param hang the run never ends
     * @param tooManyRequests a creation is refused with 429
     * @param serverError a creation is answered with 500, and has happened in one half of the cases
     * @param lostAnswer the run is created, then the connection dropped without an answer
     * @param lateAnswer the run is created, and answered after {@code lateness}
     * @param oddStatus statuses are null, unknown, or spelled differently
     * @param conflict the answer also edits a file that others edit
     * @param pollFault a poll is answered with 500, or its connection dropped
     * @param strayBase the branch of a run starts from a commit of its own, not from the one that it was given
     */
    public record Rates(
            double failure,
            double needsInput,
            double hang,
            double tooManyRequests,
            double serverError,
            double lostAnswer,
            double lateAnswer,
            double oddStatus,
            double conflict,
            double pollFault,
            double strayBase) {
        public static final Rates NONE = new Rates(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        public Rates {
            for (double rate : new double[] {
                failure,
                needsInput,
                hang,
                tooManyRequests,
                serverError,
                lostAnswer,
                lateAnswer,
                oddStatus,
                conflict,
                pollFault,
                strayBase
            }) if (!(rate >= 0 && rate <= 1)) throw new IllegalArgumentException("a rate must be 0 to 1, not " + rate);
        }
    }

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private static final int TOKEN_BYTES = 32;

    public static final SimulatorSettings DEFAULT = from(Map.of());

    public SimulatorSettings {
        durations = Map.copyOf(durations);
        if (port < 0 || port > 65_535) throw new IllegalArgumentException("not a port: " + port);
        if (shortest.isNegative() || longest.compareTo(shortest) < 0)
            throw new IllegalArgumentException("durations must not be negative, nor the longest below the shortest");
        if (lateness.isNegative()) throw new IllegalArgumentException("lateness must not be negative");
    }

    /**
     * Settings by name, defaults for what is not named: {@code host} (an
     * IP address), {@code port}, {@code data-dir}, {@code flush}, {@code org-id},
     * {@code token} (random if it is not named), {@code attempt-key}, {@code seed}, {@code min-duration}, {@code max-duration}, {@code lateness}
     * (durations like {@code 200ms} or {@code PT0.2S}), {@code durations} (a file, in each line {@code plan/task} and its
     * duration) and the rates {@code failure-rate}, {@code needs-input-rate},
     * {@code hang-rate}, {@code too-many-requests-rate}, {@code server-error-rate}, {@code lost-answer-rate},
     * {@code late-answer-rate}, {@code odd-status-rate}, {@code conflict-rate}, {@code poll-fault-rate}, {@code stray-base-rate}.
     *
     * @throws IllegalArgumentException if a name is unknown or a value has another form
     */
    public static SimulatorSettings from(Map<String, String> values) {
        var named = new NamedValues(values);
        var settings = new SimulatorSettings(
                named.text("host").map(SimulatorSettings::address).orElse(LOOPBACK),
                named.integer("port", 0),
                named.text("data-dir").map(Path::of),
                named.flag("flush"),
                named.text("org-id").orElse("1"),
                named.text("token").orElseGet(SimulatorSettings::randomToken),
                named.text("attempt-key").orElse("taskweaver_attempt"),
                named.number("seed", 1),
                named.duration("min-duration", Duration.ofMillis(200)),
                named.duration("max-duration", Duration.ofMillis(1500)),
                named.text("durations")
                        .map(Path::of)
                        .map(SimulatorSettings::durations)
                        .orElse(Map.of()),
                named.duration("lateness", Duration.ofSeconds(5)),
                new Rates(
                        named.rate("failure-rate"),
                        named.rate("needs-input-rate"),
                        named.rate("hang-rate"),
                        named.rate("too-many-requests-rate"),
                        named.rate("server-error-rate"),
                        named.rate("lost-answer-rate"),
                        named.rate("late-answer-rate"),
                        named.rate("odd-status-rate"),
                        named.rate("conflict-rate"),
                        named.rate("poll-fault-rate"),
                        named.rate("stray-base-rate")));
        var unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(named.asked());
        if (!unknown.isEmpty())
            throw new IllegalArgumentException("unknown settings of the simulated agent: " + unknown + "; known are "
                    + new TreeSet<>(named.asked()));
        return settings;
    }

    private static Map<String, Duration> durations(Path file) {
        var durations = new HashMap<String, Duration>();
        try {
            for (var line : Files.readAllLines(file)) {
                if (line.isBlank()) continue;
                int space = line.strip().indexOf(' ');
                var task = space < 0 ? line.strip() : line.strip().substring(0, space);
                var value = space < 0 ? "" : line.strip().substring(space + 1);
                durations.put(task, new NamedValues(Map.of(task, value)).duration(task, Duration.ZERO));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("the file of durations " + file + " cannot be read", e);
        }
        return durations;
    }

    private static String randomToken() {
        var bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "setting 'host' must be an IP address such as 127.0.0.1 or 0.0.0.0, not '" + text + "'", e);
        }
    }

    /** The same with other durations of runs. */
    public SimulatorSettings lasting(Duration shortest, Duration longest) {
        return SimulatorSettingsBuilder.builder(this)
                .shortest(shortest)
                .longest(longest)
                .build();
    }

    /** The same with other rates. */
    public SimulatorSettings with(Rates rates) {
        return SimulatorSettingsBuilder.builder(this).rates(rates).build();
    }

    /** Omits the token. */
    @Override
    public String toString() {
        return "SimulatorSettings[host=" + host.getHostAddress() + ", port=" + port + ", dataDirectory=" + dataDirectory
                + ", seed=" + seed + ", shortest=" + shortest + ", longest=" + longest + ", rates=" + rates + "]";
    }
}
