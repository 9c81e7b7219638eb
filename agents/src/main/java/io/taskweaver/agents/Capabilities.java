package io.taskweaver.agents;

import io.taskweaver.domain.storage.StorageFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * What coding agents and checks of results need of this machine, and which of it is not there.
 *
 * <p>An agent with a command line needs Git, Bash and a folder to work in; a command that verifies a result needs Bash and
 * the folder; the checks of a contract need the compiler of a JDK besides; the server of the simulated agent needs the
 * compiler alone. Agents that are reached by HTTP need nothing.
 */
public final class Capabilities {
    /** More than what is left of a disk that is called full. */
    private static final int PROBE_BYTES = 1 << 20;

    private final Optional<Lack> compiler;
    private final Optional<Lack> git;
    private final Optional<Lack> bash;
    private final Optional<Lack> folder;

    /**
     * Something that is not there.
     *
     * @param problem a sentence
     * @param remedy a sentence that says what to do
     */
    public record Lack(String problem, String remedy) {
        @Override
        public String toString() {
            return problem + " " + remedy;
        }
    }

    private Capabilities(Optional<Lack> compiler, Optional<Lack> git, Optional<Lack> bash, Optional<Lack> folder) {
        this.compiler = compiler;
        this.git = git;
        this.bash = bash;
        this.folder = folder;
    }

    /**
     * Looks, and tries whether a file can be written in the folder.
     *
     * @param work folder that agents work and results are checked in; made if it is not there
     * @param environment variables of this process
     */
    public static Capabilities of(Path work, Map<String, String> environment) {
        return new Capabilities(withoutCompiler(), withoutGit(environment), withoutBash(environment), unwritable(work));
    }

    /** Where agents work if no folder is named: of this user alone, since every user may make one where temporary files are. */
    public static Path usualWorkFolder() {
        return Path.of(
                System.getProperty("java.io.tmpdir"),
                "taskweaver-work-" + System.getProperty("user.name").replaceAll("[^A-Za-z0-9._-]", "_"));
    }

    /** What lacks for compiling Java sources. */
    public static Optional<Lack> withoutCompiler() {
        if (ToolProvider.getSystemJavaCompiler() != null) return Optional.empty();
        return Optional.of(new Lack(
                "The Java in " + System.getProperty("java.home") + " has no compiler.",
                "Run it with a JDK, version 25 or newer, in place of a JRE."));
    }

    /** What lacks for running an agent with a command line, its program aside. */
    public List<Lack> withoutCommands() {
        return Stream.of(git, bash, folder).flatMap(Optional::stream).toList();
    }

    /** Programs that lack for running an agent with a command line, its own aside. */
    public static List<Lack> withoutPrograms(Map<String, String> environment) {
        return Stream.of(withoutGit(environment), withoutBash(environment))
                .flatMap(Optional::stream)
                .toList();
    }

    /** What lacks for running a command that verifies a result. */
    public List<Lack> withoutVerification() {
        return Stream.of(bash, folder).flatMap(Optional::stream).toList();
    }

    /** What lacks for checking a result by the contract of its component. */
    public List<Lack> withoutContractChecks() {
        return Stream.of(compiler, bash, folder).flatMap(Optional::stream).toList();
    }

    /** Where a program is that is started by its name. */
    public static Optional<Path> find(String program, Map<String, String> environment) {
        if (program.contains("/"))
            return Optional.of(Path.of(program).toAbsolutePath()).filter(Files::isExecutable);
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file))
                .findFirst();
    }

    private static Optional<Lack> withoutGit(Map<String, String> environment) {
        return withoutProgram("git", "Install Git: it keeps the work of agents apart.", environment);
    }

    private static Optional<Lack> withoutBash(Map<String, String> environment) {
        return withoutProgram("bash", "Install Bash: it runs commands.", environment);
    }

    private static Optional<Lack> withoutProgram(String name, String remedy, Map<String, String> environment) {
        if (find(name, environment).isPresent()) return Optional.empty();
        return Optional.of(new Lack("There is no '" + name + "' on the PATH.", remedy));
    }

    /** Why a folder cannot be written to, found out by writing; empty if it can, or for a reason without a name. */
    public static Optional<StorageFailure> failureOfWriting(Path folder) {
        try {
            write(folder);
            return Optional.empty();
        } catch (IOException e) {
            return StorageFailure.behind(e);
        }
    }

    private static void write(Path folder) throws IOException {
        makeFolder(folder);
        var file = Files.createTempFile(folder, ".writable-", "");
        try {
            Files.write(file, new byte[PROBE_BYTES]);
            // Whoever made it before us could put things into the work of agents.
            if (folder.equals(usualWorkFolder()) && !Files.getOwner(file).equals(Files.getOwner(folder)))
                throw new FileSystemException(folder.toString(), null, "it belongs to " + Files.getOwner(folder));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void makeFolder(Path folder) throws IOException {
        if (folder.equals(usualWorkFolder())
                && FileSystems.getDefault().supportedFileAttributeViews().contains("posix"))
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        else Files.createDirectories(folder);
    }

    private static Optional<Lack> unwritable(Path folder) {
        try {
            write(folder);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new Lack(
                    "The folder " + folder + ", which agents work in, cannot be written to: " + StorageFailure.cause(e)
                            + ".",
                    "Make room or allow it, or name another with taskweaver.executor.work."));
        }
    }
}
