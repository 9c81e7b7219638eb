package io.taskweaver.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The programs in {@code e2e-tests/js}, with what they need. */
final class JsClients {
    static final Path FOLDER = Workspace.PROJECT.resolve("e2e-tests/js");

    private JsClients() {}

    /** Fetches what they need, once. Skips the test where there is no Node. */
    static void install(Workspace workspace) throws IOException, InterruptedException {
        Assumptions.assumeTrue(runs("node", "--version"), "node is not installed: this test was skipped");
        var installed = FOLDER.resolve("node_modules/.package-lock.json");
        var wanted = FOLDER.resolve("package-lock.json");
        if (Files.exists(installed)
                && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(wanted)) >= 0) return;
        var install = workspace.start(
                List.of("npm", "--prefix", FOLDER.toString(), "ci", "--no-audit", "--no-fund", "--ignore-scripts"));
        if (install.process().waitFor() != 0) throw new AssertionError(install.output());
    }

    static boolean runs(String... line) throws InterruptedException {
        try {
            return new ProcessBuilder(line).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
