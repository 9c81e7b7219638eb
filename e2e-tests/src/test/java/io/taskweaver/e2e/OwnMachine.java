package io.taskweaver.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Plays a machine by Linux' namespaces: a process in it has a network of its own, in which only some ports lead out, and
 * does not see some folders.
 *
 * @param folder the machine's own files
 * @param hidden folders that it has not got
 * @param ports of this machine's loopback, which are the same on its own
 */
record OwnMachine(Path folder, List<Path> hidden, List<Integer> ports) {
    private static final String BEGIN = """
            set -e
            ip link set lo up
            mount --make-rprivate /
            while [ "$1" != -- ]; do mount -t tmpfs none "$1"; shift; done
            shift
            while [ "$1" != -- ]; do
              socat "TCP-LISTEN:$1,bind=127.0.0.1,fork,reuseaddr,backlog=100" "UNIX-CONNECT:port-$1" &
              shift
            done
            shift
            exec "$@"
            """;

    /** Skips the test where it cannot be played. */
    static void assumePossible() throws IOException, InterruptedException {
        for (var program : List.of("unshare", "socat", "ip"))
            assumeTrue(succeeds("sh", "-c", "command -v " + program), program + " is not installed");
        assumeTrue(
                succeeds("unshare", "--net", "--mount", "sh", "-c", "ip link set lo up && mount --make-rprivate /"),
                "namespaces need root");
    }

    private static boolean succeeds(String... line) throws IOException, InterruptedException {
        var process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    /** The command that runs another one on the machine. */
    List<String> line(List<String> command) throws IOException {
        var script = Files.writeString(Files.createDirectories(folder).resolve("begin.sh"), BEGIN);
        var line = new ArrayList<>(List.of("unshare", "--net", "--mount", "bash", script.toString()));
        for (var each : hidden) line.add(each.toString());
        line.add("--");
        for (int port : ports) line.add(Integer.toString(port));
        line.add("--");
        line.addAll(command);
        return line;
    }

    /** Commands that let its ports lead to those of this machine. */
    List<List<String>> doors() {
        return ports.stream()
                .map(port -> List.of(
                        "socat",
                        "UNIX-LISTEN:" + folder.resolve("port-" + port) + ",fork,unlink-early",
                        "TCP:127.0.0.1:" + port))
                .toList();
    }
}
