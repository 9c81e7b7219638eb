package io.taskweaver.interfaces;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the interface service. */
@ConfigMapping(prefix = "taskweaver.interfaces")
public interface InterfaceSettings {

    /** Maximum operations of one component. */
    @WithDefault("2000")
    int maxOperations();

    /** Maximum text of one specification: name, description and operations, as UTF-8. */
    @WithDefault("512K")
    MemorySize maxText();

    /** Pause between retries while broker or registry are unreachable. */
    @WithDefault("1s")
    Duration retryPause();
}
