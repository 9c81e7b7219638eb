package io.taskweaver.cli;

import io.taskweaver.cli.progress.Style;
import io.taskweaver.client.Sources;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a command works with: streams, environment variables, the clock.
 *
 * @param in what is piped in
 * @param interactive whether a person watches a terminal that can be redrawn
 * @param environment environment variables
 * @param home folder that TaskWeaver lies in
 */
public record CommandContext(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean interactive,
        boolean coloured,
        Map<String, String> environment,
        InstantSource clock,
        Path home) {
    public CommandContext {
        environment = Map.copyOf(environment);
    }

    /** The same with another environment. */
    CommandContext with(Map<String, String> changed) {
        return new CommandContext(in, out, err, interactive, coloured, changed, clock, home);
    }

    /** The one of this process. */
    static CommandContext ofThisProcess() {
        return ofThisProcess(StandardOutput.ofThisProcess());
    }

    /**
     * The same.
     *
     * @param output what it prints to
     */
    @SuppressWarnings("SystemConsoleNull") // With the JDK's own console it is null where no person watches.
    static CommandContext ofThisProcess(StandardOutput output) {
        var environment = System.getenv();
        var console = System.console();
        boolean interactive =
                console != null && console.isTerminal() && !"dumb".equals(environment.getOrDefault("TERM", "dumb"));
        var noColour = environment.get("NO_COLOR");
        return new CommandContext(
                System.in,
                output.stream(),
                StandardOutput.utf8(new FileOutputStream(FileDescriptor.err)),
                interactive,
                interactive && (noColour == null || noColour.isEmpty()),
                environment,
                InstantSource.system(),
                found());
    }

    /** As the launcher says, else from where this class was loaded: {@code <home>/cli/target/cli.jar}. */
    private static Path found() {
        var named = System.getProperty("taskweaver.home");
        if (named != null && !named.isBlank())
            return Path.of(named).toAbsolutePath().normalize();
        var source = CommandContext.class.getProtectionDomain().getCodeSource();
        if (source == null) return Path.of("").toAbsolutePath();
        var jar = Path.of(source.getLocation().getPath()).toAbsolutePath();
        var target = jar.getParent();
        var module = target == null ? null : target.getParent();
        var home = module == null ? null : module.getParent();
        return home == null ? Path.of("").toAbsolutePath() : home;
    }

    /** What a person named, with what is piped in here. */
    public Sources sources(List<Path> documents, @Nullable Path structure, @Nullable Path code) {
        var sources = Sources.of(documents).standardInput(in);
        if (structure != null) sources = sources.structure(structure);
        return code == null ? sources : sources.code(code);
    }

    /** Whether a command that reads standard input would wait for a person to type; the launcher says so as well. */
    public boolean isInputTerminal() {
        return interactive
                || variable("TASKWEAVER_INPUT").filter("terminal"::equals).isPresent();
    }

    /** An environment variable, if it says anything. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** How text is emphasised here. */
    public Style style() {
        return new Style(coloured);
    }
}
