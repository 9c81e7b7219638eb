/** Isolated and merged contexts, and the three-way merge. */
@NullMarked
package io.taskweaver.domain.context;

import org.jspecify.annotations.NullMarked;
