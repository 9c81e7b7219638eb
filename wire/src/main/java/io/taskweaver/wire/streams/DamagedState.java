package io.taskweaver.wire.streams;

import io.taskweaver.wire.Causes;
import java.util.Optional;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** A local store that RocksDB cannot read. It is a copy of a topic, from which Kafka Streams rebuilds it. */
final class DamagedState {
    private DamagedState() {}

    /**
     * What happened and what to do, if that is behind a failure.
     *
     * @param folder of the local state
     */
    static Optional<String> behind(Throwable failure, String folder) {
        return Causes.first(failure, ProcessorStateException.class)
                .flatMap(any -> Causes.first(failure, RocksDBException.class))
                .filter(DamagedState::isCorruption)
                .map(cause -> "The local state in " + folder + " is damaged (" + cause.getMessage()
                        + "). It is a copy of topics: remove that folder, and start again. It is then rebuilt.");
    }

    private static boolean isCorruption(RocksDBException cause) {
        var status = cause.getStatus();
        return status != null && status.getCode() == Status.Code.Corruption
                || String.valueOf(cause.getMessage()).matches("(?s).*(checksum mismatch|Corruption|corrupted).*");
    }
}
