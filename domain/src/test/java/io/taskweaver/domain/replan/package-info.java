@NullMarked
package io.taskweaver.domain.replan;

import org.jspecify.annotations.NullMarked;
