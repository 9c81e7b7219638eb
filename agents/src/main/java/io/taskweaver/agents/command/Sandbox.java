package io.taskweaver.agents.command;

import io.taskweaver.agents.Capabilities;
import io.taskweaver.agents.Secrets;
import io.taskweaver.model.storage.StorageFailure;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Where commands of agents and of plans run: with bubblewrap, in namespaces of their own, where they can write to their work
 * tree and see neither the user's home nor other processes; or without, as any program of this user.
 */
public final class Sandbox {
    private static final String PROGRAM = "bwrap";
    private static final long PROBE_SECONDS = 10;
    private static final int LONGEST_CAUSE = 300;

    /** Variables by which programs find an agent of keys, a bus, a display or a daemon, all of which lead out. */
    private static final Set<String> LEADING_OUT = Set.of(
            "SSH_AUTH_SOCK",
            "SSH_AGENT_PID",
            "SSH_ASKPASS",
            "GIT_ASKPASS",
            "GPG_AGENT_INFO",
            "DBUS_SESSION_BUS_ADDRESS",
            "DBUS_SYSTEM_BUS_ADDRESS",
            "XAUTHORITY",
            "DISPLAY",
            "WAYLAND_DISPLAY",
            "XDG_RUNTIME_DIR",
            "DOCKER_HOST",
            "CONTAINER_HOST",
            "KUBECONFIG",
            "TMPDIR",
            "TMP",
            "TEMP");
    /** Variables that name files or folders of tools. */
    private static final List<String> NAMING_TOOLS = List.of(
            "$SSL_CERT_FILE",
            "$SSL_CERT_DIR",
            "$NODE_EXTRA_CA_CERTS",
            "$REQUESTS_CA_BUNDLE",
            "$CURL_CA_BUNDLE",
            "$GIT_SSL_CAINFO",
            "$PIP_CERT",
            "$JAVA_HOME",
            "$MAVEN_HOME",
            "$M2_HOME",
            "$GRADLE_HOME",
            "$GOROOT",
            "$NVM_DIR",
            "$PYENV_ROOT",
            "$SDKMAN_DIR",
            "$RUSTUP_HOME",
            "$ANDROID_HOME",
            "$DOTNET_ROOT");
    /** Variables that name caches of tools. */
    private static final List<String> NAMING_CACHES = List.of(
            "$GOCACHE",
            "$GOMODCACHE",
            "$PIP_CACHE_DIR",
            "$UV_CACHE_DIR",
            "$npm_config_cache",
            "$YARN_CACHE_FOLDER",
            "$GRADLE_USER_HOME/caches",
            "$GRADLE_USER_HOME/wrapper",
            "$CARGO_HOME/registry",
            "$CARGO_HOME/git",
            "$NUGET_PACKAGES");

    private static final Pattern LOGIN = Pattern.compile("://[^/\\s:@]*:[^/\\s@]+@");

    private final Optional<Path> program;
    private final String about;
    private final SandboxSettings settings;

    private Sandbox(Optional<Path> program, String about, SandboxSettings settings) {
        this.program = program;
        this.about = about;
        this.settings = settings;
    }

    /** How a command is started. */
    record Launch(List<String> command, Map<String, String> variables) {}

    /** None, and why. */
    public static Sandbox none(String why) {
        return new Sandbox(Optional.empty(), "none: " + why, SandboxSettings.USUAL);
    }

