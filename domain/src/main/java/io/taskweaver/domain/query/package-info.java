/** Prompts for coding agents, and how their answers are read. */
@NullMarked
package io.taskweaver.domain.query;

import org.jspecify.annotations.NullMarked;
