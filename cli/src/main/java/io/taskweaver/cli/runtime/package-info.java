/** The local runtime as the command line sees it: a child process, found by the file that it leaves in its data folder. */
@NullMarked
package io.taskweaver.cli.runtime;

import org.jspecify.annotations.NullMarked;
