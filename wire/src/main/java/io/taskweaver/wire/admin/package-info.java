/** Prepares a Kafka cluster and a registry: topics, schemas and the executors' share group. */
@NullMarked
package io.taskweaver.wire.admin;

import org.jspecify.annotations.NullMarked;
