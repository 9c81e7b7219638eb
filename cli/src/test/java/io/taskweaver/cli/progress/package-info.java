/** Rules of what a run shows. */
@NullMarked
package io.taskweaver.cli.progress;

import org.jspecify.annotations.NullMarked;
