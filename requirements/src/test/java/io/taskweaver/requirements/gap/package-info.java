@NullMarked
package io.taskweaver.requirements.gap;

import org.jspecify.annotations.NullMarked;
