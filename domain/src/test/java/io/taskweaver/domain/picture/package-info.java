@NullMarked
package io.taskweaver.domain.picture;

import org.jspecify.annotations.NullMarked;
