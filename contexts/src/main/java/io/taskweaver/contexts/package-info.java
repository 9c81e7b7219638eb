/** Isolated and merged contexts, and the three-way merge. */
@NullMarked
package io.taskweaver.contexts;

import org.jspecify.annotations.NullMarked;
