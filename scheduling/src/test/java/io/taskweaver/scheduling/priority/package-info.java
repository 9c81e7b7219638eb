/** Rules of priorities. */
@NullMarked
package io.taskweaver.scheduling.priority;

import org.jspecify.annotations.NullMarked;
