package io.taskweaver.interfaces;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the interface service. */
@ConfigMapping(prefix = "taskweaver.interfaces")
public interface InterfaceSettings {

    /** Most operations that one component may have. */
    @WithDefault("2000")
    int maxOperations();

    /** Most text of one specification: its name, description and operations, as UTF-8. */
    @WithDefault("512K")
    MemorySize maxText();

    /** Pause between two tries while broker or registry can not be reached. */
    @WithDefault("1s")
    Duration retryPause();
}
