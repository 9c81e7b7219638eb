@NullMarked
package io.taskweaver.scheduling.refine;

import org.jspecify.annotations.NullMarked;
