package io.taskweaver.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The registry's unpacked application and how its JVM is started.
 *
 * @param folder holds {@code quarkus-run.jar}
 * @param aotCache the JVM's cache of loaded classes, which halves the start; ignored by the JVM when it does not fit
 * @param training whether this run writes the cache instead of using it; it then ends some seconds later
 */
public record RegistryApplication(Path folder, Optional<Path> aotCache, boolean training) {
    /** System property: the folder of the registry's application. */
    public static final String FOLDER = "taskweaver.registry.app";

    /** System property: the folder of the project, under which the build has unpacked the application. */
    public static final String HOME = "taskweaver.home";

    private static final String JAR = "quarkus-run.jar";

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
     * Finds it by the system properties {@value #FOLDER} or {@value #HOME}, or in the working folder's project, with the
     * cache {@code registry.aot} beside it if there is one.
     *
     * @throws StartException when there is none
     */
    public static RegistryApplication located() {
        var named = System.getProperty(FOLDER);
        var folder = named == null
                ? Path.of(System.getProperty(HOME, ".")).resolve("embedded/target/registry")
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

    /** The command that runs it on a port, its data in the working folder. */
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
                "-Dquarkus.http.host=" + NodeSettings.HOST,
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.management.host=" + NodeSettings.HOST,
                "-Dquarkus.management.port=0",
                "-Dquarkus.http.access-log.enabled=false",
                // Requests that share a connection wake each other's readers: now and then one waits until it times
                // out.
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

    private static String ownClasses() {
        var source = RegistryMain.class.getProtectionDomain().getCodeSource();
        if (source == null) throw new IllegalStateException("no code source of " + RegistryMain.class);
        return Path.of(java.net.URI.create(source.getLocation().toString())).toString();
    }
}
