package io.taskweaver.wire.streams;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/** Lets the stores of all partitions of a service share one bounded piece of memory; by default each would take its own. */
public final class SharedRocksDb implements RocksDBConfigSetter {
    /** Setting: the bound, bytes. */
    static final String MEMORY_BYTES = "taskweaver.rocksdb.memory.bytes";

    /** By application id; they live as long as the process. */
    private static final Map<String, Memory> SHARED = new ConcurrentHashMap<>();

    private record Memory(LRUCache cache, WriteBufferManager buffers) {
        static Memory of(long bytes) {
            var cache = new LRUCache(bytes);
            return new Memory(cache, new WriteBufferManager(bytes / 2, cache));
        }
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        var memory = SHARED.computeIfAbsent(
                String.valueOf(configs.get(StreamsConfig.APPLICATION_ID_CONFIG)),
                application -> Memory.of(Long.parseLong(String.valueOf(configs.get(MEMORY_BYTES)))));
        // Kafka Streams sets up this kind of table format before it asks here.
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
