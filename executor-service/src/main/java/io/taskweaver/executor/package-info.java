/** Takes issued attempts from the queue, runs them on coding agents, and publishes their outcomes. */
@NullMarked
package io.taskweaver.executor;

import org.jspecify.annotations.NullMarked;
