/** Tests of the executor. */
@NullMarked
package io.taskweaver.executor;

import org.jspecify.annotations.NullMarked;
