package io.taskweaver.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs the commands that need no running system once, for a JVM that keeps what it loaded ({@code -XX:AOTCacheOutput}):
 * later commands start in little more than half the time. Writes nothing.
 */
public final class Training {
    private static final List<List<String>> COMMANDS = List.of(
            List.of("plan"),
            List.of("plan", "--json"),
            List.of("graph", "--format", "html"),
            List.of("graph", "--format", "mermaid"),
            List.of("parse-requirements", "--explain"),
            List.of("identify-dependencies"),
            List.of("create-structure"),
            List.of("export", "--format", "task-master"),
            List.of("generate-queries"));

    private Training() {}

    /** The argument is the folder of the project. */
    public static void main(String[] arguments) {
        var example = Path.of(arguments[0]).resolve("examples/clinic-booking");
        var line = CommandLines.of(context(Path.of(arguments[0])));
        for (var command : COMMANDS) line.execute(named(command, example));
        line.execute(
                "analyze", document(example), "--code", example.resolve("code").toString());
    }

    private static String[] named(List<String> command, Path example) {
        var words = new ArrayList<>(command);
        words.addAll(List.of(
                document(example),
                "--structure",
                example.resolve("STRUCTURE.md").toString()));
        return words.toArray(String[]::new);
    }

    private static String document(Path example) {
        return example.resolve("REQUIREMENTS.md").toString();
    }

    private static CommandContext context(Path home) {
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new CommandContext(
                InputStream.nullInputStream(), nowhere, nowhere, false, false, Map.of(), InstantSource.system(), home);
    }
}
