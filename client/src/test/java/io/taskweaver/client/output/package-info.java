/** Rules of the files that a run leaves behind. */
@NullMarked
package io.taskweaver.client.output;

import org.jspecify.annotations.NullMarked;
