package io.taskweaver.agents;

import io.taskweaver.model.storage.StorageFailure;
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
 * Requirements of coding agents and of result checks on this machine, and which of them are missing.
 *
 * <p>An agent with a command line needs Git, Bash and a work folder; a command that verifies a result needs Bash and
 * the folder; contract checks need a JDK compiler too; the server of the simulated agent needs only the compiler.
 * Agents over HTTP need nothing.
 */
public final class Capabilities {
    /** More than the space left on a disk that counts as full. */
    private static final int PROBE_BYTES = 1 << 20;

    private final Optional<Lack> compiler;
    private final Optional<Lack> git;
    private final Optional<Lack> bash;
    private final Optional<Lack> folder;

    /**
     * A missing requirement.
     *
     * @param problem a sentence
     * @param remedy a sentence
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
     * Checks the requirements, including a test write in the folder.
     *
     * @param work folder for agents and checks; created if missing
     * @param environment variables of this process
     */
    public static Capabilities of(Path work, Map<String, String> environment) {
        return new Capabilities(withoutCompiler(), withoutGit(environment), withoutBash(environment), unwritable(work));
    }

    /** Default work folder: private to this user, since every user may create folders in the temporary folder. */
    public static Path usualWorkFolder() {
        return Path.of(
                System.getProperty("java.io.tmpdir"),
                "taskweaver-work-" + System.getProperty("user.name").replaceAll("[^A-Za-z0-9._-]", "_"));
    }

    /** Missing requirement for compiling Java sources. */
    public static Optional<Lack> withoutCompiler() {
        if (ToolProvider.getSystemJavaCompiler() != null) return Optional.empty();
        return Optional.of(new Lack(
                "The Java in " + System.getProperty("java.home") + " has no compiler.",
                "Use a JDK, version 25 or newer, instead of a JRE."));
    }

    /** Missing requirements of an agent with a command line, except its program. */
    public List<Lack> withoutCommands() {
        return Stream.of(git, bash, folder).flatMap(Optional::stream).toList();
    }

    /** Missing programs for an agent with a command line, except its own. */
    public static List<Lack> withoutPrograms(Map<String, String> environment) {
        return Stream.of(withoutGit(environment), withoutBash(environment))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Missing requirements of a command that verifies a result. */
    public List<Lack> withoutVerification() {
        return Stream.of(bash, git, folder).flatMap(Optional::stream).toList();
    }

    /** Missing requirements of contract checks. */
    public List<Lack> withoutContractChecks() {
        return Stream.of(compiler, bash, git, folder).flatMap(Optional::stream).toList();
    }

    /** Path of a program that is started by name. */
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
        return withoutProgram(
                "git", "Install Git: agents work in Git work trees, and results are checked in them.", environment);
    }

    private static Optional<Lack> withoutBash(Map<String, String> environment) {
        return withoutProgram("bash", "Install Bash: it runs the commands.", environment);
    }

    private static Optional<Lack> withoutProgram(String name, String remedy, Map<String, String> environment) {
        if (find(name, environment).isPresent()) return Optional.empty();
        return Optional.of(new Lack("There is no '" + name + "' on the PATH.", remedy));
    }

    /** Why a folder cannot be written to, by a test write; empty if it can, or the reason is unknown. */
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
            // Its creator could manipulate the work of agents.
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
                    "Free space or grant write access, or set another folder in taskweaver.executor.work."));
        }
    }
}
