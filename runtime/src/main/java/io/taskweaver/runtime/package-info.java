/** The whole system in one process: broker, registry, simulated agent and the four services. */
@NullMarked
package io.taskweaver.runtime;

import org.jspecify.annotations.NullMarked;
