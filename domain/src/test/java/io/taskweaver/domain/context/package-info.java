/** Rules of merging, and of what a task is shown. */
@NullMarked
package io.taskweaver.domain.context;

import org.jspecify.annotations.NullMarked;
