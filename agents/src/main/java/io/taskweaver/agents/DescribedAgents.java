package io.taskweaver.agents;

import io.taskweaver.agents.command.CommandFiles;
import io.taskweaver.agents.command.CommandSettings;
import io.taskweaver.agents.http.HttpFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The coding agents described by files: those with a command line, and services. */
public final class DescribedAgents {
    private final SpecFiles files;
    private final CommandFiles commands;
    private final HttpFiles services;

    /**
     * A described agent.
     *
     * @param about one line for people
     * @param ready why it is ready here; empty if it is not
     * @param lack missing requirement with remedy
     * @param installed whether it would be ready if common requirements such as Git were met
     */
    public record Known(String name, String about, Optional<String> ready, String lack, boolean installed) {}

    /**
     * @param folder files {@code <name>.yaml} of a user, in addition to the built-in ones
     * @throws IllegalArgumentException if a file is invalid; the message says where
     */
    public DescribedAgents(Optional<Path> folder) {
        var presets = new TreeMap<>(CommandFiles.presets());
        presets.putAll(HttpFiles.presets());
        this.files = new SpecFiles(presets, folder);
        this.commands = new CommandFiles(files);
        this.services = new HttpFiles(files);
        for (var name : files.names())
            agent(name, CommandSettings.in(Path.of("."), false), Map.of()).close();
    }

    /** Existing folder of a user's files, if any. */
    public static Optional<Path> folder(Map<String, String> environment) {
        return Optional.of(usualFolder(environment)).filter(Files::isDirectory);
    }

    /** Folder for a user's files. */
    public static Path usualFolder(Map<String, String> environment) {
        var named = environment.getOrDefault("TASKWEAVER_EXECUTOR_AGENTS", "");
        if (!named.isBlank()) return Path.of(named);
        var configuration = environment.getOrDefault("XDG_CONFIG_HOME", "");
        var root = configuration.isBlank()
                ? Path.of(environment.getOrDefault("HOME", "."), ".config")
                : Path.of(configuration);
        return root.resolve("taskweaver").resolve("agents");
    }

    /** Names of all described agents. */
    public Set<String> names() {
        return files.names();
    }

    /** Whether an agent has a command line, and works in a folder on this machine. */
    public boolean isCommand(String name) {
        return files.names().contains(name) && !isService(name);
    }

    private boolean isService(String name) {
        return files.has(name, HttpFiles.MARK);
    }

    /** All described agents, ordered by name. */
    public Collection<Known> known(Map<String, String> environment) {
        return files.names().stream().map(name -> known(name, environment)).toList();
    }

    private Known known(String name, Map<String, String> environment) {
        if (isService(name)) {
            try (var agent = services.agent(name, environment)) {
                var missing = agent.missing();
                return new Known(
                        name,
                        agent.about(),
                        missing.isEmpty() ? Optional.of("its variables are set") : Optional.empty(),
                        missing.isEmpty() ? "" : "set " + String.join(" and ", missing),
                        missing.isEmpty());
            }
        }
        try (var agent = commands.agent(name, CommandSettings.in(Path.of("."), false), environment)) {
            var program = agent.program().map(Path::toString);
            var lacks = Capabilities.withoutPrograms(environment);
            if (program.isPresent() && !lacks.isEmpty())
                return new Known(
                        name, agent.about(), Optional.empty(), lacks.getFirst().toString(), true);
            return new Known(
                    name,
                    agent.about(),
                    program,
                    "install '" + agent.programName() + "', which is not on the PATH",
                    program.isPresent());
        }
    }

    /** The file of an agent, as a template. */
    public String text(String name) {
        return files.text(name);
    }

    /**
     * A new agent.
     *
     * @param environment variables of this process
     */
    public CodingAgent agent(String name, CommandSettings settings, Map<String, String> environment) {
        return isService(name) ? services.agent(name, environment) : commands.agent(name, settings, environment);
    }
}
