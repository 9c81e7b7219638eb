/** Holds the files of a deployment against the code that they deploy. */
@NullMarked
package io.taskweaver.e2e.deploy;

import org.jspecify.annotations.NullMarked;
