package io.taskweaver.executor;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.WithParentName;
import io.taskweaver.agents.command.SandboxMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of an executor. */
@ConfigMapping(prefix = "taskweaver.executor")
public interface ExecutorSettings {
    /** Name of this executor in heartbeats and events, unique in the fleet; by default the host's name and a random part. */
    Optional<String> id();

    /** Whether to take work; false in a local runtime whose executors are separate processes. */
    @WithDefault("true")
    boolean enabled();

    /** Concurrent attempts. */
    @WithDefault("8")
    int slots();

    /**
     * How attempts are taken: through a share group, or through a classic group for brokers older than Kafka 4.2, where
     * {@code task-ready} must be created with {@code taskweaver topics apply --classic-queue}.
     */
    @WithDefault("share")
    QueueKind queue();

    /**
     * Share consumers that take tasks. The first takes single tasks, so that every free slot is filled immediately;
     * each further one takes batches, and waits until the slots for a batch are free.
     */
    @WithDefault("2")
    int consumers();

    /** Time between heartbeats. */
    @WithDefault("1s")
    Duration heartbeatInterval();

    /**
     * How long to wait before searching for the run of an attempt that another executor claimed: twice the longest time
     * between reading the journal and the arrival of the request that creates a run.
     */
    @WithDefault("2s")
    Duration settleTime();

    /**
     * How long an attempt waits whose run is in the work folder of another machine, until an executor there continues it. Then
     * the attempt fails, and the next one is paid.
     */
    @WithDefault("60s")
    Duration machineWait();

    /** How long to wait for an attempt's context before another executor may try. */
    @WithDefault("60s")
    Duration contextTimeout();

    /** How long an agent that refused the credentials is reported as halted. */
    @WithDefault("30s")
    Duration haltTime();

    /** Minimum time between two progress reports of an attempt. */
    @WithDefault("2s")
    Duration progressInterval();

    /**
     * How long a shutdown waits for running attempts; then agents with a command line are stopped, and other runs left to the
     * next executors.
     */
    @WithDefault("10s")
    Duration drainTimeout();

    /**
     * How long an attempt runs before what it prints is published on {@code task-output}. Of attempts that end sooner it is
     * published only if they fail or cost something. The simulated agent's is never published.
     */
    @WithDefault("2s")
    Duration outputAfter();

    /**
     * Characters of an attempt's output that are kept: half of them from its beginning, half from its end, and a little of
     * what is between. 0 for none.
     */
    @WithDefault("524288")
    int outputLimit();

    /**
     * Folder in which published output is kept besides, for {@code taskweaver logs} when no broker runs; none by default.
     * The local runtime sets it. What is older than a week is removed.
     */
    Optional<Path> output();

    /** Bytes that the changed files of one result may have together. */
    @WithDefault("52428800")
    @WithName("max-result-bytes")
    long maxResultBytes();

    /**
     * Folder with templates of prompts; for missing ones the built-in templates are used. They must be the same for
     * every executor of a fleet. {@code taskweaver generate-queries --print-templates} writes the built-in ones.
     */
    Optional<Path> templates();

    /** Longest prompt, tokens; beyond it the least useful parts are left out. */
    @WithDefault("60000")
    int queryLimit();

    /**
     * Folder with files {@code <name>.yaml} that describe coding agents with a command line; by default {@code
     * taskweaver/agents} in the configuration folder of the user. Built-in agents need no file.
     */
    Optional<Path> agents();

    /**
     * Folder in which agents with a command line work, the same for all executors of a machine; by default in the
     * temporary folder.
     */
    Optional<Path> work();

    /**
     * Whether a class that implements a component's contract must pass the contract's checks. They run code of the
     * result on this machine, in a separate process, with the variables that agents get.
     */
    @WithDefault("true")
    boolean contractChecks();

    /**
     * Whether a plan may name commands, to verify results and to set work trees up, which a shell runs on this machine.
     * Everybody who can submit a plan can name one. The local runtime allows it.
     */
    @WithDefault("false")
    boolean allowCommands();

    /**
     * Remote repositories that plans may have this executor push to and fetch from, with the credentials of this machine:
     * beginnings of addresses that end with {@code /} or {@code :}, whole addresses, or {@code *} for all. Everybody who can
     * submit a plan can name one. Folders and {@code file:} need {@code allow-commands} besides, since hooks run there. The
     * local runtime allows all.
     */
    Optional<List<String>> remotes();

    /**
     * Folder for the repositories of plans' code, the same for all executors of a machine; by default {@code
     * .taskweaver/code}.
     */
    Optional<Path> code();

    /**
     * Folder for what set-up commands of plans make, which is copied into work trees, the same for all executors of a
     * machine; by default {@code .taskweaver/setups}. Copies take the least time and space on the file system of the work
     * folder.
     */
    Optional<Path> setupCache();

    /** Bytes that this may have together; beyond it, what was not used for the longest time is removed. */
    @WithDefault("10737418240")
    long setupCacheBytes();

    /** Where commands of agents and of plans run. */
    Sandboxing sandbox();

    /** Settings of the sandbox, {@code taskweaver.executor.sandbox} and below. */
    interface Sandboxing {
        /**
         * Whether commands of agents and of plans run in a sandbox: where it works ({@code auto}), or not without one
         * ({@code on}), or never ({@code off}). A plan may ask for {@code on}, not for less.
         */
        @WithDefault("auto")
        @WithParentName
        SandboxMode mode();

        /** Files and folders in hidden places, such as the home, that commands may read. */
        Optional<List<Path>> read();

        /** Files and folders that commands may write besides their work tree. */
        Optional<List<Path>> write();

        /** Folders that commands do not see, besides homes, sockets and the folders of this executor. */
        Optional<List<Path>> hide();

        /** Names of variables that commands of plans get though they look like secrets, e.g. {@code NPM_TOKEN,CI_*}. */
        Optional<List<String>> variables();

        /** Whether commands of plans reach the network; for agents their files decide. */
        @WithDefault("true")
        boolean network();

        /** Whether commands read and write what build tools have downloaded into the user's home. */
        @WithDefault("true")
        boolean caches();
    }

    /** Whether work folders of agents are kept, for inspection. */
    @WithDefault("false")
    boolean keepWork();
}
