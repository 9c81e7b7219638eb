package io.taskweaver.agents.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Copies folders by the system's own program: it knows how to clone files, and is faster than copying one by one here. */
final class FileCopy {
    private static final int LONGEST = 2000;

    /** GNU's program clones where the file system can. */
    private static final List<String> GNU = List.of("cp", "-a", "--reflink=auto");

    /** Times, modes, links and folders, as every system has it. */
    private static final List<String> PORTABLE = List.of("cp", "-RPp");

    private FileCopy() {}

    /** Finds out once which program is here. */
    private static final class Program {
        static final List<String> COMMAND = isGnu() ? GNU : PORTABLE;

        private static boolean isGnu() {
            try {
                var process = new ProcessBuilder("cp", "--version")
                        .redirectErrorStream(true)
                        .start();
                process.getOutputStream().close();
                var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return process.waitFor() == 0 && said.contains("coreutils");
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /**
     * Copies all that is in a folder into another one, over what is there. An interrupt stops it.
     *
     * @return what went wrong; empty if nothing did
     */
    static Optional<String> into(Path from, Path to) throws IOException, InterruptedException {
        var command = new ArrayList<>(Program.COMMAND);
        command.addAll(List.of("--", from + "/.", to + "/"));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        try {
            var said = new String(process.getInputStream().readNBytes(LONGEST), StandardCharsets.UTF_8).strip();
            process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            return process.waitFor() == 0 ? Optional.empty() : Optional.of(said);
        } finally {
            process.destroyForcibly();
        }
    }
}
