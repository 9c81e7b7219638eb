/** A Kafka broker in this JVM and a schema registry as a child process, for one machine and for tests. */
@NullMarked
package io.taskweaver.runtime.embedded;

import org.jspecify.annotations.NullMarked;
