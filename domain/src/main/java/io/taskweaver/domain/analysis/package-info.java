/** What the documents and the code say: requirements, constraints, boundaries, components. */
@NullMarked
package io.taskweaver.domain.analysis;

import org.jspecify.annotations.NullMarked;
