package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What another user of the machine gets out of a runtime: nothing, from any of its ports, files and processes. */
class OtherUserTest {
    private static final String NOBODY = "65534";

    @Test
    void another_user_neither_reads_nor_writes_a_topic_a_schema_or_a_file() throws Exception {
        assumeTrue(
                Files.isDirectory(Path.of("/proc/self/fd")), "this system has no /proc: nobody was let try to get in");
        assumeTrue(
                run(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "true"), List.of())
                        .isEmpty(),
                "only root becomes another user (by setpriv): nobody was let try to get in");
        // One that the other user may enter, unlike those that JUnit makes.
        var folder = open(Files.createTempDirectory("taskweaver-open-"));
        try (var workspace = new Workspace(folder).with("CODEGEN_API_TOKEN", "token-of-the-environment")) {
            var up = workspace.taskweaver("up");
            assertThat(up.exitCode()).as(up.output()).isZero();
            var processes = processes(workspace);
            var ports = new TreeSet<Integer>();
            for (var process : processes) ports.addAll(listening(process));
            assertThat(ports)
                    .as("broker, controller, registry, services, simulated agent")
                    .hasSize(5);

            var program = open(Files.createDirectory(folder.resolve("program")));
            copyStranger(program);
            var java = List.of(
                    "setpriv",
                    "--reuid=" + NOBODY,
                    "--regid=" + NOBODY,
                    "--clear-groups",
                    Workspace.java(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    program.toString(),
                    Stranger.class.getName(),
                    folder.resolve(".taskweaver").toString(),
                    joined(processes),
                    joined(ports));

            var got = run(java, secrets(folder.resolve(".taskweaver")));

            assertThat(got).containsExactly("looked");
            assertThat(temporaryFiles(processes))
                    .as("all that they have open is in the data folder")
                    .isEmpty();
        } finally {
            delete(folder);
        }
    }

    /** The runtime and what it started. */
    private static List<Long> processes(Workspace workspace) {
        var runtime = ProcessHandle.of(
                        workspace.runtime().orElseThrow().path("pid").asLong())
                .orElseThrow();
        return Stream.concat(Stream.of(runtime), runtime.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }

    /** Ports that a process listens on, by the sockets that it has open. */
    private static Set<Integer> listening(long process) throws IOException {
        var own = new HashSet<String>();
        for (var target : openFiles(process))
            if (target.startsWith("socket:[")) own.add(target.substring(8, target.length() - 1));
        var ports = new TreeSet<Integer>();
        for (var table : List.of("tcp", "tcp6"))
            for (var line : Files.readAllLines(Path.of("/proc", String.valueOf(process), "net", table))) {
                var columns = line.strip().split("\\s+");
                // LISTEN, of proc(5).
                if (columns.length > 9 && columns[3].equals("0A") && own.contains(columns[9]))
                    ports.add(Integer.parseInt(columns[1].substring(columns[1].indexOf(':') + 1), 16));
            }
        return ports;
    }

    private static List<String> openFiles(long process) throws IOException {
        var files = new ArrayList<String>();
        try (var links = Files.newDirectoryStream(Path.of("/proc", String.valueOf(process), "fd"))) {
            for (var link : links) {
                try {
                    files.add(Files.readSymbolicLink(link).toString());
                } catch (IOException closedMeanwhile) {
                    continue;
                }
            }
        }
        return files;
    }

    /** Files outside of the data folder where every user has his. */
    private static List<String> temporaryFiles(List<Long> processes) throws IOException {
        var files = new ArrayList<String>();
        for (var process : processes) files.addAll(openFiles(process));
        return files.stream()
                .filter(file -> file.startsWith("/tmp/") && !file.contains("/.taskweaver/"))
                .filter(file -> !file.contains("/hsperfdata_"))
                // The program itself may be there.
                .filter(file -> !file.startsWith(Workspace.PROJECT + "/")
                        && !file.startsWith(System.getProperty("java.home") + "/"))
                .toList();
    }

    private static List<String> secrets(Path dataFolder) throws IOException {
        var secrets = new ArrayList<>(List.of("token-of-the-environment"));
        for (var name : List.of("password", "registry-password", "token", "ticket.key"))
            if (Files.exists(dataFolder.resolve(name)))
                secrets.add(Files.readString(dataFolder.resolve(name)).strip());
        return secrets;
    }

    private static void copyStranger(Path program) throws IOException {
        var target = program;
        var classes = Path.of("target/test-classes");
        for (var part : Stranger.class.getPackageName().split("\\.")) {
            target = open(Files.createDirectory(target.resolve(part)));
            classes = classes.resolve(part);
        }
        try (var files = Files.newDirectoryStream(classes, "Stranger*.class")) {
            for (var file : files) {
                var copy = Files.copy(file, target.resolve(file.getFileName()));
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
            }
        }
    }

    private static Path open(Path folder) throws IOException {
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String joined(Collection<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** The lines that a command prints. */
    private static List<String> run(List<String> command, List<String> input) throws InterruptedException {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
                for (var line : input) in.write(line + "\n");
            } catch (IOException doesNotRead) {
                // What it printed says why.
            }
            var lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return lines;
        } catch (IOException notThere) {
            return List.of(String.valueOf(notThere.getMessage()));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        }
    }
}
