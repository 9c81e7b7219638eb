package io.taskweaver.context;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/** Bounds the total memory of the stores of all partitions; by default each store allocates its own. */
public final class BoundedRocksDb implements RocksDBConfigSetter {
    /** Setting: the bound, bytes. */
    static final String MEMORY_BYTES = "taskweaver.rocksdb.memory.bytes";

    private record Memory(LRUCache cache, WriteBufferManager buffers) {}

    private static @Nullable Memory shared;

    private static synchronized Memory shared(long bytes) {
        if (shared == null) {
            var cache = new LRUCache(bytes);
            shared = new Memory(cache, new WriteBufferManager(bytes / 2, cache));
        }
        return shared;
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        var memory = shared(Long.parseLong(String.valueOf(configs.get(MEMORY_BYTES))));
        // Kafka Streams sets this table format before it calls this class.
        var table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(memory.cache());
        table.setCacheIndexAndFilterBlocks(true);
        options.setWriteBufferManager(memory.buffers());
        options.setTableFormatConfig(table);
    }

    @Override
    public void close(String storeName, Options options) {
        // Other stores use the memory: it is not released here.
    }
}
