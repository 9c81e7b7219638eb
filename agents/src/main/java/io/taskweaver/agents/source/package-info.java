/** Java sources for parsing. */
@NullMarked
package io.taskweaver.agents.source;

import org.jspecify.annotations.NullMarked;
