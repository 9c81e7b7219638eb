/** The planner's rules, told as stories. */
@NullMarked
package io.taskweaver.planner;

import org.jspecify.annotations.NullMarked;
