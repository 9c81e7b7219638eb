/** The command line: what a person types. */
@NullMarked
package io.taskweaver.cli;

import org.jspecify.annotations.NullMarked;
