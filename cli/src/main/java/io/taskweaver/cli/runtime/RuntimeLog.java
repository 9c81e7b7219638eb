package io.taskweaver.cli.runtime;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The log of a runtime: {@code <data folder>/logs/runtime.log}, the one before it beside it. */
public final class RuntimeLog {
    private static final int TAIL_BYTES = 64 * 1024;
    private static final int TAIL_LINES = 3;

    /** How the runtime begins a line that is for people; what to do follows, indented. */
    private static final String COMPLAINT = "error: ";

    private final Path file;

    public RuntimeLog(Path dataFolder) {
        this.file = dataFolder.resolve("logs").resolve("runtime.log");
    }

    public Path file() {
        return file;
    }

    /** Puts the log of the runtime before out of the way. */
    void renew() throws IOException {
        Files.createDirectories(file.getParent());
        if (Files.exists(file))
            Files.move(file, file.resolveSibling("runtime.1.log"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** What the runtime last complained of, and what it says to do; else its last lines; none if there is no log. */
    public List<String> complaint() {
        var lines = lines();
        for (int at = lines.size() - 1; at >= 0; at--) {
            if (!lines.get(at).startsWith(COMPLAINT)) continue;
            var complaint = new ArrayList<String>();
            complaint.add(lines.get(at).substring(COMPLAINT.length()));
            for (int next = at + 1; next < lines.size() && lines.get(next).startsWith("  "); next++)
                complaint.add(lines.get(next).strip());
            return complaint;
        }
        return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
    }

    private List<String> lines() {
        try (var log = new RandomAccessFile(file.toFile(), "r")) {
            log.seek(Math.max(0, log.length() - TAIL_BYTES));
            var bytes = new byte[(int) (log.length() - log.getFilePointer())];
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (FileNotFoundException e) {
            return Files.exists(file) ? List.of(unreadable(e)) : List.of();
        } catch (IOException e) {
            return List.of(unreadable(e));
        }
    }

    private String unreadable(IOException e) {
        return "The log " + file + " cannot be read: " + e.getMessage();
    }
}
