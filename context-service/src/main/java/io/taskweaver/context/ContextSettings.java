package io.taskweaver.context;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of the context service alone. */
@ConfigMapping(prefix = "taskweaver.context-service")
public interface ContextSettings {
    /** Threads that fold events; more than the topics have partitions do nothing. */
    @WithDefault("1")
    int threads();

    /** Folder of the local copy of the state; each instance needs one of its own. It can be rebuilt from Kafka. */
    @WithDefault(".taskweaver/context-state")
    String stateDir();

    /** Copies of each record of the state's changelog; -1 takes the broker's default. */
    @WithDefault("-1")
    int replicationFactor();

    /** A name that is this instance's alone and stays: after a restart it takes up its partitions at once. */
    Optional<String> instanceId();

    /**
     * Address that other instances reach this one's REST interface at, {@code host:port}. Needed if there are several: a
     * question about a plan that another one holds is passed on to it.
     */
    Optional<String> advertisedAddress();

    /** Whether the advertised addresses speak TLS. */
    @WithDefault("false")
    boolean advertisedTls();

    /** How often the position in the topics is kept; what came after it is read again after a kill. */
    @WithDefault("1S")
    Duration commitInterval();

    /** How long a shutdown waits for the stream to finish. */
    @WithDefault("10S")
    Duration closeTimeout();

    /** How long one record may be worked on before the service says that it is not ready. */
    @WithDefault("60S")
    Duration recordLimit();

    /** Memory for the local state of all partitions, off heap, MiB. */
    @WithDefault("32")
    int stateMemoryMib();

    /** Most files of the code base that a task is shown. */
    @WithDefault("60")
    int codeFiles();

    /** Most text of the code base that a task is shown, characters; expected files do not count against it. */
    @WithDefault("120000")
    int codeChars();
}
