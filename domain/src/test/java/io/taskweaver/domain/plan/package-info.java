@NullMarked
package io.taskweaver.domain.plan;

import org.jspecify.annotations.NullMarked;
