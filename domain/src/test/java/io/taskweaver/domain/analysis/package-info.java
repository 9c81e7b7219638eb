@NullMarked
package io.taskweaver.domain.analysis;

import org.jspecify.annotations.NullMarked;
