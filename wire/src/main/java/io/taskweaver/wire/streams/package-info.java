/** How a service runs a topology of Kafka Streams. */
@NullMarked
package io.taskweaver.wire.streams;

import org.jspecify.annotations.NullMarked;
