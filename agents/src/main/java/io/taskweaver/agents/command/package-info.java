/** Coding agents with a command line, each described by a file, each run in a Git work tree of its own. */
@NullMarked
package io.taskweaver.agents.command;

import org.jspecify.annotations.NullMarked;
