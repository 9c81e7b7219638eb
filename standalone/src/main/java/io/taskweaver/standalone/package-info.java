/** The whole system in one process: broker, registry, simulated agent and the four services. */
@NullMarked
package io.taskweaver.standalone;

import org.jspecify.annotations.NullMarked;
