@NullMarked
package io.taskweaver.domain.tasks;

import org.jspecify.annotations.NullMarked;
