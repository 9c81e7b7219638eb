package io.taskweaver.planner;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/** Keeps the store's share of memory small: a plan's working set is in the fold, the store is read when a plan starts. */
public final class SmallRocksDb implements RocksDBConfigSetter {
    private static final long MEMTABLE_BYTES = 4L * 1024 * 1024;
    private static final long CACHE_BYTES = 8L * 1024 * 1024;

    static {
        RocksDB.loadLibrary();
    }

    /** One for all partitions; it lives as long as the process. */
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
