/** Commands that plan and look without running anything: files or a pipe in, a file or a pipe out. */
@NullMarked
package io.taskweaver.cli.offline;

import org.jspecify.annotations.NullMarked;
