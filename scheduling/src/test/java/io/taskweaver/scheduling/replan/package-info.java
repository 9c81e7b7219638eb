@NullMarked
package io.taskweaver.scheduling.replan;

import org.jspecify.annotations.NullMarked;
