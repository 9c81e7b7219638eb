/** Rules of the local runtime's life, as the command line leads it. */
@NullMarked
package io.taskweaver.cli.runtime;

import org.jspecify.annotations.NullMarked;
