@NullMarked
package io.taskweaver.domain.refine;

import org.jspecify.annotations.NullMarked;
