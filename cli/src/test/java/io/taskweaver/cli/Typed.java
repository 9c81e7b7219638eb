package io.taskweaver.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * A command as somebody typed it, and what came back.
 *
 * @param exitCode what it says to the shell
 * @param out what it printed
 * @param err what it complained of
 */
public record Typed(int exitCode, String out, String err) {

    /** Types a command where no agent's credentials are set. */
    public static Typed command(String... arguments) {
        return command(Map.of(), arguments);
    }

    public static Typed command(Map<String, String> environment, String... arguments) {
        return command(environment, "", arguments);
    }

    /** Types a command that is fed a text. */
    public static Typed piped(String input, String... arguments) {
        return command(Map.of(), input, arguments);
    }

    private static Typed command(Map<String, String> environment, String input, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int exitCode = CommandLines.of(new CommandContext(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        false,
                        environment,
                        InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z")),
                        Path.of("no-home").toAbsolutePath()))
                .execute(arguments);
        return new Typed(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
