package io.taskweaver.wire.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class DamagedStateTest {
    @TempDir
    Path folder;

    private static StreamsException failure(RocksDBException cause) {
        return new StreamsException(new ProcessorStateException("Error opening store plans", cause));
    }

    @Test
    void a_store_with_overwritten_bytes_is_damaged_and_can_be_rebuilt() throws Exception {
        var damaged = damaged();

        assertThat(DamagedState.behind(failure(damaged), "/data/state/planner"))
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("The local state in /data/state/planner is damaged (")
                        .endsWith("remove that folder, and start again. It is then rebuilt."));
    }

    @Test
    void other_failures_of_a_store_are_not_taken_for_damage() {
        assertThat(DamagedState.behind(failure(new RocksDBException("While lock file: No locks available")), "/x"))
                .isEmpty();
        assertThat(DamagedState.behind(new IllegalStateException("Corruption"), "/x"))
                .isEmpty();
    }

    private RocksDBException damaged() throws Exception {
        RocksDB.loadLibrary();
        try (var options = new Options().setCreateIfMissing(true)) {
            try (var store = RocksDB.open(options, folder.toString());
                    var flush = new FlushOptions()) {
                for (int i = 0; i < 1000; i++) store.put(("key" + i).getBytes(StandardCharsets.UTF_8), new byte[100]);
                store.flush(flush);
            }
            try (var tables = Files.newDirectoryStream(folder, "*.sst")) {
                for (var table : tables) {
                    var bytes = Files.readAllBytes(table);
                    for (int i = 0; i < bytes.length; i++) bytes[i] ^= 0x55;
                    Files.write(table, bytes);
                }
            }
            try (var store = RocksDB.open(options, folder.toString())) {
                store.get("key1".getBytes(StandardCharsets.UTF_8));
            }
        } catch (RocksDBException e) {
            return e;
        }
        throw new AssertionError("the damage was not noticed");
    }
}
