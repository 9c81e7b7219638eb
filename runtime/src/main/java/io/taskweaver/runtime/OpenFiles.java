package io.taskweaver.runtime;

import com.sun.management.UnixOperatingSystemMXBean;
import io.taskweaver.runtime.embedded.StartException;
import java.lang.management.ManagementFactory;

/** Limit of open files and connections of this process. */
final class OpenFiles {
    /** Twice the number with an empty data folder: each partition has several files, and each client a connection. */
    static final long LEAST = 1024;

    private OpenFiles() {}

    /**
     * Checks before anything is started: without descriptors, every part fails differently.
     *
     * @throws StartException if the limit is too low
     */
    static void check() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)
            check(system.getMaxFileDescriptorCount());
    }

    static void check(long most) {
        if (most >= LEAST || most < 0) return;
        throw new StartException(
                "This process may have " + most + " files open; the runtime needs " + LEAST + ".",
                "Raise the limit with 'ulimit -n 4096' (or in /etc/security/limits.conf, LimitNOFILE= of a systemd unit), "
                        + "then start again.",
                null);
    }
}
