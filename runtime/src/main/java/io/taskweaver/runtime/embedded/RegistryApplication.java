package io.taskweaver.runtime.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The registry's unpacked application, and the command of its JVM.
 *
 * @param folder of {@code quarkus-run.jar}
 * @param aotCache the JVM's AOT cache, which halves the start time; ignored by the JVM if it does not match
 * @param training whether this run writes the cache instead of using it; it then takes some seconds to exit
 */
public record RegistryApplication(Path folder, Optional<Path> aotCache, boolean training) {
    /** System property: the folder of the registry's application. */
    public static final String FOLDER = "taskweaver.registry.app";

    /** System property: the project folder, in which the build unpacks the application. */
    public static final String HOME = "taskweaver.home";

    /** Folder of its temporary files, in the working folder. */
    static final String TEMPORARY = "tmp";

    private static final String JAR = "quarkus-run.jar";

    private static final List<String> PASSED_ON =
            List.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "TMP", "TEMP", "SystemRoot", "LD_LIBRARY_PATH");

    public RegistryApplication {
        folder = folder.toAbsolutePath().normalize();
        if (!Files.isRegularFile(folder.resolve(JAR)))
            throw new StartException.DidNotStart(
                    "registry",
                    "its application is not in " + folder + ".",
                    "Build the project, or name the folder with -D" + FOLDER + "=...",
                    null);
    }

    /** One without a cache. */
    public static RegistryApplication at(Path folder) {
        return new RegistryApplication(folder, Optional.empty(), false);
    }

    /**
     * Locates it by the system properties {@value #FOLDER} or {@value #HOME}, or in the working folder's project, with
     * the cache {@code registry.aot} beside it if there is one.
     *
     * @throws StartException if there is none
     */
    public static RegistryApplication located() {
        var named = System.getProperty(FOLDER);
        var folder = named == null
                ? Path.of(System.getProperty(HOME, ".")).resolve("runtime/target/registry")
                : Path.of(named);
        return new RegistryApplication(folder, Optional.of(cacheOf(folder)).filter(Files::isRegularFile), false);
    }

    /** The same in a run that writes the cache. */
    public RegistryApplication forTraining() {
        return new RegistryApplication(folder, Optional.of(cacheOf(folder)), true);
    }

    private static Path cacheOf(Path folder) {
        return folder.toAbsolutePath().resolveSibling("registry.aot");
    }

    /** The command that runs it on a port, with its data in the working folder. */
    List<String> command(int port) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx112m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        aotCache.ifPresent(cache -> command.add((training ? "-XX:AOTCacheOutput=" : "-XX:AOTCache=") + cache));
        command.addAll(List.of(
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Djava.io.tmpdir=" + TEMPORARY,
                "-Dquarkus.http.host=" + NodeSettings.HOST,
                "-Dquarkus.http.port=" + port,
                // Its health and metrics cannot require a login: the port is not opened.
                "-Dquarkus.management.host-enabled=false",
                "-Dquarkus.http.access-log.enabled=false",
                // Requests that share a connection occasionally block until they time out.
                "-Dquarkus.http.http2=false",
                "-Dquarkus.vertx.event-loops-pool-size=2",
                "-Dquarkus.thread-pool.max-threads=8",
                "-Dapicurio.storage.kind=sql",
                "-Dapicurio.storage.sql.kind=h2",
                // Without WRITE_DELAY=0 a kill loses the schemas of the last half second.
                "-Dapicurio.datasource.url=jdbc:h2:file:./schemas;WRITE_DELAY=0",
                "-Dapicurio.datasource.jdbc.initial-size=1",
                "-Dapicurio.datasource.jdbc.min-size=1",
                "-Dapicurio.datasource.jdbc.max-size=8",
                "-Dapicurio.storage.snapshot.location=.",
                "-Dapicurio.import.work-dir=.",
                "-cp",
                ownClasses() + java.io.File.pathSeparator + folder.resolve(JAR),
                RegistryMain.class.getName()));
        return command;
    }

    /** Settings that its main class reads from standard input: every request needs this login. */
    static Map<String, String> secrets(Credential credential) {
        var users = "quarkus.security.users.embedded.";
        return Map.of(
                // Fixed at build time for Quarkus, but read by the registry's own login.
                "quarkus.http.auth.basic",
                "true",
                "quarkus.http.auth.permission.all.paths",
                "/*",
                "quarkus.http.auth.permission.all.policy",
                "authenticated",
                users + "plain-text",
                "true",
                users + "users." + credential.username(),
                credential.password(),
                users + "roles." + credential.username(),
                "sr-admin");
    }

    /** Environment variables that a JVM needs; others may be secrets. */
    static Map<String, String> environment(Map<String, String> ofThisProcess) {
        var environment = new HashMap<String, String>();
        for (var name : PASSED_ON)
            if (ofThisProcess.containsKey(name)) environment.put(name, ofThisProcess.getOrDefault(name, ""));
        // Otherwise the C library keeps a heap for each thread.
        environment.put("MALLOC_ARENA_MAX", ofThisProcess.getOrDefault("MALLOC_ARENA_MAX", "2"));
        return environment;
    }

    private static String ownClasses() {
        var source = RegistryMain.class.getProtectionDomain().getCodeSource();
        if (source == null) throw new IllegalStateException("no code source of " + RegistryMain.class);
        return Path.of(java.net.URI.create(source.getLocation().toString())).toString();
    }
}
