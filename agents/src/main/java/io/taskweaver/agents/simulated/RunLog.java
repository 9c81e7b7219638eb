package io.taskweaver.agents.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * Log of requests, one JSON object per line. A line is written to the operating system before the request is answered;
 * a truncated last line is dropped.
 */
final class RunLog implements AutoCloseable {
    static final String FILE = "creations.jsonl";

    private final ObjectMapper json;
    private final FileChannel channel;
    private final boolean flush;

    /** Opens the log in a directory, and replays it in order. */
    RunLog(Path directory, boolean flush, ObjectMapper json, Consumer<JsonNode> past) throws IOException {
        this.json = json;
        this.flush = flush;
        Files.createDirectories(directory);
        Path file = directory.resolve(FILE);
        this.channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null)
                throw new IOException(file + " is in use by another process; stop it or choose another folder");
            channel.truncate(lengthOfWholeLines());
            replay(file, past);
            channel.position(channel.size());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private long lengthOfWholeLines() throws IOException {
        long end = channel.size();
        var buffer = ByteBuffer.allocate(8 * 1024);
        while (end > 0) {
            long from = Math.max(0, end - buffer.capacity());
            buffer.clear().limit((int) (end - from));
            while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
                // until completely written
            }
            for (int i = buffer.position() - 1; i >= 0; i--) if (buffer.get(i) == '\n') return from + i + 1;
            end = from;
        }
        return 0;
    }

    private void replay(Path file, Consumer<JsonNode> past) throws IOException {
        channel.position(0);
        // Closing the reader would close the channel.
        @SuppressWarnings("resource")
        var reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            try {
                past.accept(json.readTree(line));
            } catch (IOException | RuntimeException e) {
                throw new IOException("line " + number + " of " + file + " is damaged; move the file away", e);
            }
        }
    }

    synchronized void append(ObjectNode line) {
        try {
            byte[] bytes = json.writeValueAsBytes(line);
            var buffer = ByteBuffer.allocate(bytes.length + 1)
                    .put(bytes)
                    .put((byte) '\n')
                    .flip();
            while (buffer.hasRemaining()) channel.write(buffer);
            if (flush) channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException("the simulated agent cannot write its log", e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }
}
