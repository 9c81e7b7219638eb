@NullMarked
package io.taskweaver.scheduling.planning;

import org.jspecify.annotations.NullMarked;
