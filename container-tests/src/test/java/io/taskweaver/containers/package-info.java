/** The images against Kafka and the registry in containers. */
@NullMarked
package io.taskweaver.containers;

import org.jspecify.annotations.NullMarked;
