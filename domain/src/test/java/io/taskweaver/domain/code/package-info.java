@NullMarked
package io.taskweaver.domain.code;

import org.jspecify.annotations.NullMarked;
