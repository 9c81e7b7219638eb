/** What bounds a computation: limits of its input, and a way to stop it. */
@NullMarked
package io.taskweaver.domain.effort;

import org.jspecify.annotations.NullMarked;
