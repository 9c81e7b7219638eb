/** What the documents and the code say: requirements, constraints, boundaries, components. */
@NullMarked
package io.taskweaver.requirements.analysis;

import org.jspecify.annotations.NullMarked;
