package io.taskweaver.agents.command;

import java.nio.file.Path;
import java.util.List;

/**
 * What the owner of an executor decides about its sandbox.
 *
 * @param read files and folders that everything in it may read, though they are in a place that is hidden
 * @param write files and folders that everything in it may write
 * @param hide folders that are not to be seen in it
 * @param variables names of variables that commands of plans get, though they look like secrets; {@code *} at the end
 *     stands for any rest
 * @param network whether commands of plans reach the network; an agent's file decides for the agent
 * @param caches whether downloads of build tools in the user's home are shared
 */
public record SandboxSettings(
        List<Path> read, List<Path> write, List<Path> hide, List<String> variables, boolean network, boolean caches) {
    /** Network and shared caches, and nothing else. */
    public static final SandboxSettings USUAL =
            new SandboxSettings(List.of(), List.of(), List.of(), List.of(), true, true);

    public SandboxSettings {
        read = List.copyOf(read);
        write = List.copyOf(write);
        hide = List.copyOf(hide);
        variables = List.copyOf(variables);
    }
}
