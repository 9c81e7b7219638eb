@NullMarked
package io.taskweaver.domain.simulation;

import org.jspecify.annotations.NullMarked;
