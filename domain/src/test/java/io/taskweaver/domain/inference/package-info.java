@NullMarked
package io.taskweaver.domain.inference;

import org.jspecify.annotations.NullMarked;
