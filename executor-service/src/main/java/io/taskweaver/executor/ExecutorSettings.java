package io.taskweaver.executor;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of an executor. */
@ConfigMapping(prefix = "taskweaver.executor")
public interface ExecutorSettings {
    /** Name of this executor in heartbeats and events, unique in the fleet; by default the host's name and a random part. */
    Optional<String> id();

    /** Whether to take work at all: not in a standalone whose executors are processes of their own. */
    @WithDefault("true")
    boolean enabled();

    /** Attempts that run at once. */
    @WithDefault("8")
    int slots();

    /**
     * How orders are taken: by a share group, or by a classic group, for brokers older than Kafka 4.2, where the topic of
     * orders has to be made with {@code taskweaver topics apply --classic-queue}.
     */
    @WithDefault("share")
    QueueKind queue();

    /**
     * Share consumers that take tasks. The first takes single tasks, so that every free slot is filled at once; each
     * further one takes batches, and waits until a batch's slots are free.
     */
    @WithDefault("2")
    int consumers();

    /** Time between heartbeats. */
    @WithDefault("1s")
    Duration heartbeatInterval();

    /**
     * How long to wait before looking for the run of an attempt that another executor claimed: twice as long as may pass
     * between a look at the journal and the arrival of the request that begins a run.
     */
    @WithDefault("2s")
    Duration settleTime();

    /** How long to wait for an attempt's context before another executor may try. */
    @WithDefault("60s")
    Duration contextTimeout();

    /** How long a back end that refused the credentials is reported as out of use. */
    @WithDefault("30s")
    Duration haltTime();

    /** Least time between two progress reports of an attempt. */
    @WithDefault("2s")
    Duration progressInterval();

    /** How long to wait at shutdown for running attempts; those still running then are left to other executors. */
    @WithDefault("10s")
    Duration drainTimeout();

    /** Most text that one result may carry, the text that it started from included, bytes of UTF-8. */
    @WithDefault("6291456")
    @WithName("max-result-bytes")
    long maxResultBytes();

    /**
     * Folder with templates of prompts; what it lacks is taken from the program. Every executor of a fleet has to find the
     * same ones. {@code taskweaver generate-queries --print-templates} writes the program's own, to begin with.
     */
    Optional<Path> templates();

    /** Longest prompt, tokens; over it the least useful parts are left out. */
    @WithDefault("60000")
    int queryLimit();

    /**
     * Folder with files {@code <name>.yaml} that describe coding agents with a command line; by default
     * {@code taskweaver/agents} in the configuration folder of the user. Those of the program need none.
     */
    Optional<Path> agents();

    /** Folder in which agents with a command line work, the same for all executors of a machine; by default in the folder for
     * temporary files. */
    Optional<Path> work();

    /**
     * Whether a class that implements a component's contract has to pass the contract's checks before it counts as a result.
     * They run code of the result on this machine, in a process of its own, with the variables that agents get.
     */
    @WithDefault("true")
    boolean contractChecks();

    /**
     * Whether an order may name a command to verify results with, which a shell runs on this machine. Who can submit a plan
     * can name one. The local runtime allows it.
     */
    @WithDefault("false")
    boolean allowCommands();

    /**
     * Folders, separated by commas, below which an order may name the code that a plan starts from: it is checked out here, and
     * agents read it. None by default; {@code *} is any, as in the local runtime.
     */
    Optional<List<String>> repositories();

    /** Whether folders of agents stay when their work is done, to look into. */
    @WithDefault("false")
    boolean keepWork();
}
