/** Rules of the command line. */
@NullMarked
package io.taskweaver.cli;

import org.jspecify.annotations.NullMarked;
