package io.taskweaver.agents.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** A machine, as far as runs are concerned: executors that share a work folder find each other's runs. */
public final class Machine {
    private static final String FILE = ".machine";

    private Machine() {}

    /**
     * Id of the machine of a work folder, made when it is first asked for.
     *
     * @throws IOException if the folder cannot be written
     */
    public static String idOf(Path work) throws IOException, InterruptedException {
        var file = work.toAbsolutePath().normalize().resolve(FILE);
        try (var lock = PathLock.acquire(file.resolveSibling(FILE + ".lock"))) {
            var known = read(file);
            if (!known.isEmpty()) return known;
            var id = UUID.randomUUID().toString();
            var written = file.resolveSibling(FILE + ".new");
            Files.writeString(written, id + "\n");
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return id;
        }
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}
