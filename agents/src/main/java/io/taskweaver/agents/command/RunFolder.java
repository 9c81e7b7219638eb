package io.taskweaver.agents.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskweaver.model.BaseCommit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/** Persistent state of one run, so that another process can continue it: files in a folder. */
record RunFolder(Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * State needed to compute the result.
     *
     * @param start commit that the work tree held at the beginning
     * @param prefix folder of the code below the root of the work tree
     */
    record Begun(String start, String prefix, Optional<BaseCommit> base) {}

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

    Path work() {
        return folder.resolve("work");
    }

    Path prompt() {
        return folder.resolve("prompt.md");
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

    /** Whether a command was started in it. */
    boolean isStarted() {
        return Files.exists(folder.resolve("pid"));
    }

    void begin(Begun begun) throws IOException {
        var json = JSON.createObjectNode().put("start", begun.start()).put("prefix", begun.prefix());
        begun.base().ifPresent(base -> json.put("folder", base.folder()).put("commit", base.commit()));
        write("begun", json.toString());
    }

    Optional<Begun> begun() throws IOException {
        var text = read("begun");
        if (text.isEmpty()) return Optional.empty();
        var json = JSON.readTree(text.get());
        var base = json.has("folder")
                ? Optional.of(new BaseCommit(
                        json.path("folder").asText(), json.path("commit").asText()))
                : Optional.<BaseCommit>empty();
        return Optional.of(
                new Begun(json.path("start").asText(), json.path("prefix").asText(), base));
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
        if (stopped().isEmpty()) write("stopped", why.name());
    }

    Optional<Stop> stopped() throws IOException {
        return read("stopped").map(Stop::valueOf);
    }

    private Optional<String> read(String name) throws IOException {
        try {
            return Optional.of(Files.readString(folder.resolve(name)).strip()).filter(text -> !text.isEmpty());
        } catch (java.nio.file.NoSuchFileException e) {
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
