package io.taskweaver.context;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of the context service alone. */
@ConfigMapping(prefix = "taskweaver.context-service")
public interface ContextSettings {
    /** Stream threads; more threads than partitions have no effect. */
    @WithDefault("1")
    int threads();

    /** Folder of the local copy of the state, one per instance. It can be rebuilt from Kafka. */
    @WithDefault(".taskweaver/context-state")
    String stateDir();

    /** Folder for the repositories of plans' code. It can be rebuilt from Kafka; services of one machine may share it. */
    @WithDefault(".taskweaver/code")
    String codeDir();

    /** Replication factor of the state's changelog; -1 for the broker's default. */
    @WithDefault("-1")
    int replicationFactor();

    /** A unique name of this instance, stable over restarts: after a restart it gets its partitions immediately. */
    Optional<String> instanceId();

    /**
     * Address that other instances reach this one's REST interface at, {@code host:port}. Required with several
     * instances: a query about a plan of another instance is forwarded to it.
     */
    Optional<String> advertisedAddress();

    /**
     * Copies of each partition's state on other instances, where there are others: they answer while the instance that has a
     * plan is away, and take it over without restoring it.
     */
    @WithDefault("1")
    int standbys();

    /** Whether the advertised addresses speak TLS. */
    @WithDefault("false")
    boolean advertisedTls();

    /** How often offsets are committed; later records are read again after a kill. */
    @WithDefault("1S")
    Duration commitInterval();

    /** How long a shutdown waits for the stream to finish. */
    @WithDefault("10S")
    Duration closeTimeout();

    /** How long processing one record may take before the service is not ready. */
    @WithDefault("60S")
    Duration recordLimit();

    /** Memory for the local state of all partitions, off heap, MiB. */
    @WithDefault("32")
    int stateMemoryMib();

    /** Maximum number of code base files in an isolated context. */
    @WithDefault("60")
    int codeFiles();

    /** Maximum text of code base files in an isolated context, characters; expected files do not count. */
    @WithDefault("120000")
    int codeChars();
}
