@NullMarked
package io.taskweaver.domain.gap;

import org.jspecify.annotations.NullMarked;
