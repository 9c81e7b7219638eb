/** Prepares a Kafka and a registry for the system: topics, schemas and the executors' share group. */
@NullMarked
package io.taskweaver.wire.admin;

import org.jspecify.annotations.NullMarked;
