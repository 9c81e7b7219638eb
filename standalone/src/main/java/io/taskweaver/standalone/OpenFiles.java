package io.taskweaver.standalone;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many files and connections this process may have open. */
final class OpenFiles {
    /**
     * What the system has open with an empty data folder, twice: each topic's partition is several files, and each client
     * a connection.
     */
    static final long LEAST = 1024;

    private OpenFiles() {}

    /**
     * Looks before anything is started: without descriptors, every part fails in a way of its own.
     *
     * @throws StartProblem if there are too few
     */
    static void check() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)
            check(system.getMaxFileDescriptorCount());
    }

    static void check(long most) {
        if (most >= LEAST || most < 0) return;
        throw new StartProblem(
                "This process may have " + most + " files open; the runtime needs " + LEAST + ".",
                "Raise the limit with 'ulimit -n 4096' (or in /etc/security/limits.conf, LimitNOFILE= of a systemd unit), "
                        + "then start again.",
                null);
    }
}
