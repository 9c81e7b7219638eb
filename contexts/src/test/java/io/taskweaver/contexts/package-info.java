/** Rules of merging, and of what a task is shown. */
@NullMarked
package io.taskweaver.contexts;

import org.jspecify.annotations.NullMarked;
