/** The context service: keeps isolated contexts of tasks, and merges results into the merged context of a plan. */
@NullMarked
package io.taskweaver.context;

import org.jspecify.annotations.NullMarked;
