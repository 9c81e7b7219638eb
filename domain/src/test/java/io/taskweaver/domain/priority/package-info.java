/** Rules of priorities. */
@NullMarked
package io.taskweaver.domain.priority;

import org.jspecify.annotations.NullMarked;
