/** Measures the running system; every figure in the documentation names the command here that reproduces it. */
@NullMarked
package io.taskweaver.bench;

import org.jspecify.annotations.NullMarked;
