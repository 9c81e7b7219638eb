package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Git in a folder, as a user types it. */
final class GitFolder {
    private GitFolder() {}

    /** What git prints; it has to succeed. */
    static String git(Path folder, String... arguments) throws IOException, InterruptedException {
        var line = new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@localhost"));
        line.addAll(List.of(arguments));
        var process = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output.strip();
    }

    /** Commits all that is there. */
    static void commit(Path folder, String message) throws IOException, InterruptedException {
        git(folder, "add", "--all");
        git(folder, "commit", "--quiet", "--message", message);
    }
}
