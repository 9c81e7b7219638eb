/** Files and folders of one user of the machine, with nothing for the others. */
@NullMarked
package io.taskweaver.files;

import org.jspecify.annotations.NullMarked;
