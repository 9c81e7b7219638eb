package io.taskweaver.agents.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The coding agents with a command line that are known on a machine. */
public final class Commands {
    private final CommandFiles files;

    /**
     * One of them.
     *
     * @param about one line for people
     * @param program what is to be installed for it
     * @param installed where that is
     */
    public record Known(String name, String about, String program, Optional<Path> installed) {}

    /**
     * @param folder files {@code <name>.yaml} of a user, beside those of the program
     * @throws IllegalArgumentException if a file there is wrong; the message says where
     */
    public Commands(Optional<Path> folder) {
        this.files = new CommandFiles(folder);
        files.names().forEach(files::spec);
    }

    /** Where a user's files are, if they are anywhere. */
    public static Optional<Path> folder(Map<String, String> environment) {
        return Optional.of(usualFolder(environment)).filter(Files::isDirectory);
    }

    /** Where a user's files belong. */
    public static Path usualFolder(Map<String, String> environment) {
        var named = environment.getOrDefault("TASKWEAVER_EXECUTOR_AGENTS", "");
        if (!named.isBlank()) return Path.of(named);
        var configuration = environment.getOrDefault("XDG_CONFIG_HOME", "");
        var root = configuration.isBlank()
                ? Path.of(environment.getOrDefault("HOME", "."), ".config")
                : Path.of(configuration);
        return root.resolve("taskweaver").resolve("agents");
    }

    /** Names of all that are described. */
    public Set<String> names() {
        return files.names();
    }

    /** All of them, in the order of their names. */
    public Collection<Known> known(Map<String, String> environment) {
        return files.names().stream()
                .map(name -> {
                    var spec = files.spec(name);
                    var agent = new CommandAgent(name, spec, CommandSettings.in(Path.of("."), false), environment);
                    return new Known(name, spec.about(), spec.program(), agent.program());
                })
                .toList();
    }

    /** The file of one of them, to begin an own one with. */
    public String text(String name) {
        return files.text(name);
    }

    /**
     * A new agent.
     *
     * @param environment variables of this process
     */
    public CommandAgent agent(String name, CommandSettings settings, Map<String, String> environment) {
        return new CommandAgent(name, files.spec(name), settings, environment);
    }
}
