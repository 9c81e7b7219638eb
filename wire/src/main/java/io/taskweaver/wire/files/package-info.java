/** Files and folders that only one user can access. */
@NullMarked
package io.taskweaver.wire.files;

import org.jspecify.annotations.NullMarked;
