/** How Kafka and the registry are reached: settings, logins and trust, and what is wrong when they are not. */
@NullMarked
package io.taskweaver.wire.connection;

import org.jspecify.annotations.NullMarked;
