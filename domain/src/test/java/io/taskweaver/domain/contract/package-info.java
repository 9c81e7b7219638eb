/** Tests of names and contracts of components. */
@NullMarked
package io.taskweaver.domain.contract;

import org.jspecify.annotations.NullMarked;
