/** Serdes that a user might bring: they know Kafka, Avro and the events, and nothing of what reads and writes them. */
@NullMarked
package io.taskweaver.e2e.foreign;

import org.jspecify.annotations.NullMarked;
