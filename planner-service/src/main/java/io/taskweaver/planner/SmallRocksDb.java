package io.taskweaver.planner;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/** Limits the memory of the store: open plans are cached in memory, the store is read when a plan is loaded. */
public final class SmallRocksDb implements RocksDBConfigSetter {
    private static final long MEMTABLE_BYTES = 4L * 1024 * 1024;
    private static final long CACHE_BYTES = 8L * 1024 * 1024;

    static {
        RocksDB.loadLibrary();
    }

    /** Shared by all partitions, for the lifetime of the process. */
    private static final Cache CACHE = new LRUCache(CACHE_BYTES);

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        options.setWriteBufferSize(MEMTABLE_BYTES);
        options.setMaxWriteBufferNumber(2);
        if (options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
            table.setBlockCache(CACHE);
            options.setTableFormatConfig(table);
        }
    }

    @Override
    public void close(String storeName, Options options) {}
}
