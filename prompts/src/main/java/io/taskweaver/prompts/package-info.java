/** Prompts for coding agents, and how their answers are read. */
@NullMarked
package io.taskweaver.prompts;

import org.jspecify.annotations.NullMarked;
