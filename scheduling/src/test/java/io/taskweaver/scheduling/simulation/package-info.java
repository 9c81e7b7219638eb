@NullMarked
package io.taskweaver.scheduling.simulation;

import org.jspecify.annotations.NullMarked;
