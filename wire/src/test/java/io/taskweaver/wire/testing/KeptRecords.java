package io.taskweaver.wire.testing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a release wrote, as a file of a test: records of a topic or a store, key and value with their lengths before them.
 * A release writes the files of its number once, by the tests that read them, with {@code
 * -Dtaskweaver.release=<number>}; they are never changed.
 */
public final class KeptRecords {
    private static final String RELEASE = "taskweaver.release";

    private KeptRecords() {}

    /** A record of a store or a topic. */
    @SuppressWarnings("ArrayRecordComponent") // Bytes are what it is about; nobody compares it.
    public record Kept(byte[] key, byte[] value) {}

    /** Makes the records, that are written if this is a release. */
    public interface Making {
        List<Kept> make() throws Exception;
    }

    /** The files that releases wrote; a build that is one adds its own. */
    public static List<Path> of(Path folder, Making making) throws Exception {
        var release = System.getProperty(RELEASE);
        if (release != null) write(folder.resolve(release + ".bin"), making.make());
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    public static List<Kept> read(Path file) throws IOException {
        var records = new ArrayList<Kept>();
        try (var in = new DataInputStream(Files.newInputStream(file))) {
            while (true) records.add(new Kept(bytes(in), bytes(in)));
        } catch (EOFException end) {
            return records;
        }
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }

    private static void write(Path file, List<Kept> records) throws IOException {
        if (Files.exists(file)) throw new IllegalStateException("a release is written once: " + file);
        Files.createDirectories(file.getParent());
        try (var out = new DataOutputStream(Files.newOutputStream(file))) {
            for (var record : records) {
                out.writeInt(record.key().length);
                out.write(record.key());
                out.writeInt(record.value().length);
                out.write(record.value());
            }
        }
    }
}
