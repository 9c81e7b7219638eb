package io.taskweaver.agents.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskweaver.agents.Attempt;
import io.taskweaver.code.PreparedFiles;
import io.taskweaver.code.WorkFolders;
import io.taskweaver.code.WorkTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Persistent state of one run, so that another process can continue it: files in a folder. */
record RunFolder(Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> OWN = Set.of(
            "work",
            "work.index",
            "code",
            "home",
            "tmp",
            "prompt.md",
            "stdin",
            "output",
            "errors",
            "begun",
            "created",
            "began",
            "prepared",
            "pid",
            "exit",
            "stopped",
            "unmarked");
    /** Longer than a process id, an exit code and the reason of a stop. */
    private static final int RESERVED = 20;

    /**
     * State needed to compute the result.
     *
     * @param repository folder of the repository that the work tree borrows from
     * @param commit parent of the result
     * @param prefix folder of the code below the root of the work tree
     * @param at date of the result's commit, so that it is the same one whenever it is taken
     */
    record Begun(Path repository, String commit, String prefix, Instant at) {}

    /** Why a run was stopped by this program. */
    enum Stop {
        CANCELLED,
        TOO_MUCH_OUTPUT,
        STALLED,
        CLOSED
    }

    Path path() {
        return folder;
    }

    /**
     * Removes the folder.
     *
     * @param repository what its work tree was made from, for which it may be used again
     */
    void remove(Optional<Path> repository) throws IOException, InterruptedException {
        try {
            if (repository.isPresent()) WorkTree.at(work()).recycle(repository.get());
        } finally {
            WorkFolders.delete(folder);
        }
    }

    /** Held by who prepares the folder. */
    Path lock() {
        return folder.resolveSibling(folder.getFileName() + ".lock");
    }

    Path work() {
        return folder.resolve("work");
    }

    /** Repository of a run that was given no code. */
    Path code() {
        return folder.resolve("code");
    }

    Path prompt() {
        return folder.resolve("prompt.md");
    }

    /** Home of a command in a sandbox. */
    Path home() {
        return folder.resolve("home");
    }

    /** Temporary files of a command in a sandbox. */
    Path temporary() {
        return folder.resolve("tmp");
    }

    Path stdin() {
        return folder.resolve("stdin");
    }

    Path output() {
        return folder.resolve("output");
    }

    Path errors() {
        return folder.resolve("errors");
    }

    /** Notes that all is there that its command needs. */
    void create(Attempt attempt) throws IOException {
        write(
                "created",
                JSON.createObjectNode()
                        .put("plan", attempt.plan())
                        .put("task", attempt.task())
                        .put("attempt", attempt.number())
                        .toString());
    }

    /** The attempt that it was created for; empty if it is not complete. */
    Optional<Attempt> created() throws IOException {
        var text = read("created");
        if (text.isEmpty()) return Optional.empty();
        var json = JSON.readTree(text.get());
        return Optional.of(new Attempt(
                json.path("plan").asText(),
                json.path("task").asText(),
                json.path("attempt").asInt()));
    }

    /** Whether all is there that its command needs, which may have been started. */
    boolean isCreated() {
        return Files.exists(folder.resolve("created")) || isStarted();
    }

    /** Whether a command was started in it. */
    boolean isStarted() {
        return Files.exists(folder.resolve("pid"));
    }

    void begin(Begun begun) throws IOException {
        write(
                "begun",
                JSON.createObjectNode()
                        .put("repository", begun.repository().toString())
                        .put("commit", begun.commit())
                        .put("prefix", begun.prefix())
                        .put("at", begun.at().toString())
                        .toString());
    }

    Optional<Begun> begun() throws IOException {
        var text = read("begun");
        if (text.isEmpty()) return Optional.empty();
        var json = JSON.readTree(text.get());
        return Optional.of(new Begun(
                Path.of(json.path("repository").asText()),
                json.path("commit").asText(),
                json.path("prefix").asText(),
                Instant.parse(json.path("at").asText())));
    }

    /** Stores what its work tree has besides the code. */
    void prepared(PreparedFiles files) throws IOException {
        write("prepared", PreparedJson.write(files).toString());
    }

    /** What its work tree had besides the code at the start. */
    PreparedFiles prepared() throws IOException {
        var text = read("prepared");
        return text.isEmpty() ? PreparedFiles.NONE : PreparedJson.read(text.get());
    }

    /** Whether a name in the folder is one that this program uses. */
    boolean isOwn(String name) {
        return OWN.contains(name) || name.startsWith("taking") || name.endsWith(".new");
    }

    /** The process of the command, which is the leader of its group. */
    Optional<Long> pid() throws IOException {
        return read("pid").map(Long::parseLong);
    }

    /** Start time of the process, to detect reuse of its id. */
    void processBegan(Instant at) throws IOException {
        write("began", at.toString());
    }

    Optional<Instant> processBegan() throws IOException {
        return read("began").map(Instant::parse);
    }

    Optional<Integer> exit() throws IOException {
        return read("exit").map(Integer::parseInt);
    }

    /** Stores why the run is stopped; the first reason is kept. */
    void stop(Stop why) throws IOException {
        if (stopped().isPresent()) return;
        var reserved = reserved("stopped");
        try {
            Files.writeString(reserved, padded(why.name()), StandardOpenOption.WRITE);
            Files.move(reserved, folder.resolve("stopped"), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            write("stopped", why.name());
        }
    }

    /**
     * Makes room for what is written once the command runs: when the disk is full by then, it must not be lost that a paid
     * run began, ended or was stopped. These files are overwritten in place, and renamed.
     */
    void reserve() throws IOException {
        for (var name : List.of("pid", "exit", "stopped")) Files.writeString(reserved(name), padded(""));
    }

    private Path reserved(String name) {
        return folder.resolve(name + ".new");
    }

    private static String padded(String text) {
        return text + " ".repeat(RESERVED - text.length()) + "\n";
    }

    /** Whether its processes can only be told by their environment and by what they have open. */
    boolean isUnmarked() {
        return Files.exists(folder.resolve("unmarked"));
    }

    Optional<Stop> stopped() throws IOException {
        return read("stopped").map(Stop::valueOf);
    }

    private Optional<String> read(String name) throws IOException {
        try {
            return Optional.of(Files.readString(folder.resolve(name)).strip()).filter(text -> !text.isEmpty());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Written atomically. */
    private void write(String name, String text) throws IOException {
        var written = Files.createTempFile(folder, name, ".new");
        Files.write(written, text.getBytes(StandardCharsets.UTF_8));
        Files.move(written, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
