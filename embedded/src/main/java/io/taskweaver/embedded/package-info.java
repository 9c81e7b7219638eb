/** A Kafka broker in this JVM and a schema registry beside it, for one machine and for tests. */
@NullMarked
package io.taskweaver.embedded;

import org.jspecify.annotations.NullMarked;
