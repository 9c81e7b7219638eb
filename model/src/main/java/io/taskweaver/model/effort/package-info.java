/** What bounds a computation: limits of its input, and a way to stop it. */
@NullMarked
package io.taskweaver.model.effort;

import org.jspecify.annotations.NullMarked;