    /**
     * The sandbox of this machine, tried out now.
     *
     * @param environment variables of this process
     */
    public static Sandbox of(SandboxMode mode, SandboxSettings settings, Map<String, String> environment) {
        if (mode == SandboxMode.OFF) return none("it is turned off");
        var found = Capabilities.find(PROGRAM, environment);
        if (found.isEmpty())
            return none(
                    File.separatorChar == '\\' || !Files.isDirectory(Path.of("/proc/self/ns"))
                            ? "this system has none that is known"
                            : "bubblewrap is not installed");
        try {
            var version = printed(List.of(found.get().toString(), "--version"));
            if (version.code() != 0) return none("bubblewrap does not run: " + version.text());
            var arguments = new SandboxArguments(List.of());
            var tried = printed(arguments.command(found.get(), Path.of("/"), List.of("true")));
            return tried.code() == 0
                    ? new Sandbox(found, version.text(), settings)
                    : none("bubblewrap may not make namespaces here: " + tried.text());
        } catch (IOException e) {
            return none("bubblewrap cannot be tried: " + StorageFailure.cause(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return none("bubblewrap could not be tried");
        }
    }

    private record Printed(int code, String text) {}

    private static Printed printed(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
        if (!process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return new Printed(1, "it did not end within " + PROBE_SECONDS + " s");
        }
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return new Printed(
                process.exitValue(), text.length() > LONGEST_CAUSE ? text.substring(0, LONGEST_CAUSE) + "..." : text);
    }

    /** Whether commands run in one. */
    public boolean isOn() {
        return program.isPresent();
    }

    /** Its name and version, or {@code none: } and the reason. */
    public String about() {
        return about;
    }

    /** What to do where there is none and one is asked for. */
    public static String remedy() {
        return "Install bubblewrap (apt-get install bubblewrap) and permit namespaces of users on the machines of the"
                + " executors (as docs/agents.md explains under Sandbox), or do without --sandbox on and"
                + " taskweaver.executor.sandbox=on.";
    }

    /** What a command of a plan may have lacked; empty without a sandbox. */
    Optional<String> hint(Map<String, String> variables) {
        if (!isOn()) return Optional.empty();
        var withheld = withheld(variables, settings.variables());
        return Optional.of("It ran in a sandbox, without most of the home"
                + (withheld.isEmpty() ? "" : " and without the variables " + String.join(", ", withheld))
                + ". taskweaver.executor.sandbox.read and .variables give it more.");
    }

    /** What a command of a plan needs. */
    SandboxNeeds needsOfCommands() {
        return new SandboxNeeds(List.of(), List.of(), List.of(), settings.variables(), settings.network());
    }

    /**
     * How to start a command. Without a sandbox, as it is.
     *
     * @param run the run that it belongs to, with its work tree; folders for its home and its temporary files are made there
     * @param folder where it starts, in the work tree
     * @param variables that it gets
     * @param needs what it needs besides
     */
    Launch launch(List<String> command, RunFolder run, Path folder, Map<String, String> variables, SandboxNeeds needs)
            throws IOException {
        if (program.isEmpty()) return new Launch(command, variables);
        var home = home(variables);
        var hide = new ArrayList<>(settings.hide());
        var objects = borrowed(run.work().resolve(".git/objects"));
        for (var each : objects) SandboxArguments.folderOf(each).ifPresent(hide::add);
        hide.removeIf(Sandbox::holdsTheSystem);
        var arguments = new SandboxArguments(hide);
        if (needs.network()) arguments.withNames();
        else arguments.withoutNetwork();
        arguments.temporary(fresh(run.temporary()));
        fresh(run.home());
        if (home.isPresent()) inHome(home.get(), arguments, run, variables, needs);
        tools(command, home.orElse(Path.of("/")), arguments, variables);
        for (var path : settings.write()) arguments.write(path);
        for (var path : settings.read()) arguments.protect(path);
        for (var path : found(needs.write(), home, variables)) arguments.write(path);
        for (var path : found(needs.read(), home, variables)) arguments.protect(path);
        for (var each : objects) arguments.read(each);
        arguments.read(run.prompt());
        arguments.write(run.work());
        return new Launch(
                arguments.command(program.get(), folder.toAbsolutePath(), command), visible(variables, needs));
    }

    /**
     * Why a command was not started because the sandbox could not be made; empty if it was.
     *
     * @param code its exit code
     * @param output the beginning of what it printed
     * @param errors the beginning of its error output
     */
    Optional<String> failure(int code, String output, String errors) {
        return isOn() && code == 1 && output.isBlank() && errors.startsWith(PROGRAM + ": ")
                ? Optional.of("the sandbox could not be made: "
                        + errors.lines().findFirst().orElse(""))
                : Optional.empty();
    }

    private void inHome(
            Path home, SandboxArguments arguments, RunFolder run, Map<String, String> variables, SandboxNeeds needs)
            throws IOException {
        arguments.replace(home, run.home());
        var folders = new HomeFolders(home);
        for (var tool : folders.tools()) arguments.read(tool);
        for (var file : folders.settings()) arguments.read(file);
        if (settings.caches()) {
            for (var cache : folders.caches()) arguments.write(cache);
            for (var cache : found(NAMING_CACHES, Optional.of(home), variables)) arguments.write(cache);
        }
        for (var path : found(needs.copy(), Optional.of(home), variables)) copy(path, home, run, arguments);
    }

    /** Copied into the home, files can be replaced there as programs do. */
    private static void copy(Path path, Path home, RunFolder run, SandboxArguments arguments) throws IOException {
        if (!path.startsWith(home)) {
            arguments.read(path);
            return;
        }
        var target = run.home().resolve(home.relativize(path));
        Files.createDirectories(target.getParent());
        if (Files.isRegularFile(path)) {
            Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        try {
            Files.createDirectories(target);
            var problem = FileCopy.into(path, target);
            if (problem.isPresent()) throw new IOException(path + " cannot be copied: " + problem.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("copying " + path + " was interrupted", e);
        }
    }

    private static void tools(
            List<String> command, Path home, SandboxArguments arguments, Map<String, String> variables)
            throws IOException {
        var folders = new HomeFolders(home);
        var places = new LinkedHashSet<Path>();
        for (var folder : variables.getOrDefault("PATH", "").split(File.pathSeparator, -1))
            if (folder.startsWith("/")) places.add(Path.of(folder).normalize());
        var started = Capabilities.find(command.getFirst(), variables);
        if (started.isPresent()) {
            places.add(started.get().normalize().getParent());
            places.add(started.get().toRealPath().getParent());
        }
        for (var place : places) {
            if (!Files.isDirectory(place) || !arguments.hides(place)) continue;
            var installation = folders.installation(place);
            if (!installation.equals(home)) arguments.read(installation);
            var real = folders.installation(place.toRealPath());
            if (!real.equals(home)) arguments.read(real);
        }
        if (started.isPresent()) {
            arguments.read(started.get());
            arguments.read(started.get().toRealPath());
        }
        for (var path : found(NAMING_TOOLS, Optional.of(home), variables)) arguments.read(path);
    }

    private static List<Path> found(List<String> written, Optional<Path> home, Map<String, String> variables) {
        return written.stream()
                .flatMap(each -> SandboxNeeds.found(each, home.orElse(Path.of("/nonexistent")), variables).stream())
                .toList();
    }

    /** The home that programs see; empty if it is none that could be hidden. */
    private static Optional<Path> home(Map<String, String> variables) {
        return Optional.of(variables.getOrDefault("HOME", ""))
                .filter(text -> text.startsWith("/"))
                .map(text -> Path.of(text).normalize())
                .filter(path -> path.getNameCount() > 0 && Files.isDirectory(path) && !holdsTheSystem(path));
    }

    /** Hiding it would leave no system. */
    private static boolean holdsTheSystem(Path folder) {
        return List.of("/usr", "/bin", "/lib", "/etc", "/proc", "/dev").stream()
                .anyMatch(system -> Path.of(system).startsWith(folder.normalize()));
    }

    private static Path fresh(Path folder) throws IOException {
        Files.createDirectories(folder);
        return folder;
    }

    /** The objects that a repository borrows, and those that these borrow. */
    static Set<Path> borrowed(Path objects) throws IOException {
        var all = new LinkedHashSet<Path>();
        var next = new ArrayList<>(List.of(objects));
        while (!next.isEmpty()) {
            var alternates = next.removeLast().resolve("info/alternates");
            if (!Files.isRegularFile(alternates)) continue;
            for (var line : Files.readAllLines(alternates)) {
                if (!line.startsWith("/")) continue;
                var folder = Path.of(line);
                if (Files.isDirectory(folder) && all.add(folder)) next.add(folder);
            }
        }
        return all;
    }

    private static Map<String, String> visible(Map<String, String> variables, SandboxNeeds needs) {
        var visible = new HashMap<>(variables);
        visible.keySet().removeAll(withheld(variables, needs.variables()));
        return visible;
    }

    /** Names of variables that lead out, or whose value looks like a secret. */
    static Set<String> withheld(Map<String, String> variables, List<String> permitted) {
        var withheld = new TreeSet<String>();
        variables.forEach((name, value) -> {
            if (SandboxNeeds.names(permitted, name)) return;
            if (LEADING_OUT.contains(name) || Secrets.isName(name) || hasLogin(name, value)) withheld.add(name);
        });
        return withheld;
    }

    /** A proxy is no use without its password. */
    private static boolean hasLogin(String name, String value) {
        return !name.toUpperCase(Locale.ROOT).endsWith("_PROXY")
                && LOGIN.matcher(value).find();
    }
}
