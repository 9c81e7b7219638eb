/** Tests of names and contracts of components. */
@NullMarked
package io.taskweaver.contracts;

import org.jspecify.annotations.NullMarked;
