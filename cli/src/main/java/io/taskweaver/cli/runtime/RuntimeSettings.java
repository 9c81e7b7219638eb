package io.taskweaver.cli.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * How the local runtime is started.
 *
 * @param home folder that TaskWeaver lies in
 * @param dataFolder where it keeps its data
 * @param httpPort port of its services; empty for a free one
 * @param brokerPort port of its broker; empty for a free one
 * @param registryPort port of its schema registry; empty for a free one
 * @param templates folder with templates of prompts; empty for those of the program
 * @param executor how its executor works
 * @param environment variables of this process, for further JVM options
 */
public record RuntimeSettings(
        Path home,
        Path dataFolder,
        OptionalInt httpPort,
        OptionalInt brokerPort,
        OptionalInt registryPort,
        Optional<Path> templates,
        ExecutorChoices executor,
        Map<String, String> environment) {
    /** Environment variable: further options for the runtime's JVM, separated by blanks. */
    public static final String JVM_OPTIONS = "TASKWEAVER_RUNTIME_OPTS";

    private static final int FEW_PROCESSORS = 2;

    private static final Pattern OF_CLUSTER = Pattern.compile("KAFKA_(BOOTSTRAP_SERVERS|SASL_.*|SSL_.*|SECURITY_.*)"
            + "|TASKWEAVER_(ACCESS_.*|TICKET_.*|INSECURE|REGISTRY_(URL|USERNAME|PASSWORD|CA))"
            + "|APICURIO_REGISTRY_.*|QUARKUS_OIDC_.*|QUARKUS_HTTP_(HOST|SSL_.*|AUTH_.*)");

    public RuntimeSettings {
        dataFolder = dataFolder.toAbsolutePath().normalize();
        environment = Map.copyOf(environment);
    }

    /** Whether a variable says how a cluster is reached or who may speak to it: its secrets are not for a local runtime. */
    static boolean isOfCluster(String variable) {
        return OF_CLUSTER.matcher(variable).matches();
    }

    /** The program to run. */
    public Path jar() {
        return home.resolve("standalone/target/quarkus-app/quarkus-run.jar");
    }

    /** Where its temporary files are, out of the reach of other users. */
    Path temporary() {
        return dataFolder.resolve("tmp");
    }

    /** The command that runs it. */
    List<String> command() {
        var java = new ArrayList<String>();
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        java.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-XX:+ExitOnOutOfMemoryError"));
        // The optimizing compiler takes a third of two processors for the first minutes; see bench/README.md.
        if (Runtime.getRuntime().availableProcessors() <= FEW_PROCESSORS) java.add("-XX:TieredStopAtLevel=1");
        // Classes and profiles of an earlier start, where the launcher made them: half the time to be ready.
        var cache = home.resolve("standalone/target/standalone.aot");
        if (Files.isRegularFile(cache)) java.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=error"));
        var further = environment.getOrDefault(JVM_OPTIONS, "").strip();
        if (!further.isEmpty()) java.addAll(List.of(further.split("\\s+")));
        java.add("-Dtaskweaver.home=" + home);
        java.add("-Dtaskweaver.data-dir=" + dataFolder);
        httpPort.ifPresent(port -> java.add("-Dquarkus.http.port=" + port));
        brokerPort.ifPresent(port -> java.add("-Dtaskweaver.broker.port=" + port));
        registryPort.ifPresent(port -> java.add("-Dtaskweaver.registry.port=" + port));
        templates.ifPresent(folder -> java.add("-Dtaskweaver.executor.templates=" + folder.toAbsolutePath()));
        java.add("-Dtaskweaver.executor.work=" + dataFolder.resolve("work"));
        java.add("-Djava.io.tmpdir=" + temporary());
        java.addAll(executor.options());
        java.add("-jar");
        java.add(jar().toString());
        return java;
    }
}
