/** What a run shows while it goes on: a redrawn block on a terminal, plain lines in a pipe, JSON for machines. */
@NullMarked
package io.taskweaver.cli.progress;

import org.jspecify.annotations.NullMarked;
