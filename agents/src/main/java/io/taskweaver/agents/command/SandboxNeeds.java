package io.taskweaver.agents.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a command needs besides its work tree, to run in a sandbox. A path begins with {@code /}, with {@code ~/} for the
 * user's home, or with a variable such as {@code $CODEX_HOME}; what does not exist, or has an unset variable, is left out.
 *
 * @param read files and folders that it may read
 * @param write files and folders that it may write
 * @param copy files that it gets a copy of, whose changes are lost
 * @param variables names of variables that it gets, though they look like secrets; {@code *} at the end stands for any rest
 * @param network whether it reaches the network
 */
record SandboxNeeds(List<String> read, List<String> write, List<String> copy, List<String> variables, boolean network) {
    /** Only the network. */
    static final SandboxNeeds NETWORK = new SandboxNeeds(List.of(), List.of(), List.of(), List.of(), true);

    private static final Pattern VARIABLE = Pattern.compile("\\$(?:([A-Za-z_]\\w*)|\\{([A-Za-z_]\\w*)\\})(/.*)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*\\*?");

    SandboxNeeds {
        read = List.copyOf(read);
        write = List.copyOf(write);
        copy = List.copyOf(copy);
        variables = List.copyOf(variables);
        for (var paths : List.of(read, write, copy)) for (var path : paths) check(path);
        for (var name : variables)
            if (!NAME.matcher(name).matches())
                throw new IllegalArgumentException(
                        "'" + name + "' under 'sandbox' is not the name of a variable, such as MY_API_KEY or MY_*");
    }

    private static void check(String path) {
        if (!path.startsWith("/")
                && !path.startsWith("~/")
                && !VARIABLE.matcher(path).matches())
            throw new IllegalArgumentException(
                    "'" + path + "' under 'sandbox' is not a path that starts with '/', '~/' or '$VARIABLE'");
    }

    /** A path on this machine; empty if it has an unset variable or does not exist. */
    static Optional<Path> found(String written, Path home, Map<String, String> environment) {
        return resolved(written, home, environment)
                .map(path -> path.toAbsolutePath().normalize())
                .filter(path -> path.toFile().exists());
    }

    private static Optional<Path> resolved(String written, Path home, Map<String, String> environment) {
        if (written.startsWith("~/")) return Optional.of(home.resolve(written.substring(2)));
        var variable = VARIABLE.matcher(written);
        if (!variable.matches()) return Optional.of(Path.of(written));
        var value = environment.getOrDefault(variable.group(1) == null ? variable.group(2) : variable.group(1), "");
        var rest = variable.group(3) == null ? "" : variable.group(3);
        return value.isBlank() ? Optional.empty() : Optional.of(Path.of(value + rest));
    }

    /** Whether a variable is one of some names. */
    static boolean names(List<String> names, String variable) {
        return names.stream()
                .anyMatch(name -> name.endsWith("*")
                        ? variable.startsWith(name.substring(0, name.length() - 1))
                        : variable.equals(name));
    }
}
