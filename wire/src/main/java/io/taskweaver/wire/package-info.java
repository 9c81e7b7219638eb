/** The topics, and how records are keyed, partitioned, encoded and, where they can not be read, set aside. */
@NullMarked
package io.taskweaver.wire;

import org.jspecify.annotations.NullMarked;
