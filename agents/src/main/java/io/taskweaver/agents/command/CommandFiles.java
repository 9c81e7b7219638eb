package io.taskweaver.agents.command;

import io.taskweaver.agents.SpecFiles;
import java.util.List;
import java.util.Map;

/** Agents with a command line that are described by files. */
public final class CommandFiles {
    private static final List<String> PRESETS =
            List.of("aider", "claude", "codex", "copilot", "cursor", "gemini", "opencode", "openhands");
    private static final SpecFiles.Form<CommandSpec.Raw> FORM =
            new SpecFiles.Form<>(CommandSpec.Raw.class, CommandSpec.Raw::extend, CommandSpec.Raw::over);

    private final SpecFiles files;

    public CommandFiles(SpecFiles files) {
        this.files = files;
    }

    /** Texts of the built-in files, by name. */
    public static Map<String, String> presets() {
        return SpecFiles.presets(CommandFiles.class, PRESETS);
    }

    /**
     * The command of an agent.
     *
     * @throws IllegalArgumentException if its file is invalid; the message has place and remedy
     */
    CommandSpec spec(String name) {
        return files.read(name, FORM, CommandSpec.Raw::checked);
    }

    /**
     * A new agent.
     *
     * @param environment variables of this process
     * @throws IllegalArgumentException if its file is invalid; the message has place and remedy
     */
    public CommandAgent agent(String name, CommandSettings settings, Map<String, String> environment) {
        return new CommandAgent(name, spec(name), settings, environment);
    }
}
