/** Takes attempts at tasks from the queue, has coding agents make them, and publishes how they ended. */
@NullMarked
package io.taskweaver.executor;

import org.jspecify.annotations.NullMarked;
