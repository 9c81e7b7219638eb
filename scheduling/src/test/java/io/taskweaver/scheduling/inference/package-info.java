@NullMarked
package io.taskweaver.scheduling.inference;

import org.jspecify.annotations.NullMarked;
