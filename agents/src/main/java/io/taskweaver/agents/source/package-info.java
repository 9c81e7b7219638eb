/** Java sources that are only read. */
@NullMarked
package io.taskweaver.agents.source;

import org.jspecify.annotations.NullMarked;
