/** Prepares a Kafka and a registry for the system: topics, schemas and the executors' share group. */
@NullMarked
package io.taskweaver.topics.admin;

import org.jspecify.annotations.NullMarked;
