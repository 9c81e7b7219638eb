/** Files and folders of one user of the machine, with nothing for the others. */
@NullMarked
package io.taskweaver.wire.files;

import org.jspecify.annotations.NullMarked;
