/** Connections to Kafka and the registry: settings, logins, trust, diagnosis. */
@NullMarked
package io.taskweaver.wire.connection;

import org.jspecify.annotations.NullMarked;
