@NullMarked
package io.taskweaver.cli.offline;

import org.jspecify.annotations.NullMarked;
